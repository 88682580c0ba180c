import { createHash } from 'node:crypto'
import type { Engine, Queries, Value } from '../engine.ts'
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

/** The ledger as it is kept: packed parts, and a list of whom they do not tell the latest of. */
export interface LedgerRecords {
  /**
   * Packs the latest of the first neighbours of whom any changed, from this conversation on: those whose facts are
   * packed together, since to pack one takes about as long as to pack them all. Answers from where to go on; null when
   * there were none.
   */
  pack(from: number): Promise<number | null>
  /** Begins anew: nothing is packed, everybody has changed. */
  clear(): Promise<void>
}

export const ledgerRecords = (engine: Engine): LedgerRecords => ({
  pack: (from) =>
    engine.transaction(async (queries) => {
      await queries.lock(['ahlan:ledger'])
      const numbers = await takeChanged(queries, from, engine.dialect.skipTaken)
      const [first] = numbers
      if (first === undefined) return null
      await packAgain(queries, numbers)
      return (blockOf(first) + 1) * blockSize
    }),
  clear: () =>
    engine.transaction(async (queries) => {
      await queries.lock(['ahlan:ledger'])
      await queries.run('DELETE FROM ledger_parts')
      await queries.run('DELETE FROM ledger_changes')
      await queries.run('INSERT INTO ledger_changes (conversation) SELECT number FROM conversations')
    }),
})

async function takeChanged(queries: Queries, from: number, skipTaken: string): Promise<number[]> {
  const rows = await queries.all<{ conversation: number }>(
    `SELECT conversation FROM ledger_changes WHERE conversation >= ? ORDER BY conversation LIMIT ? ${skipTaken}`,
    [from, blockSize],
  )
  const numbers = rows.map(({ conversation }) => conversation)
  const neighbours = numbers.filter((number) => blockOf(number) === blockOf(numbers[0] ?? 0))
  for (const number of neighbours)
    await queries.run('DELETE FROM ledger_changes WHERE conversation = ?', [number])
  return neighbours
}

/** Those whose facts stand in a part: what was packed of them before goes, whatever is true of them now comes. */
async function packAgain(queries: Queries, numbers: readonly number[]): Promise<void> {
  const folded = await foldNumbers(queries, numbers)
  const gone = new Set(numbers)
  for (const place of placesOf(folded)) {
    const own = folded.filter(({ number }) => blockOf(number) === place.block)
    const kept = without(await readPart(queries, place), gone)
    await writePart(queries, place, joined([kept, factsOn(joined(own), place.day)]))
  }
}

function placesOf(all: readonly { number: number; at: readonly number[] }[]): Place[] {
  const places = new Map<string, Place>()
  for (const { number, at } of all)
    for (const moment of at) {
      const place = { day: dayOf(moment), block: blockOf(number) }
      places.set(`${place.day} ${place.block}`, place)
    }
  return [...places.values()]
}

const where = 'FROM ledger_parts WHERE day = ? AND block = ?'

async function readPart(queries: Queries, { day, block }: Place): Promise<Facts> {
  const [row] = await queries.all<{ body: Uint8Array }>(`SELECT body ${where}`, [day, block])
  return row ? unpacked(row.body) : { turns: [], episodes: [] }
}

async function writePart(queries: Queries, { day, block }: Place, facts: Facts): Promise<void> {
  const key: Value[] = [day, block]
  await queries.run(`DELETE ${where}`, key)
  if (isEmpty(facts)) return
  const body = packed(facts, day)
  await queries.run('INSERT INTO ledger_parts (day, block, stamp, body) VALUES (?, ?, ?, ?)', [
    ...key,
    stampOf(body),
    body,
  ])
}

/** The same only for the same, as far as six bytes go. */
const stampOf = (body: Uint8Array): number => createHash('sha1').update(body).digest().readUIntBE(0, 6)

/** Before the visitor’s entries are deleted: they tell where in the ledger their conversations stand. */
export async function leaveLedger(queries: Queries, visitorId: string): Promise<void> {
  await queries.lock(['ahlan:ledger'])
  const rows = await queries.all<{ number: number; at: number }>(
    `SELECT c.number, e.at FROM conversations c JOIN entries e ON e.conversation = c.number WHERE c.visitor_id = ?`,
    [visitorId],
  )
  const gone = new Set(rows.map(({ number }) => number))
  for (const place of placesOf(rows.map(({ number, at }) => ({ number, at: [at] }))))
    await writePart(queries, place, without(await readPart(queries, place), gone))
  for (const number of gone) await queries.run('DELETE FROM ledger_changes WHERE conversation = ?', [number])
}
