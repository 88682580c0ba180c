import type { RuleId } from '../../shared/ids.ts'
import { Display } from './display.ts'
import { type Facts, watchFacts } from './facts.ts'
import type { ProactiveOptions } from './proactive-options.ts'
import { watchTriggers } from './triggers.ts'

export interface Proactive {
  /** The panel was opened or closed, or language or theme has changed. */
  repaint(): void
  stop(): void
}

/** Lets rules speak by what is seen in this page, and shows what the server allowed. */
export function letRulesSpeak(options: ProactiveOptions): Proactive {
  const { host, store, after } = options
  const display = new Display(options)
  const facts = watchFacts({
    ...{ host, after },
    somebodyCanAnswer: () => store.get().site?.online ?? false,
    changed: () => triggers.changed(),
  })
  const triggers = watchTriggers({ look: () => look(options, facts), after, ask: proposer(options, display) })
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
function look({ host, store }: ProactiveOptions, facts: Facts) {
  const { rules, connection, invitation } = store.get()
  facts.listen(host.consent() === 'denied' ? [] : rules)
  const idle = connection === 'online' && !invitation && host.state === 'closed'
  return idle && host.consent() !== 'denied' && document.visibilityState === 'visible'
    ? { rules, url: host.view()?.url ?? '', facts: facts.now() }
    : null
}

const proposer =
  ({ host, ask }: ProactiveOptions, display: Display) =>
  async (ruleId: RuleId, secondsOnPage: number): Promise<boolean | null> => {
    const said = await ask('invite:ask', { ruleId, secondsOnPage })
    if (!said.ok) return null
    const { invitation, event } = said.value
    if (event) host.emit(event.name, { ...event.properties, ...(event.text ? { text: event.text } : {}) })
    if (invitation) display.won(invitation)
    // After an event, which nobody sees, another rule may still speak.
    return invitation !== null
  }
