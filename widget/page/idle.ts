/** Calls `run` in an idle slot after the page has loaded. */
export function whenIdle(run: () => void): void {
  // Safari has no idle slots; the next turn after the load is the nearest thing.
  const idle = () => (window.requestIdleCallback ?? setTimeout)(run)
  if (document.readyState === 'complete') idle()
  else addEventListener('load', idle)
}
