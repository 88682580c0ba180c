import type { RuleId } from '../../shared/ids.ts'
import { limits } from '../../shared/limits.ts'
import type { Ask } from '../connection/link.ts'
import type { Host } from '../page/host.ts'
import { keep } from '../page/keep.ts'
import { mint } from '../page/settings.ts'
import { currentPlace } from '../state/state.ts'
import type { Store } from '../state/store.ts'
import type { Client } from './client.ts'
import { nameCharacters, propertiesOf, warned, word } from './given.ts'
import { online } from './online.ts'
import { createPerson } from './person.ts'
import type { Proactive } from './proactive.ts'
import { createTracked } from './tracked.ts'
import { askWhy } from './why.ts'

export type Commands = ReturnType<typeof createCommands>

export interface CommandedParts {
  host: Host
  store: Store
  ask: Ask
  client(): Client
  /** The part that lets rules speak. */
  proactive(): Promise<Proactive>
}

/** The commands of the page that need the server. */
export function createCommands(parts: CommandedParts) {
  const { host, store, ask, proactive } = parts
  const person = createPerson(store, ask)
  const tracked = createTracked({
    ask,
    isOnline: () => store.get().connection === 'online',
    warn: (text) => console.warn(`Ahlan: track: ${text}`),
  })
  const unsubscribe = store.subscribe((now, before) => {
    if (now.connection !== 'online' || before.connection === 'online') return
    person.again()
    tracked.flush()
  })
  const stop = () => {
    unsubscribe()
    tracked.stop()
  }

  async function run(command: string, [first, ...more]: unknown[]): Promise<unknown> {
    switch (command) {
      case 'send':
        return write(parts, word(first, limits.messageCharacters))
      case 'newMessage':
        return host.run('open', { prefill: String(first ?? '') })
      case 'showConversation':
        return host.run('open', { conversation: word(first) })
      case 'identify':
        return person.identify(first)
      case 'set':
        return person.set(first)
      case 'tag':
        return person.tag([first, ...more])
      case 'track':
        return tracked.add(word(first, nameCharacters), propertiesOf(more[0]))
      case 'dismiss':
        await online(store)
        return (await proactive()).dismiss(first)
      case 'trigger':
        return callFor(parts, mint(word(first)))
      case 'why':
        return askWhy(parts, more[0])
    }
  }
  return { run, stop }
}

function write({ host, store, client }: CommandedParts, text: string): Promise<void> {
  keep(host)
  client().keep()
  return client().write(text, currentPlace(store.get()))
}

/** The site calls for a rule, whatever it sees; because the visitor has just clicked or typed, where they have. */
async function callFor({ store, proactive }: CommandedParts, ruleId: RuleId): Promise<void> {
  const called = navigator.userActivation?.isActive ? 'visitor' : 'page'
  await online(store)
  const said = await (await proactive()).call(ruleId, called)
  warned('trigger', said)
  if (said.ok && said.value.because === 'unknown')
    console.warn(`Ahlan: trigger: ${ruleId} is no rule of this site, or is off`)
}
