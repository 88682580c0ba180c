import type { Host } from './host.ts'
import { forget } from './keep.ts'
import { randomName } from './random.ts'
import { mint } from './settings.ts'

/** Whoever comes next is a stranger: nothing of this visitor is left in the page or on the device. */
export function signOut(host: Host): void {
  host.chat?.stop()
  host.live?.stop()
  host.chat = host.live = host.label = undefined
  forget(host)
  host.page = mint(randomName())
  host.state = 'closed'
  host.unread = 0
  host.visitorId = null
  host.button?.removeAttribute('data-unread')
  host.draw()
}
