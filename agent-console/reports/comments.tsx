import type { RatingComment } from '../../shared/metrics/satisfaction.ts'
import { hrefOf } from '../state/route.ts'
import { useWords } from '../ui/context.tsx'
import { dayAndTime } from '../ui/format.ts'

const most = 12

/** What people wrote beside their ratings, latest first; nothing where nobody wrote. */
export function Comments({ comments }: { comments: readonly RatingComment[] }) {
  const words = useWords()
  if (comments.length === 0) return null
  return (
    <section class="card" aria-labelledby="comments">
      <h2 id="comments">{words.t('comments')}</h2>
      <ul class="comments">
        {comments.slice(0, most).map(({ conversationId, rating, comment, at }) => (
          <li key={`${conversationId} ${at}`}>
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
