import type { ConversationId } from '../../shared/ids.ts'
import type { Inbox, InboxRow } from '../../shared/inbox.ts'

type ByConversation<Value = unknown> = ReadonlyMap<ConversationId, Value>

/** What a desk holds of conversations. */
interface Held {
  erased: ReadonlySet<ConversationId>
  inbox: Inbox
  timelines: ByConversation
  typing: ByConversation
  meanwhile: ByConversation
}

/** Nothing of these conversations stays, whoever was told of them last. */
export function withoutErased<Desk extends Held>(
  desk: Desk,
  ids: readonly ConversationId[] = [...desk.erased],
): Desk {
  if (ids.length === 0) return desk
  const erased = new Set([...desk.erased, ...ids])
  const left = <Value>(map: ByConversation<Value>): ByConversation<Value> =>
    new Map([...map].filter(([id]) => !erased.has(id)))
  const { inbox, timelines, typing, meanwhile } = desk
  return {
    ...desk,
    erased,
    inbox: left(inbox),
    timelines: left(timelines),
    typing: left(typing),
    meanwhile: left(meanwhile),
  }
}

/** A row that was read just before, and arrives just after. */
export const stillThere = (
  { erased }: Pick<Held, 'erased'>,
  rows: readonly InboxRow[],
): readonly InboxRow[] =>
  erased.size === 0 ? rows : rows.filter(({ conversation }) => !erased.has(conversation.id))

export function without<Id, Value>(map: ReadonlyMap<Id, Value>, id: Id): ReadonlyMap<Id, Value> {
  if (!map.has(id)) return map
  const next = new Map(map)
  next.delete(id)
  return next
}
