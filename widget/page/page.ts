import type { Consent } from '../../shared/visitor.ts'
import { watchPageViews } from '../tracker/page-views.ts'
import { report, reportLeaving } from '../tracker/tracking.ts'
import type { Page } from './host.ts'
import { openMemory } from './memory.ts'
import { randomName } from './random.ts'
import { mint, readSettings } from './settings.ts'

declare global {
  interface Navigator {
    globalPrivacyControl?: boolean
  }
}

/** What the loader knows and does by itself: who may be told of which page, and telling it. */
export function createPage(base: string, given: Record<string, string | undefined>): Page {
  const settings = readSettings(given)
  const end = new AbortController()
  const { signal } = end
  const page: Page = {
    base,
    settings,
    gone: signal,
    memory: openMemory(`ahlan:${settings.site}`),
    page: mint(randomName(22)),
    device: /Mobi/.test(navigator.userAgent) ? 'phone' : 'desktop',
    state: 'closed',
    unread: 0,
    online: false,
    visitorId: null,
    ...watchPageViews(signal, () => {
      page.viewedAt = performance.now()
      if (page.told && !page.live?.takeView()) page.report()
    }),
    consent: () => consentOf(page),
    report() {
      // Asking for the settings again would tell of the view that may not be told.
      if (page.told && page.consent() === 'denied') return
      page.told = report(page)
      // Who waits for the answer hears of a failure; nobody else need.
      page.told.catch(() => undefined)
    },
    destroy: () => end.abort(),
  }
  addEventListener('pagehide', () => page.told && reportLeaving(page), { signal })
  return page
}

function consentOf({ settings, memory }: Page): Consent {
  // What the browser itself was told to refuse is refused, whatever the page says.
  if (navigator.doNotTrack === '1' || navigator.globalPrivacyControl) return 'denied'
  const { consent } = settings
  return consent === 'granted' || consent === 'denied' ? consent : (memory.held?.consent ?? 'essential')
}
