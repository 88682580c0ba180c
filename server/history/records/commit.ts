import { applyEntry } from '../../../shared/conversation/conversation.ts'
import { decide } from '../../../shared/conversation/decide.ts'
import type { Entry, EntryBody } from '../../../shared/conversation/entry.ts'
import { failure, type Result, success } from '../../../shared/result.ts'
import { laterReceipts, noReceipts, type Receipts } from '../../../shared/timeline.ts'
import type { Engine, Queries, Value } from '../engine.ts'
import type { Append, Appended } from '../history.ts'
import type { Batch, Outcome, Receive } from './batch.ts'
import {
  changedConversations,
  changedRow,
  entries as entryTable,
  type Held,
  isFromVisitor,
  isReply,
  newConversations,
  newRow,
  sent as sentTable,
} from './conversation-rows.ts'
import type { HeadCache } from './head-cache.ts'
import { nameOf } from './sent.ts'
import { insertViews } from './visits.ts'
import { load, type Sent, type Work } from './work.ts'

/**
 * Decides, numbers and stores a batch in one transaction. Commands are decided one after another
 * against what the batch has come to, before anything is written: one that fails takes no other along.
 */
export async function commitBatch(engine: Engine, batch: Batch, cache: HeadCache): Promise<Outcome> {
  try {
    const { work, outcome } = await engine.transaction((queries) => carryOut(queries, batch, cache))
    for (const one of work.held.values()) cache.keep(one)
    return outcome
  } catch (error) {
    // A failed COMMIT may still have reached the disk, so nothing remembered can be trusted.
    cache.clear()
    throw error
  }
}

async function carryOut(
  queries: Queries,
  batch: Batch,
  cache: HeadCache,
): Promise<{ work: Work; outcome: Outcome }> {
  const work = await load(queries, batch, cache)
  const appended = batch.appends.map((append) => carryOutAppend(work, append))
  await queries.insertMany(entryTable, work.entryRows)
  await queries.insertMany(sentTable, work.sentRows)
  const received: Outcome['received'] = []
  for (const receive of batch.receives) received.push(await moveReceipts(queries, work, receive))
  await storeHeads(queries, work)
  await insertViews(queries, batch.views)
  return { work, outcome: { appended, received } }
}

function carryOutAppend(work: Work, append: Append): Result<Appended> {
  const known = knownOf(work, append)
  if (known) return repeat(work, known, append)
  const held = work.target(append)
  if (!held) return failure('not_found', 'There is no such conversation.')
  const decided = decide(held.conversation, append.command, append.at)
  return decided.ok ? success(add(work, held, decided.value, append)) : decided
}

const knownOf = ({ sent }: Work, { command }: Append): Sent | undefined =>
  command.type === 'message' ? sent.get(nameOf(command.author, command.clientId)) : undefined

function repeat(work: Work, known: Sent, { command }: Append): Result<Appended> {
  const message = known.entries.at(-1)
  const held = work.held.get(known.conversationId)
  if (!held) return failure('not_found', 'There is no such conversation.')
  if (command.type === 'message' && message?.kind === 'message' && command.text !== message.text)
    return failure('conflict', 'Another text was sent under this client id.')
  const started = known.entries[0]?.seq === 1
  const { conversation, receipts } = held
  return success({ conversation, receipts, entries: known.entries, duplicate: true, started })
}

function add(work: Work, held: Held, bodies: readonly EntryBody[], append: Append): Appended {
  let { conversation, receipts, unread } = held
  const started = conversation.seq === 0 && bodies.length > 0
  const entries: Entry[] = []
  for (const body of bodies) {
    const entry: Entry = { ...body, seq: conversation.seq + 1, at: append.at }
    conversation = applyEntry(conversation, entry)
    const fromVisitor = isFromVisitor(entry) ? 1 : 0
    unread += fromVisitor
    if (isReply(entry)) {
      receipts = laterReceipts(receipts, { ...noReceipts, agents: { delivered: entry.seq, seen: entry.seq } })
      unread = 0
    }
    entries.push(entry)
    work.entryRows.push([held.number, entry.seq, entry.at, fromVisitor, JSON.stringify(body)])
  }
  if (entries.length > 0) {
    work.put({ ...held, conversation, receipts, unread }, started)
    remember(work, held, append, entries)
  }
  return { conversation, receipts, entries, duplicate: false, started }
}

function remember(work: Work, held: Held, { command }: Append, entries: Entry[]): void {
  const first = entries[0]
  const last = entries.at(-1)
  if (command.type !== 'message' || !first || !last) return
  const name = nameOf(command.author, command.clientId)
  work.sent.set(name, { conversationId: held.conversation.id, entries })
  work.sentRows.push([...(work.sentKeys.get(name) ?? []), held.number, first.seq, last.seq])
}

async function moveReceipts(
  queries: Queries,
  work: Work,
  { id, side, receipt }: Receive,
): Promise<Receipts | null> {
  const held = work.held.get(id)
  if (!held) return null
  const { seq } = held.conversation
  // Beyond the last entry there is nothing to have seen: later messages would count as read.
  const moved = { delivered: Math.min(receipt.delivered, seq), seen: Math.min(receipt.seen, seq) }
  const receipts = laterReceipts(held.receipts, { ...noReceipts, [side]: moved })
  if (JSON.stringify(receipts) === JSON.stringify(held.receipts)) return receipts
  const unread =
    receipts.agents.seen === held.receipts.agents.seen
      ? held.unread
      : await countUnread(queries, held.number, receipts.agents.seen)
  work.put({ ...held, receipts, unread }, false)
  return receipts
}

async function countUnread(queries: Queries, number: number, seen: number): Promise<number> {
  const [row] = await queries.all<{ unread: number }>(
    'SELECT COUNT(*) AS unread FROM entries WHERE conversation = ? AND seq > ? AND from_visitor = 1',
    [number, seen],
  )
  return row?.unread ?? 0
}

async function storeHeads(queries: Queries, work: Work): Promise<void> {
  const begun: Value[][] = []
  const changed: Value[][] = []
  for (const id of work.changed) {
    const held = work.held.get(id)
    if (!held) continue
    if (work.begun.has(id)) begun.push(newRow(held))
    else changed.push(changedRow(held))
  }
  await queries.insertMany(newConversations, begun)
  await queries.updateMany(changedConversations, changed)
}
