import { times } from '../../shared/limits.ts'
import type { Reading } from '../../shared/visitor.ts'
import type { Link } from '../connection/link.ts'
import { after } from '../page/after.ts'
import type { Host } from '../page/host.ts'
import { watchUsage } from './usage.ts'

/** The socket has been greeted by then. */
const firstAfter = 2_000
const unread: Reading = { engagedMs: 0, scroll: 0 }

/** Tells the server how pages are used, where that may be told, until `gone` is signalled. */
export function tell({ host, link }: { host: Host; link: Link }, gone: AbortSignal): void {
  if (gone.aborted) return
  const usage = watchUsage(gone)
  let told = unread
  // A page made ready before anybody saw it was not shown yet.
  host.viewedAt ??= activatedAt()
  host.usage = (over) => {
    const reading = usage.now()
    if (over) {
      usage.anew()
      told = unread
    }
    return reading
  }

  function tellReading(): void {
    const reading = usage.now()
    const isNews = reading.engagedMs - told.engagedMs >= 1_000 || reading.scroll > told.scroll
    if (!isNews || host.consent() === 'denied' || !link.connected()) return
    told = reading
    link.ask('page:read', { ...reading, timeZone }).then((said) => {
      if (!said.ok) told = unread
    })
  }

  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  // Not only in fifteen seconds: an agent may be looking, and learns what time it is there.
  gone.addEventListener('abort', after(firstAfter, tellReading))
  const telling = setInterval(tellReading, times.readingEvery)
  const hidden = () => document.visibilityState === 'hidden' && tellReading()
  addEventListener('visibilitychange', hidden, { signal: gone, capture: true })
  addEventListener('pagehide', () => leave(host, usage.now()), { signal: gone })
  // Out of the back-forward cache the page is shown anew; the socket that wakes tells of it.
  const restored = ({ persisted }: PageTransitionEvent) => {
    if (persisted) host.usage?.(true)
    if (persisted) host.viewedAt = performance.now()
  }
  addEventListener('pageshow', restored, { signal: gone, capture: true })
  watchNavigation(host, gone)
  gone.addEventListener('abort', () => {
    clearInterval(telling)
    host.usage = undefined
  })
}

/** Once more than the loader tells of it, which has no room for more; a socket may not outlive the page. */
function leave(host: Host, reading: Reading): void {
  const { base, page, settings, memory } = host
  const consent = host.consent()
  if (consent === 'denied') return
  const { site, locale } = settings
  const body = { site, locale, page, token: memory.held?.token, consent, reading }
  navigator.sendBeacon(`${base}/v1/page-views`, JSON.stringify(body))
}

/**
 * What no patch of the history sees: a navigation that the page intercepts, or one through a `pushState` that
 * somebody kept from before. What the patch has seen as well has the same address, and counts once.
 */
function watchNavigation(host: Host, gone: AbortSignal): void {
  let cancel = (): void => undefined
  const changed = () => {
    cancel()
    cancel = after(times.pageViewSettles, () => host.visit(location.href))
  }
  // Not every browser has one, and an element of the page may bear its name.
  const navigation: Partial<EventTarget> | undefined = window.navigation
  navigation?.addEventListener?.('currententrychange', changed, { signal: gone })
  gone.addEventListener('abort', () => cancel())
}

function activatedAt(): number | undefined {
  const [entry] = performance.getEntriesByType?.('navigation') ?? []
  return entry && 'activationStart' in entry ? Number(entry.activationStart) : undefined
}
