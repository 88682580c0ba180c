import { applyEntry } from '../../../shared/conversation/conversation.ts'
import { decide } from '../../../shared/conversation/decide.ts'
import type { Entry, EntryBody, EntryOf } from '../../../shared/conversation/entry.ts'
import { failure, type Result, success } from '../../../shared/result.ts'
import { laterReceipts, noReceipts, type Receipts } from '../../../shared/timeline.ts'
import type { Engine, LookUps, Queries, Value } from '../engine.ts'
import type { Append, Appended } from '../history.ts'
import type { Batch, Outcome, Receive } from './batch.ts'
import { factsRow, conversationFacts as factTable } from './conversation-facts.ts'
import {
  changedConversations,
  changedRow,
  countUnread,
  entries as entryTable,
  type Held,
  isFromVisitor,
  newConversations,
  newRow,
  receiptColumns,
  receiptsAfter,
  sent as sentTable,
  stamped,
  writtenEntry,
} from './conversation-rows.ts'
import { type FollowUps, jobs as jobTable } from './follow-ups.ts'
import { type Memory, noMemory } from './memory.ts'
import { nameOf, type Sent, sentKey } from './sent.ts'
import { insertViews } from './visits.ts'
import { load, type Work } from './work.ts'

/** Decides, numbers and stores a batch in one transaction. */
export async function commitAtOnce(engine: Engine, batch: Batch, followUps: FollowUps): Promise<Outcome> {
  const { work, outcome } = await engine.transaction(async (queries) => {
    const done = await carryOut(queries, batch, { memory: noMemory, followUps })
    await store(queries, done.work)
    await insertViews(queries, viewsToStore(done.work, batch))
    return done
  })
  followUps.stored(work)
  return outcome
}

/** Not of those who were erased: their pages may still tell of them. */
export const viewsToStore = ({ erased }: Work, { views }: Batch): Batch['views'] =>
  erased.size === 0 ? views : views.filter(({ visitorId }) => !erased.has(visitorId))

/** What a batch is decided by, beside the tables. */
export interface Beside {
  memory: Memory
  followUps: FollowUps
}

/**
 * Commands are decided one after another against what the batch has come to, before anything is
 * written: one that fails takes no other along.
 */
export async function carryOut(
  queries: LookUps,
  batch: Batch,
  { memory, followUps }: Beside,
): Promise<{ work: Work; outcome: Outcome }> {
  const work = await load(queries, batch, memory)
  const appended = batch.appends.map((append) => carryOutAppend({ work, followUps }, append))
  const received: Outcome['received'] = []
  for (const receive of batch.receives)
    received.push(await moveReceipts(work, receive, (number, seen) => unreadAbove(number, seen)))
  return { work, outcome: { appended, received } }

  async function unreadAbove(number: number, seen: number): Promise<number> {
    const stored = await countUnread(queries, number, seen)
    return stored + unreadAmong(work.entryRows, number, seen)
  }
}

async function store(queries: Queries, work: Work): Promise<void> {
  await queries.insertMany(entryTable, work.entryRows)
  await queries.insertMany(sentTable, work.sentRows)
  await queries.insertMany(jobTable, work.jobRows)
  await queries.insertMany(factTable, work.factRows)
  await storeHeads(queries, work)
}

interface Carrying {
  work: Work
  followUps: FollowUps
}

function carryOutAppend({ work, followUps }: Carrying, append: Append): Result<Appended> {
  const known = knownOf(work, append)
  if (known) return repeat(work, known, append)
  const held = work.target(append)
  if (!held) return failure('not_found', 'There is no such conversation.')
  const decided = decide(held.conversation, append.command, append.at)
  if (!decided.ok) return decided
  const appended = add(work, held, decided.value, append)
  for (const entry of appended.entries) followUps.addTo(work, entry, appended.conversation)
  return success(appended)
}

const knownOf = ({ sent }: Work, { command }: Append): Sent | undefined =>
  command.type === 'message' ? sent.get(nameOf(command.author, command.clientId)) : undefined

