import type { AgentStatus } from '../../../shared/agent.ts'
import { day } from '../../../shared/limits.ts'
import { minute } from './spoken.ts'

/** In minutes of a day, UTC: each colleague in turn; together they are there while people shop. */
const shifts = [
  { from: 6 * 60 + 20, lunch: 11 * 60, to: 15 * 60 },
  { from: 10 * 60 + 10, lunch: 14 * 60 + 20, to: 19 * 60 + 10 },
  { from: 13 * 60 + 50, lunch: 18 * 60, to: 22 * 60 + 20 },
] as const
const lunchTakes = 40

interface Change {
  at: number
  state: AgentStatus
}

/** Nobody comes on the minute, but always on the same one of the same day. */
function changesOn(dawn: number, colleague: number): Change[] {
  const shift = shifts[colleague % shifts.length] ?? shifts[0]
  const late = ((dawn / day) * 7 + colleague * 5) % 11
  const at = (minutes: number): number => dawn + (minutes + late) * minute
  return [
    { at: at(shift.from), state: 'online' },
    { at: at(shift.lunch), state: 'away' },
    { at: at(shift.lunch + lunchTakes), state: 'online' },
    { at: at(shift.to), state: 'offline' },
  ]
}

const dawnOf = (at: number): number => Math.floor(at / day) * day

/** When this colleague came, went to lunch and left. */
export function worked(colleague: number, { from, to }: { from: number; to: number }): Change[] {
  const changes: Change[] = []
  for (let dawn = dawnOf(from); dawn <= to; dawn += day) changes.push(...changesOn(dawn, colleague))
  return changes.filter(({ at }) => at >= from && at <= to)
}

export const isThere = (colleague: number, at: number): boolean =>
  changesOn(dawnOf(at), colleague).findLast((change) => change.at <= at)?.state === 'online'
