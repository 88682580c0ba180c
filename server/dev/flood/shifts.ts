import { day } from '../../../shared/limits.ts'
import type { Lived } from '../../history/bulk.ts'
import { isOnShift } from './rhythm.ts'
import type { Staff } from './staff.ts'

const hour = day / 24

/** When each agent came and left. */
export function* shifts({ agents }: Staff, from: number, to: number): Generator<Lived> {
  for (const [person, { id: agentId }] of agents.entries()) {
    let there = false
    for (let at = from; at < to; at += hour) {
      const now = isOnShift(person, at)
      if (now === there) continue
      there = now
      yield { kind: 'state', state: { agentId, server: 'flood', at, state: now ? 'online' : 'offline' } }
    }
  }
}
