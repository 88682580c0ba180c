import * as v from 'valibot'
import { type Aim, aims, Priority } from './aims.ts'
import { calendarOf, type HouseHours } from './calendar/calendar-of.ts'
import { type WorkClock, workClock } from './calendar/work-clock.ts'
import type { Conversation } from './conversation/conversation.ts'
import { type Waiting, waitsOf } from './conversation/waits.ts'
import type { AgentId } from './ids.ts'
import { day, limits, times } from './limits.ts'
import { count } from './text/fields.ts'
import { name } from './triggers/kinds/fields.ts'

/** Business time, ms. */
const within = v.optional(v.pipe(count, v.minValue(1_000), v.maxValue(365 * day)))

/** What a team, a priority or everybody holds themselves to. */
export const Target = v.pipe(
  v.strictObject({
    /** Left out: every team; every priority. */
    team: v.optional(name),
    priority: v.optional(Priority),
    ...{ firstResponse: within, response: within, resolution: within },
  }),
  v.check((target) => aims.some((aim) => target[aim] !== undefined), 'must aim at something'),
)
export type Target = v.InferOutput<typeof Target>

export const Targets = v.pipe(v.array(Target), v.maxLength(limits.targets))

/** Null where nothing is aimed at. */
export type Aims = Record<Aim, number | null>

/** What holds where nobody has set anything. */
const usual: Aims = {
  firstResponse: times.responseTarget,
  response: times.responseTarget,
  resolution: null,
}

/** Whose aims are asked for. `team` null: nobody has it yet, or who has it is in none. */
export interface Aiming {
  team: string | null
  priority: Priority
}

/**
 * What is aimed at for conversations of a team and a priority. The closest that says something of an aim counts: one
 * for both before one for the team, that before one for the priority, that before one for all.
 */
export function aimsOf(targets: readonly Target[] | undefined, { team, priority }: Aiming): Aims {
  const fitting = (targets ?? [])
    .filter((one) => (one.team ?? team) === team && (one.priority ?? priority) === priority)
    .sort((a, b) => closeness(b) - closeness(a))
  const aimAt = (aim: Aim): number | null =>
    fitting.find((one) => one[aim] !== undefined)?.[aim] ?? usual[aim]
  return {
    firstResponse: aimAt('firstResponse'),
    response: aimAt('response'),
    resolution: aimAt('resolution'),
  }
}

const closeness = ({ team, priority }: Target): number =>
  (team === undefined ? 0 : 2) + (priority === undefined ? 0 : 1)

/** How a wait since `from` stands against what is aimed at. */
export interface TimeLeft {
  /** Business time, ms; below 0 once it is broken: by so much. */
  left: number
  /** When it will be, or was, broken; null where the hours do not come to it. */
  dueAt: number | null
}

export const timeLeft = (
  clock: WorkClock,
  { from, aim, now }: { from: number; aim: number; now: number },
): TimeLeft => ({ left: aim - clock.between(from, now), dueAt: clock.after(from, aim) })

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
