import { may } from '../../shared/agent.ts'
import { type Aim, aims } from '../../shared/aims.ts'
import { waitsOf } from '../../shared/conversation/waits.ts'
import { type TargetHouse, teamOf } from '../../shared/dues.ts'
import type { AgentId, ConversationId, VisitorId } from '../../shared/ids.ts'
import type { Inbox } from '../../shared/inbox.ts'
import type { Desk } from './desk-state.ts'

/** Something the server has told is late, and that is still waited for. */
export interface Late {
  /** Names this wait and no other. */
  key: string
  conversationId: ConversationId
  /** The visitor. */
  id: VisitorId
  name: string | null
  assigneeId: AgentId | null
  aim: Aim
  since: number
}

export const lateIn = (inbox: Inbox): Late[] =>
  [...inbox.values()].flatMap(({ conversation, visitorName: name }) => {
    const { id: conversationId, visitorId: id, assigneeId, overdue } = conversation
    if (!overdue) return []
    const waits = waitsOf(conversation)
    return aims.flatMap((aim): Late[] => {
      const since = waits[aim]
      if (since === undefined || overdue[aim] !== since) return []
      return [{ key: `${conversationId} ${aim} ${since}`, conversationId, id, name, assigneeId, aim, since }]
    })
  })

/** Whose matter it is: the agent’s who has it; while they are not there, their team’s; and everybody’s where nobody has it. */
export function concerns(
  { me, colleagues }: Pick<Desk, 'me' | 'colleagues'>,
  house: TargetHouse | null,
  { assigneeId }: Pick<Late, 'assigneeId'>,
): boolean {
  if (assigneeId === me.id) return true
  if (!may(me.role, 'conversations:write')) return false
  if (assigneeId === null) return true
  const isThere = colleagues.some(({ id, status }) => id === assigneeId && status === 'online')
  const team = house && teamOf(house, assigneeId)
  return !isThere && team !== null && house !== null && teamOf(house, me.id) === team
}
