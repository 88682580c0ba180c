import { limits } from '../../shared/limits.ts'
import type { Result } from '../../shared/result.ts'
import { characters } from '../../shared/text/characters.ts'
import type { Attributes, EventProperties, Identity } from '../../shared/visitor.ts'
import type { Ask } from '../connection/link.ts'
import type { Host } from '../page/host.ts'
import { keep } from '../page/keep.ts'
import { currentPlace } from '../state/state.ts'
import type { Store } from '../state/store.ts'
import type { Client } from './client.ts'
import { createTracked } from './tracked.ts'

/** Of names of events, properties and tags. */
const nameCharacters = 60

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
  const tags = new Set<string>()
  const isOnline = () => store.get().connection === 'online'
  const tracked = createTracked({ ask, isOnline, warn: (text) => console.warn(`Ahlan: track: ${text}`) })

  const identify = async () => identity && warned('identify', await ask('visitor:identify', identity))
  const set = async () => attributes && warned('set', await ask('visitor:set', { attributes }))
  const tag = async () => tags.size > 0 && warned('tag', await ask('visitor:tag', { names: [...tags] }))
  // A server that was started anew knows of nobody; what the page said last is still true.
  const unsubscribe = store.subscribe((now, before) => {
    if (now.connection !== 'online' || before.connection === 'online') return
    for (const again of [identify, set, tag, tracked.flush]) again()
  })
  const stop = () => {
    unsubscribe()
    tracked.stop()
  }

  async function run(command: string, [first, second, ...more]: unknown[]): Promise<void> {
    switch (command) {
      case 'send':
        return write({ host, store, client }, word(first, limits.messageCharacters))
      case 'newMessage':
        return host.run('open', { prefill: String(first ?? '') })
      case 'showConversation':
        return host.run('open', { conversation: word(first) })
      case 'identify':
        identity = identityOf(first)
        if (isOnline()) await identify()
        return
      case 'set':
        attributes = fewEnough({ ...attributes, ...attributesOf(first) })
        if (isOnline()) await set()
        return
      case 'tag':
        addTags(tags, [first, second, ...more])
        if (isOnline()) await tag()
        return
      case 'track':
        return tracked.add(word(first, nameCharacters), propertiesOf(second))
      case 'dismiss':
        await online(store)
        return dismiss(first)
    }
  }
  return { run, stop }
}

function write({ host, store, client }: Pick<CommandedParts, 'host' | 'store' | 'client'>, text: string) {
  keep(host)
  client().keep()
  return client().write(text, currentPlace(store.get()))
}

function addTags(tags: Set<string>, names: unknown[]): void {
  for (const name of names) if (name !== undefined) tags.add(word(name, nameCharacters))
  if (tags.size > limits.tagCount) throw new RangeError(`at most ${limits.tagCount} tags`)
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

/** Flat and little: a page that hands over its whole state is told so, instead of sending it. */
function propertiesOf(given: unknown): EventProperties {
  const entries = Object.entries(given ?? {})
  if (entries.length > limits.propertyCount)
    throw new RangeError(`more than ${limits.propertyCount} properties`)
  return Object.fromEntries(
    entries.map(([name, value]) => [short(name, nameCharacters), property(name, value)]),
  )
}

function property(name: string, value: unknown): string | number | boolean {
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return value
  if (typeof value !== 'string')
    throw new TypeError(`${name.slice(0, 60)} must be a text, a number or a boolean`)
  if (value.length > limits.propertyCharacters && characters(value) > limits.propertyCharacters)
    throw new RangeError(`${name.slice(0, 60)} must be at most ${limits.propertyCharacters} characters`)
  return value
}

function warned(command: string, result: Result<object>): void {
  if (!result.ok) console.warn(`Ahlan: ${command}: ${result.error.path ?? ''} ${result.error.message}`)
}
