import { limits, times } from '../../shared/limits.ts'
import type { PageView } from '../../shared/visitor.ts'
import { watchHistory } from './history.ts'
import { scrub } from './scrub.ts'

/** Calls `viewed` for each page within this document after the first, until `undo` is done. */
export function watchPageViews(undo: (() => void)[], viewed: (view: PageView) => void) {
  let url = scrub(location.href)
  let referrer = scrub(document.referrer)
  let title: string | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false

  const current = (): PageView | null =>
    url ? { url, title: (title ?? document.title).slice(0, limits.titleCharacters), referrer } : null
  const move = (to: string, named?: string) => {
    if (to === url && named === undefined) return
    referrer = url
    url = to
    title = named
    const view = current()
    if (view) viewed(view)
  }
  const changed = () => {
    clearTimeout(timer)
    timer = setTimeout(() => stopped || move(scrub(location.href)), times.pageViewSettles)
  }
  watchHistory(undo, changed)
  for (const event of ['popstate', 'hashchange']) {
    addEventListener(event, changed)
    undo.push(() => removeEventListener(event, changed))
  }
  undo.push(() => {
    stopped = true
  })
  return {
    current,
    /** Counts a view as if the address had changed. */
    visit: (to: string, named = '') => move(scrub(new URL(to, location.href).href), named),
  }
}
