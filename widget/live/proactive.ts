import type { RuleId } from '../../shared/ids.ts'
import type { PageFacts } from '../../shared/triggers/page.ts'
import type { Ask } from '../connection/link.ts'
import type { Host } from '../page/host.ts'
import type { Store } from '../state/store.ts'
import type { Language } from '../ui/language.ts'
import { type Bubble, createBubble } from './bubble.ts'
import { dismissInvitation } from './dismissal.ts'
import { Facts } from './facts.ts'
import { watchTriggers } from './triggers.ts'
import type { Usage } from './usage.ts'

export interface ProactiveOptions {
  host: Host
  store: Store
  ask: Ask
  language(): Promise<Language>
  /** Calls `run` once after `ms`; the returned function cancels it. */
  after(ms: number, run: () => void): () => void
  /** How the page is used, once somebody counts it. */
  usage: Promise<Usage | undefined>
}

export interface Proactive {
  /** The panel was opened or closed, or language or theme has changed. */
  repaint(): void
  /** The invitation that stands there goes for good. With a rule, only if it is that rule's. */
  dismiss(ruleId?: unknown): void
  /** What only this page sees of what rules ask for. */
  seen(): PageFacts
  stop(): void
}

/** A region that is filled as it appears is not read aloud. */
const regionSettles = 100

/** Lets rules speak by what is seen in this page, and shows what the server allowed. */
export function letRulesSpeak(options: ProactiveOptions): Proactive {
  const { host, store, after } = options
  const dismiss = (ruleId?: unknown) => dismissInvitation(options, ruleId)
  const bubble = createBubble(host, {
    reply() {
      host.emit('invite:accepted')
      host.run('open')
    },
    dismiss: () => dismiss(),
  })
  const facts = new Facts({
    ...{ host, after },
    somebodyCanAnswer: () => store.get().site?.online ?? false,
    changed: () => triggers.changed(),
  })
  const triggers = watchTriggers({ look: () => look(options, facts), after, ask: proposer(options) })
  const repaint = () => paint(bubble, options)
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
    seen: () => facts.now(),
    stop() {
      document.removeEventListener('visibilitychange', seen)
      scheme.removeEventListener('change', repaint)
      unsubscribe()
      triggers.stop()
      facts.stop()
      bubble.stop()
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
  ({ store, ask }: ProactiveOptions) =>
  async (ruleId: RuleId, secondsOnPage: number): Promise<boolean | null> => {
    const said = await ask('invite:ask', { ruleId, secondsOnPage })
    if (!said.ok) return null
    const { invitation } = said.value
    if (invitation) store.apply({ type: 'invitation', invitation })
    return invitation !== null
  }

async function paint(bubble: Bubble, { host, store, language, after }: ProactiveOptions): Promise<void> {
  const { invitation } = store.get()
  if (!invitation || isOpen(host)) return bubble.hide(isOpen(host))
  bubble.prepare()
  const [words] = await Promise.all([
    language(),
    new Promise<void>((settled) => after(regionSettles, settled)),
  ])
  if (store.get().invitation === invitation && !isOpen(host)) bubble.show(invitation, words)
}

const isOpen = (host: Host): boolean => host.state === 'open'
