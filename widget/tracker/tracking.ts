import type { PageId, SiteKey, VisitorToken } from '../../shared/ids.ts'
import type { Locale } from '../../shared/locale.ts'
import type { Consent, PageView, SiteAnswer } from '../../shared/visitor.ts'
import { watchPageViews } from './page-views.ts'

/** Who reports its pages. */
export interface Tracked {
  base: string
  page: PageId
  device: 'desktop' | 'phone'
  settings: { site: SiteKey; locale: Locale }
  memory: { held: { token: VisitorToken } | null }
  /** With `denied` nothing is told. */
  consent(): Consent
  viewedAt: number
  /** The socket, where there is one; true when it has taken the view. */
  live?: { takeView(view: PageView): boolean }
  undo: (() => void)[]
}

/** Tells the server which pages are looked at, as far as that is allowed. */
export function trackPages(tracked: Tracked) {
  let begun = false
  const { base, settings, undo } = tracked
  const views = watchPageViews(undo, (view) => {
    tracked.viewedAt = performance.now()
    if (begun && !tracked.live?.takeView(view)) send().catch(() => undefined)
  })
  const address = `${base}/v1/page-views`
  // A string body, so that another origin is asked without a preflight.
  const body = (about: object) => {
    const { page, device, memory } = tracked
    const { site, locale } = settings
    return JSON.stringify({ site, page, device, locale, token: memory.held?.token, consent: tracked.consent(), ...about })
  }
  const allowed = () => tracked.consent() !== 'denied' && views.current()
  const send = () => {
    const view = allowed()
    return view
      ? fetch(address, { method: 'POST', body: body({ view }), keepalive: true })
      : fetch(`${base}/v1/sites/${settings.site}?locale=${settings.locale}`)
  }
  const left = () => {
    if (begun && allowed()) navigator.sendBeacon(address, body({ leaving: true }))
  }
  addEventListener('pagehide', left)
  undo.push(() => removeEventListener('pagehide', left))
  return {
    views,
    /** Reports the page as it stands; the answer carries the site's settings. */
    async report(): Promise<SiteAnswer> {
      begun = true
      const response = await send()
      return response.json()
    },
  }
}
