import type { Span } from '../../../shared/calendar/work-clock.ts'
import type { AgentId } from '../../../shared/ids.ts'
import { day } from '../../../shared/limits.ts'
import type { LookUps } from '../engine.ts'
import type { AgentStateRow } from '../records/agent-states.ts'

export interface OnlineSpan extends Span {
  agentId: AgentId
}

/** A server that says nothing for longer has ended. */
const silence = 3 * 60_000

/** When each agent was online within the span, in order; what one server saw goes together with what others did. */
export async function readOnline(queries: LookUps, { from, to }: Span, now: number): Promise<OnlineSpan[]> {
  // What holds is said again twice a day: nothing that reaches into the span was said earlier, and what holds on at its
  // end is said, or ended, within the day after.
  const rows = await queries.all<AgentStateRow>(
    'SELECT agent_id, server, at, state FROM agent_states WHERE at >= ? AND at < ? ORDER BY at',
    [from - day, Math.min(to + day, now)],
  )
  const signs = await queries.all<{ server: string; at: number }>('SELECT server, at FROM server_signs')
  const lastSigns = new Map(signs.map(({ server, at }) => [server, now - at > silence ? at : now]))
  const open = new Map<string, AgentStateRow>()
  const spans: OnlineSpan[] = []
  const end = (row: AgentStateRow | undefined, at: number): void => {
    const [start, stop] = [Math.max(row?.at ?? at, from), Math.min(at, to)]
    if (row?.state === 'online' && stop > start) spans.push({ agentId: row.agent_id, from: start, to: stop })
  }
  for (const row of rows) {
    const key = `${row.agent_id} ${row.server}`
    end(open.get(key), row.at)
    open.set(key, row)
  }
  for (const row of open.values()) end(row, lastSigns.get(row.server) ?? row.at)
  return byAgent(spans).flatMap(merged)
}

function byAgent(spans: readonly OnlineSpan[]): OnlineSpan[][] {
  const groups = new Map<AgentId, OnlineSpan[]>()
  for (const span of spans) {
    const own = groups.get(span.agentId)
    if (own) own.push(span)
    else groups.set(span.agentId, [span])
  }
  return [...groups.values()]
}

/** In order, none touching another. */
export function merged<One extends Span>(spans: readonly One[]): One[] {
  const kept: One[] = []
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = kept.at(-1)
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to)
    else kept.push({ ...span })
  }
  return kept
}
