import type { Conversation } from '../../shared/conversation/conversation.ts'
import type { Roster } from '../../shared/roster.ts'
import type { LiveVisitor } from '../../shared/visitor.ts'

/** The people of a roster by what a conversation knows of them. Made once for each roster. */
const indexes = new WeakMap<Roster, Map<string, LiveVisitor>>()

function indexOf(roster: Roster): Map<string, LiveVisitor> {
  const made = indexes.get(roster)
  if (made) return made
  const index = new Map<string, LiveVisitor>()
  for (const visitor of roster.values()) {
    if (visitor.state === 'gone') continue
    if (visitor.visitorId) index.set(visitor.visitorId, visitor)
    if (visitor.conversationId) index.set(visitor.conversationId, visitor)
  }
  indexes.set(roster, index)
  return index
}

/** The visit that belongs to a conversation now, if its visitor is on the site. */
export const visitOf = (
  roster: Roster,
  conversation: Pick<Conversation, 'id' | 'visitorId'>,
): LiveVisitor | null => {
  const index = indexOf(roster)
  return index.get(conversation.id) ?? index.get(conversation.visitorId) ?? null
}
