import { startConversation } from '../../../shared/conversation/conversation.ts'
import { takesMessage } from '../../../shared/conversation/decide.ts'
import type { ConversationId, VisitorId } from '../../../shared/ids.ts'
import { noReceipts } from '../../../shared/timeline.ts'
import { bigint, type LookUps, text, type Value } from '../engine.ts'
import type { Append, Target } from '../history.ts'
import type { Batch } from './batch.ts'
import { type EntryRow, entry, type Held, type HeldRow, held, heldColumns } from './conversation-rows.ts'
import { knownMarks, markOfVisitor } from './marks.ts'
import type { Memory } from './memory.ts'
import { nameOf, type Sent, type SentKey, sentKey } from './sent.ts'

/** A batch on its way: the conversations it concerns as they come to stand, and the rows to write. */
export class Work {
  readonly held = new Map<ConversationId, Held>()
  readonly ofVisitor = new Map<VisitorId, readonly ConversationId[]>()
  /** By the name of each command that carries a client id. */
  readonly sent = new Map<string, Sent>()
  readonly changed = new Set<ConversationId>()
  readonly begun = new Set<ConversationId>()
  /** For conversations that begin with this batch. */
  freeNumbers: number[] = []
  readonly entryRows: Value[][] = []
  readonly sentRows: Value[][] = []
  /** Names of the commands in `sentRows`. */
  readonly sentNames: string[] = []
  readonly receiptRows: Value[][] = []
  readonly jobRows: Value[][] = []
  /** Who began an episode, and where. */
  readonly factRows: Value[][] = []
  /** Of those concerned; nothing of theirs is to be stored any more. */
  erased: ReadonlySet<VisitorId> = new Set()

  put(held: Held, begins: boolean): void {
    const { id, visitorId } = held.conversation
    this.held.set(id, held)
    this.changed.add(id)
    if (!begins) return
    this.begun.add(id)
    this.ofVisitor.set(visitorId, [...(this.ofVisitor.get(visitorId) ?? []), id])
  }

  target({ target, at }: Append): Held | null {
    if (target.kind === 'current') return this.current(target, at)
    const held = this.held.get(target.conversationId)
    const hidden = target.visitorId !== undefined && target.visitorId !== held?.conversation.visitorId
    return held && !hidden ? held : null
  }

  private current(target: Extract<Target, { kind: 'current' }>, at: number): Held | null {
    const { newId, siteId, visitorId } = target
    if (this.erased.has(visitorId)) return null
    let latest: Held | null = null
    for (const id of this.ofVisitor.get(visitorId) ?? []) {
      const held = this.held.get(id)
      if (!held || held.conversation.siteId !== siteId || !takesMessage(held.conversation, at)) continue
      if (!latest || isLater(held, latest)) latest = held
    }
    const started = () => startConversation(newId, siteId, visitorId, at)
    return (
      latest ?? {
        number: this.freeNumbers.pop() ?? Number.NaN,
        conversation: started(),
        receipts: noReceipts,
        unread: 0,
      }
    )
  }
}

const isLater = ({ conversation: one }: Held, { conversation: other }: Held): boolean =>
  one.startedAt === other.startedAt ? one.id > other.id : one.startedAt > other.startedAt

/** Reads all that the batch needs to know, and holds it against other nodes. */
export async function load(queries: LookUps, batch: Batch, memory: Memory): Promise<Work> {
  const work = new Work()
  if (memory.mayRepeat) await loadSent(queries, { work, batch, memory })
  await loadOfVisitors(queries, { work, batch, memory })
  await loadHeld(queries, { work, batch, memory })
  const mayBegin = batch.appends.filter(({ target }) => target.kind === 'current').length
  if (mayBegin > 0) work.freeNumbers = memory.free(await queries.takeNumbers('conversations', mayBegin))
  return work
}

interface Loading {
  work: Work
  batch: Batch
  memory: Memory
}

type SentRow = {
  author: number
  client_high: number
  client_low: number
  conversation: number
  id: ConversationId
  first_seq: number
  last_seq: number
}

async function loadSent(queries: LookUps, { work, batch }: Loading): Promise<void> {
  const keys = new Map<string, SentKey>()
  for (const { command } of batch.appends) {
    if (command.type !== 'message') continue
    const { author, clientId } = command
    keys.set(nameOf(author, clientId), sentKey(author, clientId))
  }
  const rows = await queries.lookUp<SentRow>({
    select: `SELECT author, client_high, client_low, conversation, first_seq, last_seq, c.id
      FROM sent JOIN conversations c ON c.number = sent.conversation`,
    by: [bigint('author'), bigint('client_high'), bigint('client_low')],
    keys: [...keys.values()],
  })
  for (const row of rows) {
    const entries = await queries.all<EntryRow>(
      'SELECT seq, at, body FROM entries WHERE conversation = ? AND seq >= ? AND seq <= ? ORDER BY seq',
      [row.conversation, row.first_seq, row.last_seq],
    )
    for (const [name, key] of keys)
      if (isKeyOf(row, key)) work.sent.set(name, { conversationId: row.id, entries: entries.map(entry) })
  }
}

const isKeyOf = (row: SentRow, [author, high, low]: SentKey): boolean =>
  row.client_low === low && row.client_high === high && row.author === author

async function loadOfVisitors(queries: LookUps, { work, batch, memory }: Loading): Promise<void> {
  const visitors = new Set(
    batch.appends.flatMap(({ target }) => (target.kind === 'current' ? [target.visitorId] : [])),
  )
  const others = batch.views.map(({ visitorId }) => visitorId)
  const adding = [...new Set([...visitors, ...others])]
  if (adding.length === 0) return
  // Two nodes must not both begin the first conversation of one visitor, nor one add while another erases.
  await queries.lock(adding.map((id) => `ahlan:${id}`))
  work.erased = memory.erased ?? (await erasedAmong(queries, adding))
  if (visitors.size === 0) return
  const rows = await queries.lookUp<{ id: ConversationId; visitor_id: VisitorId }>({
    select: 'SELECT id, visitor_id FROM conversations',
    by: [text('visitor_id')],
    keys: [...visitors].map((id) => [id]),
  })
  for (const id of visitors) work.ofVisitor.set(id, memory.begunBy(id))
  for (const row of rows)
    work.ofVisitor.set(row.visitor_id, [...(work.ofVisitor.get(row.visitor_id) ?? []), row.id])
}

async function erasedAmong(queries: LookUps, ids: readonly VisitorId[]): Promise<Set<VisitorId>> {
  const known = await knownMarks(queries, ids.map(markOfVisitor))
  return new Set(ids.filter((id) => known.has(markOfVisitor(id))))
}

async function loadHeld(queries: LookUps, { work, batch, memory }: Loading): Promise<void> {
  const missing = new Set<ConversationId>()
  for (const id of concerned(work, batch)) {
    const known = memory.head(id)
    if (known) work.held.set(id, known)
    else missing.add(id)
  }
  const rows = await queries.lookUp<HeldRow>({
    select: `SELECT ${heldColumns} FROM conversations c`,
    by: [text('c.id')],
    keys: [...missing].map((id) => [id]),
    lock: true,
  })
  for (const one of rows.map(held)) work.held.set(one.conversation.id, one)
}

function* concerned(work: Work, batch: Batch): Iterable<ConversationId> {
  for (const { target } of batch.appends) if (target.kind === 'existing') yield target.conversationId
  for (const { id } of batch.receives) yield id
  for (const { conversationId } of work.sent.values()) yield conversationId
  for (const ids of work.ofVisitor.values()) yield* ids
}
