import type { InviteId } from '../../shared/ids.ts'
import type { Identity } from '../../shared/visitor.ts'
import type { Host } from '../page/host.ts'
import { keep } from '../page/keep.ts'
import { currentPlace } from '../state/state.ts'
import type { Client } from './client.ts'
import type { ProactiveOptions } from './proactive-options.ts'

/** What the visitor may do with what an invitation offers. */
export interface Deeds {
  reply(): void
  dismiss(): void
  /** They say this; `about`: what it tells of them. */
  say(text: string, about?: Identity): void
  /** They followed a link: it is done. */
  follow(): void
  /** True when it was recorded. */
  rate(score: number): Promise<boolean>
}

interface Told {
  tell(name: 'invite:opened', inviteId: InviteId): void
  farewell(text: string): void
}

/** `tell` and `farewell` are the display's own. */
export function deedsOf(options: ProactiveOptions, display: Told): Deeds {
  const { host, store, ask, dismiss } = options
  const accepted = (detail: object = {}): InviteId | undefined => {
    const { invitation } = store.get()
    if (!invitation) return
    const { inviteId, ruleId } = invitation
    host.emit('invite:accepted', { inviteId, ruleId, ...detail })
    return inviteId
  }
  const gone = () => store.apply({ type: 'invitation', invitation: null })
  return {
    reply() {
      const id = accepted()
      if (id) display.tell('invite:opened', id)
      host.run('open')
    },
    dismiss: () => dismiss(),
    say(text, about) {
      const id = accepted()
      if (id) display.tell('invite:opened', id)
      write(host, options.client(), { text, about })
      host.run('open')
    },
    follow() {
      const inviteId = accepted()
      if (inviteId) ask('invite:opened', { inviteId, done: true })
      gone()
    },
    async rate(score) {
      const { invitation } = store.get()
      if (!invitation) return false
      const { inviteId } = invitation
      const [said, { texts }] = await Promise.all([
        ask('invite:rate', { inviteId, score }),
        options.language(),
      ])
      if (!said.ok) return false
      accepted({ score })
      display.farewell(texts.thanks)
      gone()
      return true
    },
  }
}

/** Whoever answers is remembered from now on. */
function write(host: Host, client: Client, { text, about }: { text: string; about?: Identity | undefined }) {
  keep(host)
  client.keep()
  client.write(text, currentPlace(client.store.get()), undefined, about)
}
