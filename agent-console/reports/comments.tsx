import type { Conversation } from '../../shared/conversation/conversation.ts'
import type { List } from '../connection/api.ts'
import { hrefOf } from '../state/route.ts'
import { useSurroundings, useWords } from '../ui/context.tsx'
import { dayAndTime } from '../ui/format.ts'
import { useLoaded } from '../ui/hooks.tsx'
import type { ReportQuery } from './answers.ts'
import { commentsWithin } from './spoken.ts'

/** What people wrote beside their ratings, latest first; nothing where nobody wrote. */
export function Comments({ query }: { query: ReportQuery }) {
  const words = useWords()
  const { api } = useSurroundings()
  const asked = { status: 'closed', order: 'recent', site: query.site, limit: 200 }
  const closed = useLoaded(JSON.stringify(query), () => api.get<List<Conversation>>('/conversations', asked))
  const comments = commentsWithin(closed.value?.items ?? [], query)
  if (comments.length === 0) return null
  return (
    <section class="card" aria-labelledby="comments">
      <h2 id="comments">{words.t('comments')}</h2>
      <ul class="comments">
        {comments.map(({ conversationId, rating, comment, at }) => (
          <li key={conversationId}>
            <a class="comment" href={hrefOf({ screen: 'inbox', conversationId })}>
              <span class="comment-text">
                <bdi>{comment}</bdi>
              </span>
              <span class="comment-by">
                <span>{words.t('ratingOfFive', { rating })}</span>
                <time dateTime={new Date(at).toISOString()}>{dayAndTime(words, at)}</time>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
