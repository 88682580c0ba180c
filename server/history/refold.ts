import { startConversation } from '../../shared/conversation/conversation.ts'
import { type Queries, text, type Value } from './engine.ts'
import { type JourneyRecords, journeyRecords, packNextHour } from './journeys/keep.ts'
import { type LedgerRecords, ledgerRecords, packNext } from './ledger/keep.ts'
import {
  changedConversations,
  changedRow,
  entry,
  type Held,
  type HeldRow,
  held,
  heldColumns,
  withEntry,
} from './records/conversation-rows.ts'
import { pagesOf } from './transfer/entries.ts'
import { byId } from './transfer/kind.ts'
import { bringUpToDate, type Place, withEngine } from './transfer/stores.ts'

export interface Refolded {
  conversations: number
  /** Those whose stored state was not what their entries add up to. */
  mended: number
}

/** Folds every conversation from its entries again, mends what was stored otherwise, and packs the ledger anew. */
export async function refold(place: Place): Promise<Refolded> {
  await bringUpToDate(place)
  return withEngine(place, async (engine) => {
    const total = { conversations: 0, mended: 0 }
    for await (const rows of byId<{ id: string }>(engine, 'SELECT id FROM conversations'))
      total.mended += await engine.transaction(async (queries) => {
        total.conversations += rows.length
        return refoldSome(queries, rows)
      })
    await packAnew(ledgerRecords(engine))
    await packJourneys(journeyRecords(engine))
    return total
  })
}

async function packAnew(ledger: LedgerRecords): Promise<void> {
  await ledger.clear()
  for (let from: number | null = 0; from !== null; ) from = await packNext(ledger, from)
}

/** Also the hour that is not over: what comes in it later puts it on the list again. */
async function packJourneys(journeys: JourneyRecords): Promise<void> {
  await journeys.clear()
  while ((await packNextHour(journeys, Number.MAX_SAFE_INTEGER)) > 0);
}

type StoredRow = HeldRow & {
  id: string
  status: string
  assignee_id: string | null
  changed_at: number
  place: number
}

async function refoldSome(queries: Queries, ids: readonly { id: string }[]): Promise<number> {
  const rows = await queries.lookUp<StoredRow>({
    select: `SELECT c.id, c.status, c.assignee_id, c.changed_at, c.place, c.tags, ${heldColumns} FROM conversations c`,
    by: [text('c.id')],
    keys: ids.map(({ id }) => [id]),
    lock: true,
  })
  const fresh = await foldedAnew(queries, rows.map(held))
  const changed: Value[][] = []
  for (const [index, row] of rows.entries()) {
    const one = fresh[index]
    if (one && isOther(row, changedRow(one))) changed.push(changedRow(one))
  }
  await queries.updateMany(changedConversations, changed)
  return changed.length
}

const isOther = (row: StoredRow, columns: readonly Value[]): boolean =>
  changedConversations.columns.some(({ name }, index) =>
    Object.entries(row).some(([own, value]) => own === name && value !== columns[index]),
  )

async function foldedAnew(queries: Queries, stored: readonly Held[]): Promise<Held[]> {
  const fresh = new Map(stored.map((one) => [one.number, begun(one)]))
  const owners = stored.map(({ number, conversation: { id, seq } }) => ({ id, number, seq }))
  for await (const rows of pagesOf(queries, owners))
    for (const row of rows) {
      const one = fresh.get(row.conversation)
      if (one) fresh.set(row.conversation, withEntry(one, entry(row)))
    }
  return [...fresh.values()]
}

function begun(one: Held): Held {
  const { id, siteId, visitorId, startedAt } = one.conversation
  return { ...one, conversation: startConversation(id, siteId, visitorId, startedAt), unread: 0 }
}
