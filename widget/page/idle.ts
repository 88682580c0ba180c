/** A page that is never idle waits no longer than this, in ms. */
const busyAtMost = { timeout: 2_000 }

/** Calls `run` in an idle slot after the page has loaded, unless `gone` is signalled before. */
export function whenIdle(gone: AbortSignal, run: () => void): void {
  // Safari has no idle slots; the next turn after the load is the nearest thing.
  const idle = () => window.requestIdleCallback?.(run, busyAtMost) ?? setTimeout(run)
  if (document.readyState === 'complete') idle()
  else addEventListener('load', idle, { signal: gone })
}
