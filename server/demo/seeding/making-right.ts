import { type FollowUp, followUpId, usualFollowUps } from '../../../shared/follow-up.ts'
import type { SiteId } from '../../../shared/ids.ts'
import { day } from '../../../shared/limits.ts'
import type { PlannedConversation } from './plan.ts'
import { minute } from './spoken.ts'

const hour = 60 * minute

/** What became of a low rating: most were made right in time, some late, the latest stand open. */
export function followUpOf(
  { commands, conversationId, visitorId }: PlannedConversation,
  siteId: SiteId,
  now: number,
): FollowUp | null {
  const rated = commands.find(({ command }) => command.type === 'rate' && command.rating <= 2)
  const reply = commands.findLast(
    ({ command }) => command.type === 'message' && command.author.kind === 'agent',
  )
  if (!rated || reply?.command.type !== 'message' || reply.command.author.kind !== 'agent') return null
  const agent = reply.command.author.id
  // By the moment it was opened, so that the same month is the same.
  const pick = Math.floor(rated.at / 1_000)
  const doneAt = rated.at + (pick % 5 === 0 ? 3 * day : (3 + (pick % 30)) * hour)
  const isDone = doneAt < now && pick % 7 !== 0
  return {
    ...{ id: followUpId(conversationId, 1), conversationId, visitorId, siteId, episode: 1, why: 'rating' },
    ...{ openedAt: rated.at, dueAt: rated.at + usualFollowUps.hours * hour, ownerId: agent },
    ...(isDone ? { doneAt, doneBy: agent } : { doneAt: null, doneBy: null }),
    category: isDone ? (pick % 2 ? 'service' : 'delivery') : null,
    cause: isDone ? (pick % 3 ? 'slow' : 'unclear') : null,
    note: '',
  }
}
