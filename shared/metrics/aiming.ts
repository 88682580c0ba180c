import type { Aim, Priority } from '../aims.ts'
import { calendarOf } from '../calendar/calendar-of.ts'
import { type WorkClock, workClock } from '../calendar/work-clock.ts'
import { type TargetHouse, teamOf } from '../dues.ts'
import type { AgentId, SiteId } from '../ids.ts'
import { type Aims, aimsOf } from '../targets.ts'
import type { Stretch } from './clocks.ts'

/** Who is to keep a target: whoever answered or closed, else whoever has it; and what they aim at. */
export interface Keeper {
  team: string | null
  aims: Aims
  /** By their own hours, whoever had it meanwhile: as what is left of it is told in the inbox. */
  between: WorkClock['between']
}

/** What a house aims at, asked some hundred thousand times: a keeper is made once. */
export interface Aiming {
  keeper(siteId: SiteId, agentId: AgentId | null, priority: Priority | null): Keeper
  /** Whether anybody aims at a resolution: hardly anybody does, and then nobody need look. */
  resolutions: boolean
}

export function aimingOf(house: TargetHouse): Aiming {
  const keepers = remembered((siteId: SiteId) =>
    remembered((agentId: AgentId | null) => {
      const team = teamOf(house, agentId)
      const between = sameAgain(workClock(calendarOf(house, { siteId, agentId })).between)
      return remembered(
        (priority: Priority): Keeper => ({ team, between, aims: aimsOf(house.targets, { team, priority }) }),
      )
    }),
  )
  return {
    keeper: (siteId, agentId, priority) => keepers(siteId)(agentId)(priority ?? 'normal'),
    resolutions: (house.targets ?? []).some(({ resolution }) => resolution !== undefined),
  }
}

/** Whether it took longer than is aimed at; null where nothing is. */
export function isBroken({ aims, between }: Keeper, aim: Aim, { from, to }: Stretch): boolean | null {
  const most = aims[aim]
  if (most === null) return null
  // Nobody works for longer than the wall says, and nearly everything is in time by the wall.
  return to - from > most && between(from, to) > most
}

/** Several measures of an episode are of the same stretch, one after the other. */
function sameAgain(between: WorkClock['between']): WorkClock['between'] {
  let [lastFrom, lastTo, length] = [Number.NaN, Number.NaN, 0]
  return (from, to) => {
    if (from !== lastFrom || to !== lastTo) [lastFrom, lastTo, length] = [from, to, between(from, to)]
    return length
  }
}

function remembered<Key, Value extends object>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>()
  return (key) => {
    const held = known.get(key)
    if (held) return held
    const made = make(key)
    known.set(key, made)
    return made
  }
}
