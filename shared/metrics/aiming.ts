import type { Aim, Priority } from '../aims.ts'
import type { AgentId, SiteId } from '../ids.ts'
import { type Aims, aimsOf, type TargetHouse, teamOf } from '../targets.ts'
import { businessClock, type Stretch } from './clocks.ts'

/** Who is to keep a target: whoever answered or closed, else whoever has it. */
export interface Keeper {
  siteId: SiteId
  agentId: AgentId | null
  priority: Priority | null
}

/** What a house aims at, asked some hundred thousand times. */
export interface Aiming {
  /** Business time, ms; null where nothing is aimed at. */
  most(aim: Aim, keeper: Keeper): number | null
  /** Of the keeper's own hours, ms, whoever had it meanwhile: as what is left of it is told in the inbox. */
  business(keeper: Keeper, stretch: Stretch): number
  teamOf(agentId: AgentId | null): string | null
  /** Whether anybody aims at a resolution: hardly anybody does, and then nobody need look. */
  resolutions: boolean
}

export function aimingOf(house: TargetHouse): Aiming {
  const teams = remembered((agentId: AgentId | null) => teamOf(house, agentId))
  const aims = remembered((team: string | null) =>
    remembered((priority: Priority): Aims => aimsOf(house.targets, { team, priority })),
  )
  const clock = businessClock(house)
  return {
    most: (aim, { agentId, priority }) => aims(teams(agentId))(priority ?? 'normal')[aim],
    business: ({ siteId, agentId }, { from, to }) =>
      clock({ siteId, owner: agentId === null ? { kind: 'queue' } : { kind: 'agent', agentId } }, from, to),
    teamOf: teams,
    resolutions: (house.targets ?? []).some(({ resolution }) => resolution !== undefined),
  }
}

/** Whether it took longer than is aimed at; null where nothing is. */
export function isBroken(aiming: Aiming, aim: Aim, keeper: Keeper, stretch: Stretch): boolean | null {
  const most = aiming.most(aim, keeper)
  if (most === null) return null
  // Nobody works for longer than the wall says, and nearly everything is in time by the wall.
  return stretch.to - stretch.from > most && aiming.business(keeper, stretch) > most
}

function remembered<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>()
  return (key) => {
    const held = known.get(key)
    if (held !== undefined || known.has(key)) return held as Value
    const made = make(key)
    known.set(key, made)
    return made
  }
}
