import { limits, times } from '../../shared/limits.ts'
import type { PageView } from '../../shared/visitor.ts'
import { watchHistory } from './history.ts'
import { scrub } from './scrub.ts'

export interface PageViews {
  /** The page as it stands; null where it has no web address. */
  view(): PageView | null
  /** Counts a view as if the address had changed. */
  visit(url: string): void
}

/** Calls `viewed` for each page within this document after the first, until `gone` is signalled. */
export function watchPageViews(gone: AbortSignal, viewed: () => void): PageViews {
  let url = scrub(location.href)
  let referrer = scrub(document.referrer)
  let timer: ReturnType<typeof setTimeout> | undefined

  const visit = (to: string) => {
    const next = scrub(to)
    if (gone.aborted || next === url) return
    referrer = url
    url = next
    viewed()
  }
  const changed = () => {
    clearTimeout(timer)
    timer = setTimeout(() => visit(location.href), times.pageViewSettles)
  }
  watchHistory(gone, changed)
  // A changed hash is a state popped, too.
  addEventListener('popstate', changed, { signal: gone })
  return {
    visit,
    view: () => (url ? { url, title: `${document.title}`.slice(0, limits.titleCharacters), referrer } : null),
  }
}
