import type { Conversation } from '../../shared/conversation/conversation.ts'
import type { ConversationId } from '../../shared/ids.ts'
import type { ReportQuery } from './answers.ts'

export interface Comment {
  conversationId: ConversationId
  rating: number
  comment: string
  at: number
}

const most = 12

/** The comments given within the period, latest first. */
export const commentsWithin = (
  conversations: readonly Pick<Conversation, 'id' | 'survey'>[],
  { from, to }: Pick<ReportQuery, 'from' | 'to'>,
): Comment[] =>
  conversations
    .flatMap(({ id, survey }) =>
      survey.state === 'answered' && survey.comment.trim() !== ''
        ? [{ conversationId: id, rating: survey.rating, comment: survey.comment, at: survey.at }]
        : [],
    )
    .filter(({ at }) => at >= Date.parse(from) && at < Date.parse(to))
    .sort((a, b) => b.at - a.at)
    .slice(0, most)
