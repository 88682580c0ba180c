declare global {
  interface Document {
    prerendering?: boolean
  }
}

/** Calls `run` in an idle slot after the page has loaded and is shown, unless `gone` is signalled before. */
export function whenIdle(gone: AbortSignal, run: () => void): void {
  // A page that is never idle waits a second. Safari has no idle slots: the next turn is the nearest thing.
  const idle = () => window.requestIdleCallback?.(run, { timeout: 1_000 }) ?? setTimeout(run)
  // Made ready before anybody went there, and perhaps for nobody.
  if (document.prerendering) document.addEventListener('prerenderingchange', idle, { signal: gone })
  else if (document.readyState === 'complete') idle()
  else addEventListener('load', idle, { signal: gone })
}
