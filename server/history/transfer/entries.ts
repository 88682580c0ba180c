import * as v from 'valibot'
import { type Entry, EntryBody } from '../../../shared/conversation/entry.ts'
import { ConversationId } from '../../../shared/ids.ts'
import { count } from '../../../shared/text/fields.ts'
import { bigint, type Queries, text, type Value } from '../engine.ts'
import {
  changedConversations,
  changedRow,
  entries as entryTable,
  type Held,
  type HeldRow,
  held,
  heldColumns,
  isFromVisitor,
  sent as sentTable,
  withEntry,
} from '../records/conversation-rows.ts'
import { type SentKey, sentKey } from '../records/sent.ts'
import { atOnce, byId, type Kind, parseLine, UnfitRecord } from './kind.ts'

export type EntryOfOne = { conversation: number; seq: number; at: number; body: string }
export interface Owner {
  id: string
  number: number
  seq: number
}

/**
 * An entry as it is stored, with its conversation and place. `first`: the entry with which the command
 * began that ends here, when it added more than one; a message sent again is answered with all of them.
 */
const Stamped = v.looseObject({
  conversation: ConversationId,
  seq: v.pipe(count, v.minValue(1)),
  at: count,
  first: v.optional(v.pipe(count, v.minValue(1))),
})

export const entries: Kind = {
  name: 'entries',
  async *lines(queries) {
    const select = 'SELECT id, number, head FROM conversations'
    for await (const rows of byId<{ id: string; number: number; head: string }>(queries, select)) {
      const owners = rows.map(({ id, number, head }): Owner => ({ id, number, seq: JSON.parse(head).seq }))
      const ids = new Map(owners.map(({ id, number }) => [number, id]))
      for await (const page of pagesOf(queries, owners)) yield await linesOf(queries, ids, page)
    }
  },
  async store(queries, lines) {
    const arriving = lines.map(arrivalOf)
    const known = await conversationsOf(queries, arriving)
    const sentRows: Value[][] = []
    const rows = arriving.map((one) => {
      const owner = known.get(one.conversation)
      if (!owner) throw new UnfitRecord(`an entry of ${one.conversation}, which does not exist`)
      known.set(one.conversation, folded(owner, one.entry))
      for (const key of keyOf(one.entry) ?? [])
        sentRows.push([...key, owner.number, one.first, one.entry.seq])
      const fromVisitor = isFromVisitor(one.entry) ? 1 : 0
      return [owner.number, one.entry.seq, one.entry.at, fromVisitor, one.body]
    })
    await queries.insertMany(entryTable, rows)
    await queries.insertMany(sentTable, sentRows)
    await queries.updateMany(changedConversations, [...known.values()].map(changedRow))
  },
}

/** Few conversations have many entries and many have few: the former are paged, the latter read together. */
export async function* pagesOf(queries: Queries, owners: readonly Owner[]): AsyncGenerator<EntryOfOne[]> {
  let together: number[] = []
  let expected = 0
  for (const { number, seq } of owners) {
    if (expected + seq > atOnce && together.length > 0) {
      yield await entriesOf(queries, together)
      ;[together, expected] = [[], 0]
    }
    if (seq > atOnce) yield* pagesOfOne(queries, number)
    else {
      together.push(number)
      expected += seq
    }
  }
  if (together.length > 0) yield await entriesOf(queries, together)
}

async function entriesOf(queries: Queries, numbers: readonly number[]): Promise<EntryOfOne[]> {
  const rows = await queries.lookUp<EntryOfOne>({
    select: 'SELECT conversation, seq, at, body FROM entries',
    by: [bigint('conversation')],
    keys: numbers.map((number) => [number]),
    orderBy: 'seq',
  })
  const place = new Map(numbers.map((number, index) => [number, index]))
  return rows.sort(
    (one, other) =>
      (place.get(one.conversation) ?? 0) - (place.get(other.conversation) ?? 0) || one.seq - other.seq,
  )
}

async function* pagesOfOne(queries: Queries, number: number): AsyncGenerator<EntryOfOne[]> {
  for (let after = 0; ; ) {
    const rows = await queries.all<EntryOfOne>(
      'SELECT conversation, seq, at, body FROM entries WHERE conversation = ? AND seq > ? ORDER BY seq LIMIT ?',
      [number, after, atOnce],
    )
    const last = rows.at(-1)
    if (!last) return
    yield rows
    after = last.seq
  }
}

async function linesOf(
  queries: Queries,
  ids: ReadonlyMap<number, string>,
  rows: EntryOfOne[],
): Promise<string[]> {
  const beginnings = await beginningsOf(queries, rows)
  return rows.map(({ conversation, seq, at, body }) => {
    const first = beginnings.get(`${conversation} ${seq}`) ?? seq
    const stamp = { conversation: ids.get(conversation), seq, at, ...(first === seq ? {} : { first }) }
    // Spliced as text, so that the body stays as it was stored.
    return `${JSON.stringify(stamp).slice(0, -1)},${body.slice(1)}`
  })
}

type SentRow = { conversation: number; first_seq: number; last_seq: number }

/** The first entry of each command that carried a client id, by conversation and last entry. */
async function beginningsOf(queries: Queries, rows: readonly EntryOfOne[]): Promise<Map<string, number>> {
  const keys = rows.flatMap(({ seq, at, body }) => keyOf({ ...JSON.parse(body), seq, at }) ?? [])
  const sent = await queries.lookUp<SentRow>({
    select: 'SELECT conversation, first_seq, last_seq FROM sent',
    by: [bigint('author'), bigint('client_high'), bigint('client_low')],
    keys,
  })
  return new Map(sent.map((row) => [`${row.conversation} ${row.last_seq}`, row.first_seq]))
}

const keyOf = (entry: Entry): [SentKey] | null =>
  entry.kind === 'message' && entry.clientId !== null ? [sentKey(entry.author, entry.clientId)] : null

interface Arrival {
  conversation: ConversationId
  first: number
  entry: Entry
  body: string
}

function arrivalOf(line: string): Arrival {
  const { conversation, seq, at, first = seq, ...rest } = parseLine(Stamped, line)
  const body = JSON.stringify(rest)
  return { conversation, first, entry: { ...parseLine(EntryBody, body), seq, at }, body }
}

async function conversationsOf(
  queries: Queries,
  arriving: readonly Arrival[],
): Promise<Map<ConversationId, Held>> {
  const ids = new Set(arriving.map(({ conversation }) => conversation))
  const rows = await queries.lookUp<HeldRow>({
    select: `SELECT ${heldColumns} FROM conversations c`,
    by: [text('c.id')],
    keys: [...ids].map((id) => [id]),
  })
  return new Map(rows.map(held).map((one) => [one.conversation.id, one]))
}

function folded(owner: Held, entry: Entry): Held {
  const { id, seq } = owner.conversation
  if (entry.seq !== seq + 1)
    throw new UnfitRecord(`entry ${entry.seq} of ${id}, where ${seq + 1} was to come`)
  return withEntry(owner, entry)
}
