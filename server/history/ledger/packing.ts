import { createHash } from 'node:crypto'
import { bigint, type LookUps } from '../engine.ts'
import { factsByNumber } from '../records/conversation-facts.ts'
import { foldNumbers } from './fold.ts'
import {
  blockOf,
  blockSize,
  dayOf,
  type Facts,
  factsOn,
  isEmpty,
  joined,
  type Place,
  packed,
  unpacked,
  without,
} from './part.ts'

/** Parts that wait to be stored, and what they rest on: whoever stores them sees whether it is still so. JSON. */
export interface Packing {
  /** Of each conversation that changed, what its facts follow from, as it was when they were read. */
  heads: Head[]
  parts: NewPart[]
  /** From where to go on. */
  next: number
}

/**
 * A conversation’s head, to which every entry adds, and what was noted beside it, of which a withdrawn consent takes
 * away. `stamp` is null when there is no such conversation any more.
 */
export interface Head {
  number: number
  stamp: number | null
}

export interface NewPart extends Place {
  /** Of the part in whose place it comes; null when there is none. */
  replaces: number | null
  /** Base64; null when nothing is left to tell. */
  body: string | null
}

/** Only reads, so that it can be done beside whoever writes. Null when nobody from there on has changed. */
export async function preparePacking(queries: LookUps, from: number): Promise<Packing | null> {
  const numbers = await firstNeighbours(queries, from)
  const [first] = numbers
  if (first === undefined) return null
  // Before their entries: what comes in between is seen by the head having changed.
  const heads = await headsOf(queries, numbers)
  return { heads, parts: await partsWith(queries, numbers), next: (blockOf(first) + 1) * blockSize }
}

async function firstNeighbours(queries: LookUps, from: number): Promise<number[]> {
  const rows = await queries.all<{ conversation: number }>(
    'SELECT conversation FROM ledger_changes WHERE conversation >= ? ORDER BY conversation LIMIT ?',
    [from, blockSize],
  )
  const numbers = rows.map(({ conversation }) => conversation)
  return numbers.filter((number) => blockOf(number) === blockOf(numbers[0] ?? 0))
}

export async function headsOf(queries: LookUps, numbers: readonly number[]): Promise<Head[]> {
  const rows = await queries.lookUp<{ number: number; head: string }>({
    select: 'SELECT number, head FROM conversations',
    by: [bigint('number')],
    keys: numbers.map((number) => [number]),
  })
  const facts = await factsByNumber(queries, numbers)
  const stamps = new Map(
    rows.map(({ number, head }) => [number, stampOf(`${head} ${JSON.stringify(facts.get(number) ?? [])}`)]),
  )
  return numbers.map((number) => ({ number, stamp: stamps.get(number) ?? null }))
}

/** Those whose facts stand in a part: what was packed of them before goes, whatever is true of them now comes. */
async function partsWith(queries: LookUps, numbers: readonly number[]): Promise<NewPart[]> {
  const folded = await foldNumbers(queries, numbers)
  const gone = new Set(numbers)
  const parts: NewPart[] = []
  for (const place of placesOf(folded)) {
    const { facts, stamp } = await readPart(queries, place)
    const own = folded.filter(({ number }) => blockOf(number) === place.block)
    const all = joined([without(facts, gone), factsOn(joined(own), place.day)])
    const body = isEmpty(all) ? null : Buffer.from(packed(all, place.day)).toString('base64')
    parts.push({ ...place, replaces: stamp, body })
  }
  return parts
}

export function placesOf(all: readonly { number: number; at: readonly number[] }[]): Place[] {
  const places = new Map<string, Place>()
  for (const { number, at } of all)
    for (const moment of at) {
      const place = { day: dayOf(moment), block: blockOf(number) }
      places.set(`${place.day} ${place.block}`, place)
    }
  return [...places.values()]
}

export async function readPart(
  queries: LookUps,
  { day, block }: Place,
): Promise<{ facts: Facts; stamp: number | null }> {
  const [row] = await queries.all<{ stamp: number; body: Uint8Array }>(
    'SELECT stamp, body FROM ledger_parts WHERE day = ? AND block = ?',
    [day, block],
  )
  return row
    ? { facts: unpacked(row.body), stamp: row.stamp }
    : { facts: { turns: [], episodes: [] }, stamp: null }
}

/** The same only for the same, as far as six bytes go. */
export const stampOf = (body: Uint8Array | string): number =>
  createHash('sha1').update(body).digest().readUIntBE(0, 6)