function repeat(work: Work, known: Sent, { command }: Append): Result<Appended> {
  const message = known.entries.at(-1)
  const held = work.held.get(known.conversationId)
  if (!held) return failure('not_found', 'There is no such conversation.')
  if (command.type === 'message' && message?.kind === 'message' && isOther(command, message))
    return failure('conflict', 'Another text was sent under this client id.')
  const started = known.entries[0]?.seq === 1
  const { conversation, receipts } = held
  const { entries } = known
  const written = entries.map((entry) => JSON.stringify(entry))
  return success({ conversation, receipts, entries, written, duplicate: true, started })
}

const isOther = (command: Saying, message: EntryOf<'message'>): boolean =>
  command.text !== message.text || idsOf(command) !== idsOf(message)

type Saying = Extract<Append['command'], { type: 'message' }>

const idsOf = ({ files }: Pick<Saying, 'files'>): string => files?.map(({ id }) => id).join() ?? ''

function add(work: Work, held: Held, bodies: readonly EntryBody[], append: Append): Appended {
  let { conversation, receipts, unread } = held
  const started = conversation.seq === 0 && bodies.length > 0
  const entries: Entry[] = []
  const written: string[] = []
  for (const body of bodies) {
    const entry = stamped(body, conversation.seq + 1, append.at)
    conversation = applyEntry(conversation, entry)
    const fromVisitor = isFromVisitor(entry) ? 1 : 0
    unread += fromVisitor
    receipts = receiptsAfter(receipts, entry)
    if (receipts.agents.seen >= entry.seq) unread = 0
    entries.push(entry)
    const text = JSON.stringify(body)
    written.push(writtenEntry(entry, text))
    work.entryRows.push([held.number, entry.seq, entry.at, fromVisitor, text])
  }
  if (entries.length > 0) {
    work.put({ number: held.number, conversation, receipts, unread }, started)
    remember(work, held, append, entries)
    if (entries.some(beginsEpisode)) noteBeginning(work, { ...held, conversation }, append)
  }
  return { conversation, receipts, entries, written, duplicate: false, started }
}

const beginsEpisode = ({ seq, kind }: Entry): boolean => seq === 1 || kind === 'reopened'

function noteBeginning({ factRows }: Work, { number, conversation }: Held, { beginning }: Append): void {
  const facts = beginning?.(conversation)
  if (facts) factRows.push(factsRow(number, conversation.episode, facts))
}

function remember(work: Work, held: Held, { command }: Append, entries: Entry[]): void {
  const first = entries[0]
  const last = entries.at(-1)
  if (command.type !== 'message' || !first || !last) return
  const name = nameOf(command.author, command.clientId)
  work.sent.set(name, { conversationId: held.conversation.id, entries })
  const key = sentKey(command.author, command.clientId)
  work.sentRows.push([...key, held.number, first.seq, last.seq])
  work.sentNames.push(name)
}

async function moveReceipts(
  work: Work,
  { id, side, receipt }: Receive,
  unreadAbove: (number: number, seen: number) => Promise<number>,
): Promise<Receipts | null> {
  const held = work.held.get(id)
  if (!held) return null
  const { seq } = held.conversation
  // Beyond the last entry there is nothing to have seen: later messages would count as read.
  const moved = { delivered: Math.min(receipt.delivered, seq), seen: Math.min(receipt.seen, seq) }
  const receipts = laterReceipts(held.receipts, { ...noReceipts, [side]: moved })
  if (JSON.stringify(receipts) === JSON.stringify(held.receipts)) return receipts
  const isRead = receipts.agents.seen > held.receipts.agents.seen
  const unread = isRead ? await unreadAbove(held.number, receipts.agents.seen) : held.unread
  work.put({ ...held, receipts, unread }, false)
  work.receiptRows.push([held.number, ...receiptColumns(receipts)])
  return receipts
}

/** Visible visitor messages above `seen` among rows of the table `entries`. */
function unreadAmong(rows: readonly Value[][], number: number, seen: number): number {
  let unread = 0
  for (const [conversation, seq, , fromVisitor] of rows)
    if (conversation === number && Number(seq) > seen && fromVisitor === 1) unread++
  return unread
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
