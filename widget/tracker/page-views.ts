import { limits, times } from '../../shared/limits.ts'
import type { PageView } from '../../shared/visitor.ts'
import { watchHistory } from './history.ts'
import { scrub } from './scrub.ts'

export interface Watched {
  /** Done when the page wants no trace of us. */
  undo: (() => void)[]
  gone?: boolean
  /** The page as it stands; null where it has no web address. */
  view: () => PageView | null
  /** Counts a view as if the address had changed. */
  visit: (url: string, title?: string) => void
}

/** Calls `viewed` for each page within this document after the first. */
export function watchPageViews(watched: Watched, viewed: (view: PageView) => void): void {
  let url = scrub(location.href)
  let referrer = scrub(document.referrer)
  let title: string | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  watched.view = () =>
    url ? { url, title: (title ?? document.title).slice(0, limits.titleCharacters), referrer } : null
  const move = (to: string, named?: string) => {
    const next = scrub(to)
    if (next === url && !named) return
    referrer = url
    url = next
    title = named
    const view = watched.view()
    if (view) viewed(view)
  }
  watched.visit = move
  const changed = () => {
    clearTimeout(timer)
    timer = setTimeout(() => watched.gone || move(location.href), times.pageViewSettles)
  }
  watchHistory(watched.undo, changed)
  for (const event of ['popstate', 'hashchange']) {
    addEventListener(event, changed)
    watched.undo.push(() => removeEventListener(event, changed))
  }
}
