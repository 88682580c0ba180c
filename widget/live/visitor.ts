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

/** Timers sleep with the device: whatever wakes it wakes the socket. */
export function watchWaking(link: Link, flush: () => void): () => void {
  const wake = () => {
    if (document.visibilityState === 'hidden') return
    link.wake()
    flush()
  }
  // An open socket would keep the page out of the back-forward cache.
  const away = () => link.sleep()
  addEventListener('online', wake)
  addEventListener('pageshow', wake)
  addEventListener('pagehide', away)
  document.addEventListener('visibilitychange', wake)
  return () => {
    removeEventListener('online', wake)
    removeEventListener('pageshow', wake)
    removeEventListener('pagehide', away)
    document.removeEventListener('visibilitychange', wake)
  }
}
