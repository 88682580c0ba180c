import { limits } from '../../shared/limits.ts'
import type { Result } from '../../shared/result.ts'
import { characters } from '../../shared/text/characters.ts'
import type { Attributes, Identity } from '../../shared/visitor.ts'
import type { Ask } from '../connection/link.ts'
import type { Host } from '../page/host.ts'
import { keep } from '../page/keep.ts'
import { currentPlace } from '../state/state.ts'
import type { Store } from '../state/store.ts'
import type { Client } from './client.ts'

export type Commands = ReturnType<typeof createCommands>

export interface CommandedParts {
  host: Host
  store: Store
  ask: Ask
  client(): Client
  /** The invitation that stands there, or only if it is of this rule. */
  dismiss(ruleId?: unknown): void
}

/** The commands of the page that need the server. */
export function createCommands({ host, store, ask, client, dismiss }: CommandedParts) {
  let identity: Identity | undefined
  let attributes: Attributes | undefined

  const identify = async () => {
    if (identity) warned('identify', await ask('visitor:identify', identity))
  }
  const set = async () => {
    if (attributes) warned('set', await ask('visitor:set', { attributes }))
  }
  // A server that was started anew knows of nobody; what the page said last is still true.
  const stop = store.subscribe((now, before) => {
    if (now.connection !== 'online' || before.connection === 'online') return
    identify()
    set()
  })

  async function run(command: string, [first, second]: unknown[]): Promise<void> {
    const isOnline = store.get().connection === 'online'
    switch (command) {
      case 'send': {
        const text = word(first, limits.messageCharacters)
        keep(host)
        client().keep()
        return client().write(text, currentPlace(store.get()))
      }
      case 'newMessage':
        return host.run('open', { prefill: String(first ?? '') })
      case 'showConversation':
        return host.run('open', { conversation: word(first) })
      case 'identify':
        identity = identityOf(first)
        return isOnline ? identify() : undefined
      case 'set':
        attributes = fewEnough({ ...attributes, ...attributesOf(first) })
        return isOnline ? set() : undefined
    }
    if (command === 'track') word(first)
    await online(store)
    if (command === 'dismiss') return dismiss(first)
    const properties = attributesOf(second)
    if (command === 'track')
      warned(command, await ask('event:track', { name: word(first, limits.nameCharacters), properties }))
  }
  return { run, stop }
}

function online(store: Store): Promise<void> {
  return new Promise((resolve) => {
    if (store.get().connection === 'online') return resolve()
    const stop = store.subscribe((now) => {
      if (now.connection !== 'online') return
      stop()
      resolve()
    })
  })
}

function word(given: unknown, most = Number.POSITIVE_INFINITY): string {
  if (typeof given === 'string' && given.trim()) return short(given, most)
  throw new TypeError('needs a text')
}

/** What does not fit a frame would end the connection, and be said again on the next one. */
function short(text: string, most: number): string {
  if (text.length > most && characters(text) > most)
    throw new RangeError(`must be at most ${most} characters`)
  return text
}

function fewEnough(attributes: Attributes): Attributes {
  if (Object.keys(attributes).length <= limits.attributeCount) return attributes
  throw new RangeError('has too many attributes')
}

function identityOf(given: unknown): Identity {
  const values = new Map(Object.entries(given ?? {}))
  const text = (name: string) => {
    const value = values.get(name)
    return value === undefined ? {} : { [name]: short(String(value), limits.emailCharacters) }
  }
  return {
    ...text('id'),
    ...text('name'),
    ...text('email'),
    ...text('phone'),
    ...(values.has('attributes') ? { attributes: attributesOf(values.get('attributes')) } : {}),
  }
}

function attributesOf(given: unknown): Attributes {
  const entries = Object.entries(given ?? {}).map(([name, value]) => [
    short(name, limits.nameCharacters),
    typeof value === 'number' || typeof value === 'boolean'
      ? value
      : short(String(value), limits.attributeCharacters),
  ])
  return fewEnough(Object.fromEntries(entries))
}

function warned(command: string, result: Result<object>): void {
  if (!result.ok) console.warn(`Ahlan: ${command}: ${result.error.path ?? ''} ${result.error.message}`)
}
