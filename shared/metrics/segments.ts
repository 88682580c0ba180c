import type { Span } from '../calendar/work-clock.ts'
import type { AgentId } from '../ids.ts'
import { agentOf, type ClockName, type Clocks, clockNames, type Had, type Whose } from './clocks.ts'
import { endOf } from './gone.ts'
import type { Owner, Piece, Turn } from './ledger.ts'

/** A piece of a turn, cut further at opening and closing time and where its agent came or went. */
export interface Segment {
  from: number
  to: number
  owner: Owner
  how: Piece['how']
  outOfHours: boolean
  /** The agent who had it was not online. */
  agentOffline: boolean
}

/** Where a turn is cut, of what lies between two moments, in order. */
export interface Cuts {
  /** The office hours of who had it. */
  open(whose: Whose, from: number, to: number): readonly Span[]
  online(agentId: AgentId, from: number, to: number): readonly Span[]
}

/** The segments of a turn; one that is open is measured up to `now`. They follow one another without gap. */
export const segmentsOf = (turn: Turn, cuts: Cuts, now: number): Segment[] => {
  const { siteId, pieces } = turn
  const end = endOf(turn, now)
  const last = end.by === 'nothing' ? now : end.at
  return pieces.flatMap((piece, i) => {
    if (i > 0 && piece.from >= last) return []
    const to = Math.max(piece.from, Math.min(piece.to ?? last, last))
    return cutUp({ ...piece, to }, { siteId, owner: piece.owner }, cuts)
  })
}

/** The same of pieces that need not touch. @param until where an open one is measured to */
export const segmentsIn = ({ siteId, pieces }: Had, until: number, cuts: Cuts): Segment[] =>
  pieces.flatMap((piece) => cutUp({ ...piece, to: piece.to ?? until }, { siteId, owner: piece.owner }, cuts))

function cutUp(piece: Piece & { to: number }, whose: Whose, cuts: Cuts): Segment[] {
  const { from, to, owner, how } = piece
  const agentId = agentOf(owner)
  const open = cuts.open(whose, from, to)
  const online = agentId === null ? null : cuts.online(agentId, from, to)
  const edges = [...open, ...(online ?? [])].flatMap((span) => [span.from, span.to])
  const moments = [from, ...edges.filter((at) => at > from && at < to), to]
  const ordered = [...new Set(moments)].sort((a, b) => a - b)
  const starts = ordered.length > 1 ? ordered.slice(0, -1) : ordered
  const pieces = starts.map((start, i) => ({
    ...{ from: start, to: ordered[i + 1] ?? to, owner, how },
    outOfHours: !holds(open, start),
    agentOffline: online !== null && !holds(online, start),
  }))
  return joined(pieces)
}

const holds = (spans: readonly Span[], at: number): boolean =>
  spans.some((span) => span.from <= at && at < span.to)

/** Two spans that touch leave an edge where nothing changes. */
function joined(segments: readonly Segment[]): Segment[] {
  const kept: Segment[] = []
  for (const segment of segments) {
    const last = kept.at(-1)
    const same = last?.outOfHours === segment.outOfHours && last.agentOffline === segment.agentOffline
    if (last && same) last.to = segment.to
    else kept.push({ ...segment })
  }
  return kept
}

export type SegmentLabel =
  | 'queue'
  | 'bot'
  | `assigned:${AgentId}`
  | `transferred:${AgentId}`
  | 'outOfHours'
  | 'agentOffline'

/** Who had it first, then what else there is to say. */
export function labelsOf({ owner, how, outOfHours, agentOffline }: Segment): SegmentLabel[] {
  const who: SegmentLabel = owner.kind === 'agent' ? `${how ?? 'assigned'}:${owner.agentId}` : owner.kind
  return [
    who,
    ...(outOfHours ? ['outOfHours' as const] : []),
    ...(agentOffline ? ['agentOffline' as const] : []),
  ]
}

export type OnClocks = Record<ClockName, number>

/** What a segment of a turn comes to on each clock, ms. */
export const onClocks = (
  clocks: Clocks,
  whose: Whose,
  { from, to }: Pick<Segment, 'from' | 'to'>,
): OnClocks => ({
  wall: clocks.wall(whose, from, to),
  business: clocks.business(whose, from, to),
  staffed: clocks.staffed(whose, from, to),
})

/** The same of a whole turn: the sum of its segments. */
export const sumOnClocks = (all: readonly OnClocks[]): OnClocks => {
  const sum = { wall: 0, business: 0, staffed: 0 }
  for (const one of all) for (const name of clockNames) sum[name] += one[name]
  return sum
}
