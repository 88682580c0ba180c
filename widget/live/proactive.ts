import type { RuleId } from '../../shared/ids.ts'
import type { Facts } from '../../shared/triggers/evaluate.ts'
import type { Ask } from '../connection/link.ts'
import type { Host } from '../page/host.ts'
import type { Store } from '../state/store.ts'
import type { Language } from '../ui/language.ts'
import { createBubble } from './bubble.ts'
import { after } from './mail.ts'
import { watchTriggers } from './triggers.ts'

export interface ProactiveOptions {
  host: Host
  store: Store
  ask: Ask
  language(): Promise<Language>
}

/** Lets rules speak by what is seen in this page, and shows what the server allowed. */
export function watchInvitations({ host, store, ask, language }: ProactiveOptions) {
  const bubble = createBubble(host, {
    reply() {
      host.emit('invite:accepted')
      host.open()
    },
    dismiss({ inviteId }) {
      store.apply({ type: 'invitation', invitation: null })
      ask('invite:dismiss', { inviteId })
      host.emit('invite:dismissed')
    },
  })
  const triggers = watchTriggers({ look, after, ask: propose })

  /** Nothing is evaluated where behaviour may not be looked at, nor while somebody is already talking. */
  function look() {
    const { rules, connection, invitation } = store.get()
    const idle = connection === 'online' && !invitation && host.state === 'closed'
    return idle && host.consent() !== 'denied' ? { rules, facts: factsOf(host, store) } : null
  }

  async function propose(ruleId: RuleId, secondsOnPage: number): Promise<boolean> {
    const said = await ask('invite:ask', { ruleId, secondsOnPage })
    const invitation = said.ok ? said.value.invitation : null
    if (invitation) store.apply({ type: 'invitation', invitation })
    return invitation !== null
  }

  async function paint(): Promise<void> {
    const { invitation } = store.get()
    if (!invitation || host.state === 'open') return bubble.hide(isOpen(host))
    const words = await language()
    if (store.get().invitation === invitation && !isOpen(host)) bubble.show(invitation, words)
  }

  const unsubscribe = store.subscribe((now, before) => {
    if (now.rules !== before.rules || now.connection !== before.connection) triggers.changed()
    if (now.invitation !== before.invitation) paint()
  })
  return {
    /** The panel was opened or closed. */
    repaint: paint,
    stop() {
      unsubscribe()
      triggers.stop()
      bubble.stop()
    },
  }
}

const factsOf = (host: Host, store: Store): Facts => ({
  url: host.view()?.url ?? '',
  secondsOnPage: (performance.now() - (host.viewedAt ?? 0)) / 1_000,
  pageViews: store.get().pageViews,
  somebodyCanAnswer: store.get().site?.online ?? false,
})

const isOpen = (host: Host): boolean => host.state === 'open'
