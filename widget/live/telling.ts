import { times } from '../../shared/limits.ts'
import type { Reading } from '../../shared/visitor.ts'
import type { Link } from '../connection/link.ts'
import { after } from '../page/after.ts'
import type { Host } from '../page/host.ts'
import { type Usage, watchUsage } from './usage.ts'

/** The socket has been greeted by then; and an agent who looks learns soon what time it is there. */
const firstAfter = 2_000
const unread: Reading = { engagedMs: 0, scroll: 0 }

export interface Telling {
  usage: Usage
  stop(): void
}

/** Tells the server how pages are used, where that may be told. */
export function tell(host: Host, link: Link): Telling | undefined {
  const { live } = host
  // Signed out while this was on its way.
  if (!live) return
  const end = new AbortController()
  const { signal } = end
  const usage = watchUsage(signal)
  let told = unread

  function tellReading(): void {
    const reading = usage.now()
    const isNews = reading.engagedMs - told.engagedMs >= 1_000 || reading.scroll > told.scroll
    if (!isNews || host.consent() === 'denied' || !link.connected()) return
    told = reading
    link.ask('page:read', { ...reading, ...where() }).then((said) => {
      if (!said.ok) told = unread
    })
  }
  function anew(): void {
    usage.anew()
    told = unread
    host.viewedAt = performance.now()
  }

  // A page made ready before anybody saw it was not shown yet.
  host.viewedAt ??= activatedAt()
  const { takeView } = live
  live.takeView = () => {
    tellReading()
    anew()
    return takeView()
  }
  const telling = setInterval(tellReading, times.readingEvery)
  const cancelFirst = after(firstAfter, tellReading)
  const hidden = () => document.visibilityState === 'hidden' && tellReading()
  addEventListener('visibilitychange', hidden, { signal, capture: true })
  addEventListener('pagehide', () => leave(host, usage.now()), { signal })
  // Out of the back-forward cache the page is shown anew; the socket that wakes tells of it.
  addEventListener('pageshow', ({ persisted }) => persisted && anew(), { signal, capture: true })
  watchNavigation(host, signal)
  return {
    usage,
    stop() {
      live.takeView = takeView
      clearInterval(telling)
      cancelFirst()
      end.abort()
    },
  }
}

/** Not in every browser yet. */
declare const Temporal: { Now: { timeZoneId(): string } } | undefined

/** `Intl` loads all it formats with before it names the place: that costs more than all the rest here together. */
const where = (): { timeZone: string } => ({
  timeZone:
    typeof Temporal === 'undefined'
      ? Intl.DateTimeFormat().resolvedOptions().timeZone
      : Temporal.Now.timeZoneId(),
})

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
function watchNavigation(host: Host, signal: AbortSignal): void {
  let cancel = (): void => undefined
  const changed = () => {
    cancel()
    cancel = after(times.pageViewSettles, () => host.visit(location.href))
  }
  // Not every browser has one, and an element of the page may bear its name.
  const navigation: Partial<EventTarget> | undefined = window.navigation
  navigation?.addEventListener?.('currententrychange', changed, { signal })
  signal.addEventListener('abort', () => cancel())
}

function activatedAt(): number | undefined {
  const [entry] = performance.getEntriesByType?.('navigation') ?? []
  return entry && 'activationStart' in entry ? Number(entry.activationStart) : undefined
}
