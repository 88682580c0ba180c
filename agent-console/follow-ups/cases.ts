import { isOverdue, type ToldFollowUp } from '../../shared/follow-up.ts'
import type { AgentId } from '../../shared/ids.ts'
import type { List } from '../connection/api.ts'
import type { HeardFollowUps } from '../state/follow-up-news.ts'

export interface CasesAsked {
  state: 'open' | 'overdue' | 'done'
  /** Only theirs. */
  owner: AgentId | null
}

/**
 * The list as it is now: what was asked for stays where it stood, as it was last heard of, and what has come since
 * takes its place between. Of what lies beyond the last page nothing is known, so nothing of it is shown.
 */
export function casesNow(
  { items, nextCursor }: List<ToldFollowUp>,
  heard: HeardFollowUps,
  asked: CasesAsked,
  now: number,
): ToldFollowUp[] {
  const place = ({ dueAt, doneAt }: ToldFollowUp): number => (asked.state === 'done' ? -(doneAt ?? 0) : dueAt)
  const known = new Set(items.map(({ id }) => id))
  const last = items.at(-1)
  const isWithin = (one: ToldFollowUp) => nextCursor === null || !last || place(one) <= place(last)
  const fresh = [...heard.values()].filter(
    (one) => !known.has(one.id) && fits(one, asked, now) && isWithin(one),
  )
  return [
    ...items.map((one) => ({ at: place(one), one: heard.get(one.id) ?? one })),
    ...fresh.map((one) => ({ at: place(one), one })),
  ]
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one)
}

function fits(one: ToldFollowUp, { state, owner }: CasesAsked, now: number): boolean {
  if (owner !== null && one.ownerId !== owner) return false
  if (state === 'overdue') return isOverdue(one, now)
  return (one.doneAt !== null) === (state === 'done')
}
