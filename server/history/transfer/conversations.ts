import * as v from 'valibot'
import { startConversation } from '../../../shared/conversation/conversation.ts'
import { ConversationId, SiteId, VisitorId } from '../../../shared/ids.ts'
import { count } from '../../../shared/text/fields.ts'
import { type HeldRow, held, heldColumns, newConversations, newRow } from '../records/conversation-rows.ts'
import { byId, type Kind, parseLine } from './kind.ts'

const Receipt = v.strictObject({ delivered: count, seen: count })

/** What its entries do not tell. The rest is folded from them. */
const Beginning = v.strictObject({
  id: ConversationId,
  siteId: SiteId,
  visitorId: VisitorId,
  startedAt: count,
  receipts: v.strictObject({ visitor: Receipt, agents: Receipt }),
})
type Beginning = v.InferOutput<typeof Beginning>

export const conversations: Kind = {
  name: 'conversations',
  async *lines(queries) {
    const select = `SELECT id, ${heldColumns} FROM conversations c`
    for await (const rows of byId<HeldRow & { id: string }>(queries, select))
      yield rows.map((row) => {
        const { conversation, receipts } = held(row)
        const { id, siteId, visitorId, startedAt } = conversation
        const beginning: Beginning = { id, siteId, visitorId, startedAt, receipts }
        return JSON.stringify(beginning)
      })
  },
  async store(queries, lines) {
    const numbers = await queries.takeNumbers('conversations', lines.length)
    const rows = lines.map((line, index) => {
      const { id, siteId, visitorId, startedAt, receipts } = parseLine(Beginning, line)
      const conversation = startConversation(id, siteId, visitorId, startedAt)
      return newRow({ number: numbers[index] ?? Number.NaN, conversation, receipts, unread: 0 })
    })
    await queries.insertMany(newConversations, rows)
  },
}
