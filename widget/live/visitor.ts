import type { Link } from '../connection/link.ts'
import type { Host } from '../page/host.ts'
import type { Store } from '../state/store.ts'

/** Tells the server by what token this visitor is known from now on, and how much may be kept. */
export async function keepVisitor(host: Host, store: Store, link: Link): Promise<void> {
  const { held } = host.memory
  if (!held || !link.connected()) return
  const said = await link.ask('visitor:keep', { token: held.token, consent: host.consent() })
  if (said.ok) store.apply({ type: 'conversations', conversations: said.value.conversations })
}

/** A view within the document goes by the socket once there is one. */
export function takeView(host: Host, store: Store, link: Link): boolean {
  host.viewedAt = performance.now()
  const view = host.consent() === 'denied' ? null : host.view()
  if (!view || !link.connected()) return false
  link.ask('page:view', view).then((said) => {
    if (said.ok) store.apply({ type: 'counted', ...said.value })
  })
  return true
}

/** A timer this late has slept with its device, which need not tell of it in any other way. */
const tick = { every: 5_000, late: 15_000 }

/** Timers sleep with the device: whatever wakes it wakes the socket. What waits is told before the page goes. */
export function watchWaking(link: Link, mail: { flush(): void; leave(): void }): () => void {
  const end = new AbortController()
  const { signal } = end
  const look = () => {
    if (document.visibilityState === 'hidden') return mail.leave()
    link.wake()
    mail.flush()
  }
  const away = () => {
    mail.leave()
    // An open socket would keep the page out of the back-forward cache.
    link.sleep()
  }
  for (const sign of ['online', 'offline', 'pageshow', 'visibilitychange', 'resume'])
    addEventListener(sign, look, { signal, capture: true })
  addEventListener('pagehide', away, { signal })
  let last = Date.now()
  const ticking = setInterval(() => {
    if (Date.now() - last > tick.late) look()
    last = Date.now()
  }, tick.every)
  return () => {
    clearInterval(ticking)
    end.abort()
  }
}
