import * as v from 'valibot'
import { type Aim, aims, Priority } from './aims.ts'
import type { WorkClock } from './calendar/work-clock.ts'
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
