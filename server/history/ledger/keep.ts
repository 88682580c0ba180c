import type { Engine, Queries } from '../engine.ts'
import {
  type Head,
  headsOf,
  type NewPart,
  type Packing,
  placesOf,
  preparePacking,
  readPart,
  stampOf,
} from './packing.ts'
import { isEmpty, type Place, packed, without } from './part.ts'

/** The ledger as it is kept: packed parts, and a list of whom they do not tell the latest of. */
export interface LedgerRecords {
  /**
   * Reads and folds the first neighbours of whom any changed, from this conversation on: those whose facts are packed
   * together, since to pack one takes about as long as to pack them all. Null when there were none.
   */
  prepare(from: number): Promise<Packing | null>
  /** False, and nothing is stored, when it rests on what is no longer there: a part was changed, somebody erased. */
  store(packing: Packing): Promise<boolean>
  /** Begins anew: nothing is packed, everybody has changed. */
  clear(): Promise<void>
}

export const ledgerRecords = (engine: Engine): LedgerRecords => ({
  prepare: (from) => preparePacking(engine, from),
  store: (packing) =>
    engine.transaction(async (queries) => {
      await queries.lock(['ahlan:ledger'])
      const waiting = await takeWaiting(queries, packing, engine.dialect.skipTaken)
      const same = await sameHeads(queries, packing.heads)
      if (!same || !(await areThere(queries, packing.parts))) return false
      for (const { body, ...place } of packing.parts)
        await putPart(queries, place, body === null ? null : Buffer.from(body, 'base64'))
      for (const number of waiting) if (same.has(number)) await takeOff(queries, number)
      return true
    }),
  clear: () =>
    engine.transaction(async (queries) => {
      await queries.lock(['ahlan:ledger'])
      await queries.run('DELETE FROM ledger_parts')
      await queries.run('DELETE FROM ledger_changes')
      await queries.run('INSERT INTO ledger_changes (conversation) SELECT number FROM conversations')
    }),
})

/** Packs the latest of the first neighbours who changed. Answers from where to go on; null when nobody did. */
export async function packNext(
  ledger: Pick<LedgerRecords, 'prepare' | 'store'>,
  from: number,
): Promise<number | null> {
  const packing = await ledger.prepare(from)
  if (!packing) return null
  return (await ledger.store(packing)) ? packing.next : from
}

/** Those still on the list, held so that nobody else changes them; who is being changed now stays on it. */
async function takeWaiting(queries: Queries, { heads }: Packing, skipTaken: string): Promise<number[]> {
  const rows = await queries.all<{ conversation: number }>(
    `SELECT conversation FROM ledger_changes WHERE conversation BETWEEN ? AND ? ORDER BY conversation ${skipTaken}`,
    [heads[0]?.number ?? 0, heads.at(-1)?.number ?? 0],
  )
  return rows.map(({ conversation }) => conversation)
}

/** Of whom the packing tells the latest; null when somebody of them is gone since. */
async function sameHeads(queries: Queries, heads: readonly Head[]): Promise<Set<number> | null> {
  const now = await headsOf(
    queries,
    heads.map(({ number }) => number),
  )
  const same = new Set<number>()
  for (const [index, { number, stamp }] of now.entries()) {
    const before = heads[index]?.stamp ?? null
    if (stamp === null && before !== null) return null
    if (stamp === before) same.add(number)
  }
  return same
}

async function areThere(queries: Queries, parts: readonly NewPart[]): Promise<boolean> {
  for (const { day, block, replaces } of parts) {
    const [row] = await queries.all<{ stamp: number }>(`SELECT stamp ${where}`, [day, block])
    if ((row?.stamp ?? null) !== replaces) return false
  }
  return true
}

const where = 'FROM ledger_parts WHERE day = ? AND block = ?'

async function putPart(queries: Queries, { day, block }: Place, body: Uint8Array | null): Promise<void> {
  await queries.run(`DELETE ${where}`, [day, block])
  if (!body) return
  await queries.run('INSERT INTO ledger_parts (day, block, stamp, body) VALUES (?, ?, ?, ?)', [
    day,
    block,
    stampOf(body),
    body,
  ])
}

const takeOff = (queries: Queries, number: number) =>
  queries.run('DELETE FROM ledger_changes WHERE conversation = ?', [number])

/** Before the visitor’s entries are deleted: they tell where in the ledger their conversations stand. */
export async function leaveLedger(queries: Queries, visitorId: string): Promise<void> {
  await queries.lock(['ahlan:ledger'])
  const rows = await queries.all<{ number: number; at: number }>(
    `SELECT c.number, e.at FROM conversations c JOIN entries e ON e.conversation = c.number WHERE c.visitor_id = ?`,
    [visitorId],
  )
  const gone = new Set(rows.map(({ number }) => number))
  for (const place of placesOf(rows.map(({ number, at }) => ({ number, at: [at] })))) {
    const left = without((await readPart(queries, place)).facts, gone)
    await putPart(queries, place, isEmpty(left) ? null : packed(left, place.day))
  }
  for (const number of gone) await takeOff(queries, number)
}
