import { limits } from '../../shared/limits.ts'
import type { Attributes, Identity } from '../../shared/visitor.ts'
import type { Ask } from '../connection/link.ts'
import type { Store } from '../state/store.ts'
import { nameCharacters, short, warned, word } from './given.ts'

/** What the page says of its visitor: told now, and again to each server that knows of nobody. */
export function createPerson(store: Store, ask: Ask) {
  let identity: Identity | undefined
  let attributes: Attributes | undefined
  const tags = new Set<string>()

  const identify = async () => identity && warned('identify', await ask('visitor:identify', identity))
  const set = async () => attributes && warned('set', await ask('visitor:set', { attributes }))
  const tag = async () => tags.size > 0 && warned('tag', await ask('visitor:tag', { names: [...tags] }))
  const now = async (tell: () => Promise<unknown>): Promise<void> => {
    if (store.get().connection === 'online') await tell()
  }
  return {
    identify(given: unknown): Promise<void> {
      identity = identityOf(given)
      return now(identify)
    },
    set(given: unknown): Promise<void> {
      attributes = fewEnough({ ...attributes, ...attributesOf(given) })
      return now(set)
    },
    tag(names: unknown[]): Promise<void> {
      for (const name of names) if (name !== undefined) tags.add(word(name, nameCharacters))
      if (tags.size > limits.tagCount) throw new RangeError(`at most ${limits.tagCount} tags`)
      return now(tag)
    },
    /** What the page said last is still true. */
    again(): void {
      for (const tell of [identify, set, tag]) tell()
    },
  }
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
