import { fits } from './selectors.ts'

/** Which of the selectors fitted something that was clicked on this page, through open shadow roots as well. */
export function watchClicks(changed: () => void) {
  const clicked = new Set<string>()
  let wanted: readonly string[] = []
  let end: AbortController | undefined

  function click(event: Event): void {
    const path = event.composedPath().filter((one) => one instanceof Element)
    // The chat itself is no part of the page.
    if (path.some(({ localName }) => localName === 'ahlan-chat')) return
    const found = wanted.filter((selector) => path.some((element) => fits(element, selector)))
    for (const selector of found) clicked.add(selector)
    if (found.length > 0) changed()
  }
  return {
    clicked,
    listen(selectors: readonly string[]): void {
      wanted = selectors
      if (wanted.length > 0 === Boolean(end)) return
      end?.abort()
      end = wanted.length > 0 ? new AbortController() : undefined
      if (end) addEventListener('click', click, { passive: true, capture: true, signal: end.signal })
    },
    anew: () => clicked.clear(),
  }
}
