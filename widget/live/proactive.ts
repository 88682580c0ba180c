import type { RuleId } from '../../shared/ids.ts'
import type { Ask } from '../connection/link.ts'
import type { Host } from '../page/host.ts'
import type { Store } from '../state/store.ts'
import type { Language } from '../ui/language.ts'
import { type Bubble, createBubble } from './bubble.ts'
import { watchTriggers } from './triggers.ts'

export interface ProactiveOptions {
  host: Host
  store: Store
  ask: Ask
  language(): Promise<Language>
  /** Calls `run` once after `ms`; the returned function cancels it. */
  after(ms: number, run: () => void): () => void
  /** The visitor wants no more of it. */
  dismiss(): void
}

export interface Proactive {
  /** The panel was opened or closed, or language or theme has changed. */
  repaint(): void
  stop(): void
}

/** A region that is filled as it appears is not read aloud. */
const regionSettles = 100

/** Lets rules speak by what is seen in this page, and shows what the server allowed. */
export function letRulesSpeak(options: ProactiveOptions): Proactive {
  const { host, store, after, dismiss } = options
  const bubble = createBubble(host, {
    reply() {
      host.emit('invite:accepted')
      host.run('open')
    },
    dismiss: () => dismiss(),
  })
  const triggers = watchTriggers({ look: () => look(options), after, ask: proposer(options) })
  const repaint = () => paint(bubble, options)
  const scheme = matchMedia('(prefers-color-scheme: dark)')
  scheme.addEventListener('change', repaint)
  const unsubscribe = store.subscribe((now, before) => {
    const isNew = now.rules !== before.rules || now.site !== before.site
    if (isNew || now.connection !== before.connection) triggers.changed()
    if (now.invitation !== before.invitation) repaint()
  })
  triggers.changed()
  repaint()
  return {
    repaint,
    stop() {
      scheme.removeEventListener('change', repaint)
      unsubscribe()
      triggers.stop()
      bubble.stop()
    },
  }
}

/** Nothing is evaluated where behaviour may not be looked at, nor while somebody is already talking. */
function look({ host, store }: ProactiveOptions) {
  const { rules, connection, invitation } = store.get()
  const idle = connection === 'online' && !invitation && host.state === 'closed'
  return idle && host.consent() !== 'denied'
    ? { rules, url: host.view()?.url ?? '', facts: factsOf(host, store) }
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

const factsOf = (host: Host, store: Store) => ({
  secondsOnPage: (performance.now() - (host.viewedAt ?? 0)) / 1_000,
  somebodyCanAnswer: store.get().site?.online ?? false,
})

const isOpen = (host: Host): boolean => host.state === 'open'
