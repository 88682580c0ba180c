import type { RuleId } from '../../shared/ids.ts'
import type { VisitorAnswers, VisitorInput } from '../../shared/protocol.ts'
import type { Result } from '../../shared/result.ts'
import type { CalledBy } from '../../shared/triggers/decide.ts'
import type { PageFacts } from '../../shared/triggers/page.ts'
import { dismissInvitation } from './dismissal.ts'
import { Display } from './display.ts'
import { Facts } from './facts.ts'
import type { ProactiveOptions } from './proactive-options.ts'
import { watchTriggers } from './triggers.ts'

export interface Proactive {
  /** The panel was opened or closed, or language or theme has changed. */
  repaint(): void
  /** The invitation that stands there goes for good. With a rule, only if it is that rule's. */
  dismiss(ruleId?: unknown): void
  /** The site calls for this rule, whatever the page sees. */
  call(ruleId: RuleId, called: CalledBy): Promise<Result<VisitorAnswers['invite:ask']>>
  /** What only this page sees of what rules ask for. */
  seen(): PageFacts
  stop(): void
}

export type Proactivity = Omit<ProactiveOptions, 'dismiss'>

/** Lets rules speak by what is seen in this page, and shows what the server allowed. */
export function letRulesSpeak(options: Proactivity): Proactive {
  const { host, store, after } = options
  const dismiss = (ruleId?: unknown) => dismissInvitation(options, ruleId)
  const display = new Display({ ...options, dismiss })
  const propose = proposer(options, display)
  const facts = new Facts({
    ...{ host, after },
    somebodyCanAnswer: () => store.get().site?.online ?? false,
    changed: () => triggers.changed(),
  })
  const triggers = watchTriggers({
    ...{ look: () => look(options, facts), after },
    async ask(ruleId, secondsOnPage) {
      const said = await propose({ ruleId, secondsOnPage })
      // After an event, which nobody sees, another rule may still speak.
      return said.ok ? said.value.invitation !== null : null
    },
  })
  const repaint = () => display.paint()
  const scheme = matchMedia('(prefers-color-scheme: dark)')
  scheme.addEventListener('change', repaint)
  const unsubscribe = store.subscribe((now, before) => {
    const isNew = now.rules !== before.rules || now.site !== before.site
    if (isNew || now.connection !== before.connection) triggers.changed()
    if (now.invitation !== before.invitation) repaint()
  })
  const seen = () => triggers.changed()
  document.addEventListener('visibilitychange', seen)
  triggers.changed()
  repaint()
  options.usage.then((usage) => usage && facts.use(usage))
  return {
    repaint() {
      repaint()
      triggers.changed()
    },
    dismiss,
    call: (ruleId, called) =>
      propose({ ruleId, called, secondsOnPage: Math.floor(facts.now().secondsOnPage) }),
    seen: () => facts.now(),
    stop() {
      document.removeEventListener('visibilitychange', seen)
      scheme.removeEventListener('change', repaint)
      unsubscribe()
      triggers.stop()
      facts.stop()
      display.stop()
    },
  }
}

/**
 * Nothing is evaluated where behaviour may not be looked at, nor while somebody is already talking; and what is said
 * to a page that nobody looks at is not heard.
 */
function look({ host, store }: Proactivity, facts: Facts) {
  const { rules, connection, invitation } = store.get()
  facts.listen(host.consent() === 'denied' ? [] : rules)
  const idle = connection === 'online' && !invitation && host.state === 'closed'
  return idle && host.consent() !== 'denied' && document.visibilityState === 'visible'
    ? { rules, url: host.view()?.url ?? '', facts: facts.now() }
    : null
}

/** Asks the server, and does what it answers. */
const proposer =
  ({ host, ask }: Proactivity, display: Display) =>
  async (question: VisitorInput<'invite:ask'>) => {
    const said = await ask('invite:ask', question)
    if (!said.ok) return said
    const { invitation, event } = said.value
    if (event) host.emit(event.name, { ...event.properties, ...(event.text ? { text: event.text } : {}) })
    if (invitation) display.won(invitation)
    return said
  }
