import { type Aim, aims } from './aims.ts'
import { calendarOf, type HouseHours } from './calendar/calendar-of.ts'
import { type WorkClock, workClock } from './calendar/work-clock.ts'
import type { Conversation } from './conversation/conversation.ts'
import { type Waiting, waitsOf } from './conversation/waits.ts'
import type { AgentId } from './ids.ts'
import { aimsOf, type Target, timeLeft } from './targets.ts'

/** What of a house decides when things are due. */
export type TargetHouse = HouseHours & { targets?: readonly Target[] | undefined }

/** The first team that has the agent; as for their hours. */
export const teamOf = ({ teams = [] }: TargetHouse, agentId: AgentId | null): string | null =>
  (agentId && teams.find(({ agents }) => agents.includes(agentId))?.id) ?? null

/** Something that is waited for, and by when it has to be there. */
export interface Due {
  aim: Aim
  since: number
  /** Business time of who has the conversation, ms. */
  within: number
  /** Null where their hours never come to it. */
  dueAt: number | null
  clock: WorkClock
}

/** What of a conversation decides what is due in it. */
export type DueIn = Waiting & Pick<Conversation, 'siteId' | 'assigneeId' | 'priority'>

/** All that is due in a conversation, the soonest first: by the targets and hours of the team that has it now. */
export function duesOf(house: TargetHouse, conversation: DueIn): Due[] {
  const waits = waitsOf(conversation)
  const { siteId, assigneeId, priority = 'normal' } = conversation
  const aimed = aimsOf(house.targets, { team: teamOf(house, assigneeId), priority })
  const clock = workClock(calendarOf(house, { siteId, agentId: assigneeId }))
  const dues = aims.flatMap((aim): Due[] => {
    const [since, most] = [waits[aim], aimed[aim]]
    if (since === undefined || most === null) return []
    return [{ aim, since, within: most, dueAt: clock.after(since, most), clock }]
  })
  return dues.sort((a, b) => (a.dueAt ?? never) - (b.dueAt ?? never))
}

const never = Number.MAX_SAFE_INTEGER

/** The first moment at which it is late: with none of its time left there is none too little. */
export const breaksAt = ({ clock, since, within }: Due): number | null => clock.after(since, within + 1)

export const leftOf = ({ clock, since: from, within: aim }: Due, now: number): number =>
  timeLeft(clock, { from, aim, now }).left

/** Where a conversation stands in the order of what is at risk. */
export interface Risk {
  id: string
  /** Of what is due first; null for nothing. */
  dueAt: number | null
  waitingSince: number | null
}

export const riskOf = (
  { id, waitingSince }: Pick<Conversation, 'id' | 'waitingSince'>,
  [first]: readonly Due[],
): Risk => ({ id, waitingSince, dueAt: first?.dueAt ?? null })

/** Whose time is up first, or has been for longest; then who waits longest. A moment does not move as time passes. */
export const soonestRisk = (one: Risk, other: Risk): number =>
  (one.dueAt ?? never) - (other.dueAt ?? never) ||
  (one.waitingSince ?? never) - (other.waitingSince ?? never) ||
  Number(one.id > other.id) - Number(one.id < other.id)
