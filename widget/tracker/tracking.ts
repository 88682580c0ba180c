import type { PageId, SiteKey, VisitorToken } from '../../shared/ids.ts'
import type { Consent, PageView, SiteAnswer } from '../../shared/visitor.ts'

/** Who reports its pages. */
export interface Tracked {
  base: string
  page: PageId
  settings: { site: SiteKey; locale: string }
  memory: { held: { token: VisitorToken } | null }
  /** With `denied` nothing is told. */
  consent(): Consent
  view(): PageView | null
}

const address = ({ base }: Tracked) => `${base}/v1/page-views`

/** Tells which page is looked at, if that may be told; the answer carries the site's settings either way. */
export function report(tracked: Tracked): Promise<SiteAnswer> {
  const { base, settings, consent, view } = tracked
  const seen = consent() !== 'denied' && view()
  const response = seen
    ? // A string body, so that another origin is asked without a preflight.
      fetch(address(tracked), { method: 'POST', body: body(tracked, { view: seen }), keepalive: true })
    : fetch(`${base}/v1/sites/${settings.site}?locale=${settings.locale}`)
  return response.then((answer) => answer.json())
}

/** Leaving: outlives the page. */
export function reportLeaving(tracked: Tracked): void {
  if (tracked.consent() !== 'denied') navigator.sendBeacon(address(tracked), body(tracked, { leaving: true }))
}

const body = ({ settings: { site, locale }, page, memory, consent }: Tracked, about: object): string =>
  JSON.stringify({ site, locale, page, token: memory.held?.token, consent: consent(), ...about })
