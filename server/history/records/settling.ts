import { applyEntry, startConversation } from '../../../shared/conversation/conversation.ts'
import type { ConversationId, SiteId, VisitorId } from '../../../shared/ids.ts'
import { noReceipts } from '../../../shared/timeline.ts'
import { bigint, type Deferring, type Engine, type Queries, type Value } from '../engine.ts'
import type { PageViewRecord } from '../history.ts'
import { conversationFacts } from './conversation-facts.ts'
import {
  changedConversations,
  changedRow,
  countUnread,
  type EntryRow,
  entry,
  entries as entryTable,
  type Held,
  type HeldRow,
  held,
  heldColumns,
  newConversations,
  newRow,
  receiptsAfter,
  sent,
} from './conversation-rows.ts'
import { jobs as jobTable } from './follow-ups.ts'
import { insertViews } from './visits.ts'
import type { Work } from './work.ts'

type Begun = [number: number, id: ConversationId, siteId: SiteId, visitorId: VisitorId, startedAt: number]

/** What a batch added. Heads are not in it: entries add up to them. */
interface Facts {
  begun: Begun[]
  /** As the table has them. */
  entries: Value[][]
  sent: Value[][]
  receipts: Value[][]
  /** What follows is left out where there is none, which is nearly always. */
  jobs?: Value[][]
  about?: Value[][]
}

/**
 * A row of the journal: a line with the facts but the entries' bodies, then a line for each entry's body, in the same order.
 * JSON has no line breaks of its own, so the bodies go from the one who wrote them to the table unread.
 */
export function linesOf(work: Work): string {
  const { begun, held, entryRows, sentRows, receiptRows, jobRows, factRows } = work
  const facts: Facts = { begun: [], entries: [], sent: sentRows, receipts: receiptRows }
  if (jobRows.length > 0) facts.jobs = jobRows
  if (factRows.length > 0) facts.about = factRows
  for (const id of begun) {
    const one = held.get(id)
    if (!one) continue
    const { siteId, visitorId, startedAt } = one.conversation
    facts.begun.push([one.number, id, siteId, visitorId, startedAt])
  }
  let bodies = ''
  for (const [conversation = null, seq = null, at = null, fromVisitor = null, body] of entryRows) {
    facts.entries.push([conversation, seq, at, fromVisitor])
    bodies += `\n${body}`
  }
  return JSON.stringify(facts) + bodies
}

/** What the journal's keeper asks of whoever holds the tables. */
export interface Settling {
  /**
   * One durable transaction. False, and nothing written, if a client id among the lines is in the
   * tables already.
   */
  write(views: readonly PageViewRecord[], lines: string): Promise<boolean>
  /**
   * Puts what the journal holds into the tables; `heads` are the conversations as they stand then,
   * rows of `changedConversations`. Null after a start or a fault: then they are folded anew.
   */
  settle(heads: Value[][] | null): Promise<void>
}

export function settling(engine: Engine & Deferring): Settling {
  /** What was written since the last settling. */
  let written: Facts[] = []
  return {
    async write(views, lines) {
      const facts = lines ? factsOf(lines) : nothing
      const isNew = await engine.transaction(async (queries) => {
        if (await areSent(queries, facts)) return false
        if (lines) await queries.run('INSERT INTO journal (body) VALUES (?)', [lines])
        await insertViews(queries, views)
        return true
      })
      if (isNew && lines) written.push(facts)
      return isNew
    },
    async settle(heads) {
      // What the journal still holds can be put there again, so that no message waits for this flush.
      await engine.unflushed(async (queries) => {
        const facts = joined(heads ? written : await journalled(queries))
        await insertFacts(queries, facts)
        await queries.updateMany(changedConversations, heads ?? (await foldedAnew(queries, facts)))
        await queries.run('DELETE FROM journal')
      })
      written = []
    },
  }
}

const nothing: Facts = { begun: [], entries: [], sent: [], receipts: [] }

function factsOf(lines: string): Facts {
  const [first = '', ...bodies] = lines.split('\n')
  const facts: Facts = JSON.parse(first)
  for (const [index, row] of facts.entries.entries()) row.push(bodies[index] ?? null)
  return facts
}

async function areSent(queries: Queries, facts: Facts): Promise<boolean> {
  const keys = facts.sent.map((row) => row.slice(0, 3))
  const known = await queries.lookUp({
    select: 'SELECT first_seq FROM sent',
    by: sent.columns.slice(0, 3),
    keys,
  })
  return known.length > 0
}

async function journalled(queries: Queries): Promise<Facts[]> {
  const rows = await queries.all<{ body: string }>('SELECT body FROM journal ORDER BY number')
  return rows.map(({ body }) => factsOf(body))
}

const joined = (all: readonly Facts[]): Facts => ({
  begun: all.flatMap(({ begun }) => begun),
  entries: all.flatMap(({ entries }) => entries).sort(byConversation),
  sent: all.flatMap(({ sent }) => sent).sort(byKey),
  receipts: all.flatMap(({ receipts }) => receipts),
  jobs: all.flatMap(({ jobs = [] }) => jobs),
  about: all.flatMap(({ about = [] }) => about),
})

/** The table lies in the order of its key: what is of one author goes to one place in it. */
const byKey = ([one, high]: readonly Value[], [other, otherHigh]: readonly Value[]): number =>
  Number(one) - Number(other) || Number(high) - Number(otherHigh)

/** Neighbours in the index are inserted together; the sort is stable, so their order stays. */
const byConversation = ([one]: readonly Value[], [other]: readonly Value[]): number =>
  Number(one) - Number(other)

async function insertFacts(queries: Queries, facts: Facts): Promise<void> {
  const { begun, entries, sent: sentRows, jobs = [], about = [] } = facts
  await queries.insertMany(newConversations, begun.map(newborn))
  await queries.insertMany(entryTable, entries)
  await queries.insertMany(sent, sentRows)
  await queries.insertMany(jobTable, jobs)
  await queries.insertMany(conversationFacts, about)
}

const newborn = ([number, id, siteId, visitorId, startedAt]: Begun): Value[] =>
  newRow({
    number,
    conversation: startConversation(id, siteId, visitorId, startedAt),
    receipts: noReceipts,
    unread: 0,
  })

async function foldedAnew(queries: Queries, { entries, receipts }: Facts): Promise<Value[][]> {
  for (const [number = null, ...columns] of receipts)
    await queries.run(
      `UPDATE conversations SET visitor_delivered = ?, visitor_seen = ?, agents_delivered = ?, agents_seen = ?
       WHERE number = ?`,
      [...columns, number],
    )
  const touched = new Set([...entries, ...receipts].map(([number = null]) => number))
  const stored = await queries.lookUp<HeldRow>({
    select: `SELECT ${heldColumns} FROM conversations c`,
    by: [bigint('c.number')],
    keys: [...touched].map((number) => [number]),
  })
  const heads: Value[][] = []
  for (const row of stored) heads.push(changedRow(await refolded(queries, held(row))))
  return heads
}

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
