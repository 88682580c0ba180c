import type { AgentId } from '../ids.ts'
import type { AgentWait, Owner } from './ledger.ts'

/** One an agent: the first they answered; until then the last they had. */
export type AgentWaits = Map<AgentId, AgentWait>

export function startWait(waits: AgentWaits, owner: Owner, at: number): void {
  if (owner.kind !== 'agent' || waits.get(owner.agentId)?.answered) return
  waits.set(owner.agentId, { agentId: owner.agentId, from: at, to: null, answered: false })
}

/** `replier`: who answered; null for nobody. An answer of a colleague is not the owner's. */
export function endWait(
  waits: AgentWaits,
  owner: Owner,
  { at, replier }: { at: number; replier: AgentId | null },
): void {
  if (owner.kind !== 'agent') return
  const wait = waits.get(owner.agentId)
  if (wait?.to !== null) return
  wait.to = Math.max(wait.from, at)
  wait.answered = replier === owner.agentId
}

/** The visitor was gone from then on: nobody has kept them waiting since. */
export function stopWaits(waits: AgentWaits, at: number): void {
  for (const wait of waits.values()) {
    if (wait.answered) continue
    if (wait.from >= at) waits.delete(wait.agentId)
    else if (wait.to === null || wait.to > at) wait.to = at
  }
}

/** Who had it for no time at all has not had it. */
export const agentWaits = (waits: AgentWaits): AgentWait[] =>
  [...waits.values()].filter(({ from, to, answered }) => answered || to !== from).map((wait) => ({ ...wait }))
