import { times } from '../limits.ts'
import type { Episode, Turn, TurnEnd } from './ledger.ts'

/** Who left and was not heard of for so long. */
export const isGone = (leftAt: number | null, at: number): leftAt is number =>
  leftAt !== null && at - leftAt > times.visitorGoneForGood

/** How the turn has ended as things stand `now`. */
export const endOf = ({ end, leftAt }: Pick<Turn, 'end' | 'leftAt'>, now: number): TurnEnd =>
  end.by === 'nothing' && isGone(leftAt, now) ? { by: 'visitorGone', at: leftAt } : end

type Begun = Pick<Episode, 'firstMessageAt' | 'firstReplyAt' | 'forPeople'>

/** Whether a visitor who left then was waiting for their first answer from people. */
export const waitedAt = ({ firstMessageAt, firstReplyAt, forPeople }: Begun, leftAt: number): boolean =>
  forPeople &&
  firstMessageAt !== null &&
  firstMessageAt <= leftAt &&
  (firstReplyAt === null || firstReplyAt > leftAt)

/** When the visitor gave up waiting, as things stand `now`; null where they did not. */
export function abandonedAt(
  episode: Begun & Pick<Episode, 'abandonedAt' | 'leftAt'>,
  now: number,
): number | null {
  if (episode.abandonedAt !== null) return episode.abandonedAt
  return isGone(episode.leftAt, now) && waitedAt(episode, episode.leftAt) ? episode.leftAt : null
}
