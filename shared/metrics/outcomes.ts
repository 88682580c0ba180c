import { isBroken, type Keeper } from './aiming.ts'
import { abandonedAt } from './gone.ts'
import type { Episode } from './ledger.ts'
import { measuredOf } from './lengths.ts'

/** Whether it came so; null while that is not decided, and where it does not concern the episode. */
export type Outcome = boolean | null

/** The visitor was gone before the first human reply, and not back within five minutes. */
export function wasAbandoned(episode: Episode, now: number): Outcome {
  const { firstMessageAt, forPeople, firstReplyAt, closedAt } = episode
  if (firstMessageAt === null || !forPeople) return null
  if (abandonedAt(episode, now) !== null) return true
  const mayBeGone = abandonedAt(episode, Number.POSITIVE_INFINITY) !== null
  if (mayBeGone) return null
  return firstReplyAt !== null || closedAt !== null ? false : null
}

/** No human reply within the target and the visitor gone, or closed without a reply. */
export function wasMissed(episode: Episode, keeper: Keeper, now: number): Outcome {
  const wait = measuredOf('firstResponse.customer', episode, now)
  if (!wait) return null
  if (!wait.censored) return isBroken(keeper, 'firstResponse', wait) ? wasAbandoned(episode, now) : false
  if (episode.closedAt !== null) return true
  if (abandonedAt(episode, now) === null) return null
  return isBroken(keeper, 'firstResponse', { from: wait.from, to: now }) ? true : null
}

/** Answered within the reply time that the visitor was shown, by the wall. */
export function wasPromiseKept(episode: Episode, now: number): Outcome {
  const { promisedMs, firstMessageAt, firstReplyAt, closedAt, forPeople } = episode
  if (promisedMs === null || firstMessageAt === null || !forPeople) return null
  if (firstReplyAt !== null) return firstReplyAt - firstMessageAt <= promisedMs
  return closedAt !== null || now - firstMessageAt > promisedMs ? false : null
}
