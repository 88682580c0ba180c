import { applyEntry, startConversation } from '../../../shared/conversation/conversation.ts'
import type { ConversationId, SiteId, VisitorId } from '../../../shared/ids.ts'
import { noReceipts } from '../../../shared/timeline.ts'
import { bigint, type Queries, type Value } from '../engine.ts'
import {
  changedConversations,
  changedRow,
  countUnread,
  type EntryRow,
  entries,
  entry,
  type Held,
  type HeldRow,
  held,
  heldColumns,
  newConversations,
  newRow,
  receiptsAfter,
  sent,
} from './conversation-rows.ts'
import type { Work } from './work.ts'

type Begun = [number: number, id: ConversationId, siteId: SiteId, visitorId: VisitorId, startedAt: number]

/** A row of the journal: what a batch added, as facts. Heads are not in it, since entries add up to them. */
interface Lines {
  begun: Begun[]
  /** As the table has them, the bodies as they are instead of as text. */
  entries: [conversation: number, seq: number, at: number, fromVisitor: number, body: object][]
  sent: Value[][]
  receipts: Value[][]
}

/** As JSON. The bodies are JSON already. */
export function linesOf({ begun, held, entryRows, sentRows, receiptRows }: Work): string {
  const beginnings: Begun[] = []
  for (const id of begun) {
    const one = held.get(id)
    if (!one) continue
    const { siteId, visitorId, startedAt } = one.conversation
    beginnings.push([one.number, id, siteId, visitorId, startedAt])
  }
  const rest = JSON.stringify({ begun: beginnings, sent: sentRows, receipts: receiptRows })
  return `{"entries":[${entryRows.map((row) => `[${row.join()}]`).join()}],${rest.slice(1)}`
}

/** Puts what the journal holds into the tables, after a run that could not do it itself. */
export async function replay(queries: Queries): Promise<void> {
  const rows = await queries.all<{ body: string }>('SELECT body FROM journal ORDER BY number')
  if (rows.length === 0) return
  const touched = new Set<Value>()
  for (const { body } of rows) await insertLines(queries, JSON.parse(body), touched)
  const stored = await queries.lookUp<HeldRow>({
    select: `SELECT ${heldColumns} FROM conversations c`,
    by: [bigint('c.number')],
    keys: [...touched].map((number) => [number]),
  })
  const heads: Value[][] = []
  for (const row of stored) heads.push(changedRow(await refolded(queries, held(row))))
  await queries.updateMany(changedConversations, heads)
  await queries.run('DELETE FROM journal')
}

async function insertLines(queries: Queries, lines: Lines, touched: Set<Value>): Promise<void> {
  await queries.insertMany(newConversations, lines.begun.map(newborn))
  await queries.insertMany(
    entries,
    lines.entries.map(([number, seq, at, fromVisitor, body]) => [
      ...[number, seq, at, fromVisitor],
      JSON.stringify(body),
    ]),
  )
  await queries.insertMany(sent, lines.sent)
  for (const [number, ...receipts] of lines.receipts)
    await queries.run(
      `UPDATE conversations SET visitor_delivered = ?, visitor_seen = ?, agents_delivered = ?, agents_seen = ?
       WHERE number = ?`,
      [...receipts, number ?? null],
    )
  for (const [number = null] of [...lines.entries, ...lines.receipts]) touched.add(number)
}

const newborn = ([number, id, siteId, visitorId, startedAt]: Begun): Value[] =>
  newRow({
    number,
    conversation: startConversation(id, siteId, visitorId, startedAt),
    receipts: noReceipts,
    unread: 0,
  })

async function refolded(queries: Queries, stored: Held): Promise<Held> {
  const { number } = stored
  let { conversation, receipts } = stored
  const added = await queries.all<EntryRow>(
    'SELECT seq, at, body FROM entries WHERE conversation = ? AND seq > ? ORDER BY seq',
    [number, conversation.seq],
  )
  for (const row of added) {
    const one = entry(row)
    conversation = applyEntry(conversation, one)
    receipts = receiptsAfter(receipts, one)
  }
  return {
    ...stored,
    conversation,
    receipts,
    unread: await countUnread(queries, number, receipts.agents.seen),
  }
}
