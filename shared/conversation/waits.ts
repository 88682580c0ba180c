import type { Aim } from '../aims.ts'
import type { Conversation } from './conversation.ts'

export type Waiting = Pick<
  Conversation,
  'status' | 'episode' | 'startedAt' | 'reopenedAt' | 'waitingSince' | 'humanReplies' | 'away'
>

/**
 * What people wait for in a conversation, and since when: its close, and while the visitor is there and unanswered an
 * answer, the first of the episode or a further one.
 */
export function waitsOf(conversation: Waiting): Partial<Record<Aim, number>> {
  const { status, episode, startedAt, reopenedAt, waitingSince, humanReplies, away } = conversation
  if (status === 'closed') return {}
  const began = episode === 1 ? startedAt : reopenedAt
  return {
    ...(began === undefined ? {} : { resolution: began }),
    ...(waitingSince === null || away
      ? {}
      : { [humanReplies === 0 ? 'firstResponse' : 'response']: waitingSince }),
  }
}
