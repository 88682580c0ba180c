import { calendarOf } from '../../../shared/calendar/calendar-of.ts'
import { type Span, workClock } from '../../../shared/calendar/work-clock.ts'
import type { ReportQuestion } from '../../../shared/metrics/asked.ts'
import {
  agentOf,
  businessClock,
  type Clock,
  type Clocks,
  staffedClock,
  type Whose,
  wallClock,
} from '../../../shared/metrics/clocks.ts'
import type { Cuts } from '../../../shared/metrics/segments.ts'
import type { LookUps } from '../engine.ts'
import { kept } from '../records/agent-states.ts'
import { merged, type OnlineSpan, readOnline } from './online.ts'

/** What was closed within a period may have begun long before: as far back as it is known who was there. */
const reach = kept

type Asked = Pick<ReportQuestion, 'house' | 'now'>

/** The clock a report is asked on; who was there is read only for the one that needs it. */
export async function clockOf(
  queries: LookUps,
  { clock, from, ...asked }: Asked & Pick<ReportQuestion, 'clock' | 'from'>,
): Promise<Clock> {
  if (clock === 'wall') return wallClock
  if (clock === 'business') return businessClock(asked.house)
  return (await allClocks(queries, asked, from - reach)).clocks.staffed
}

/** All clocks from a moment on, and where turns are cut by them. */
export async function allClocks(
  queries: LookUps,
  { house, now }: Asked,
  from: number,
): Promise<{ clocks: Clocks; cuts: Cuts }> {
  const online = await readOnline(queries, { from, to: now }, now)
  const anybody = merged<Span>(online.map((span) => ({ from: span.from, to: span.to })))
  const hoursOf = ({ siteId, owner }: Whose) =>
    workClock(calendarOf(house, { siteId, agentId: agentOf(owner) }))
  return {
    clocks: { wall: wallClock, business: businessClock(house), staffed: staffedClock(() => anybody) },
    cuts: {
      open: (whose, start, end) => hoursOf(whose).spans(start, end),
      online: (agentId, start, end) =>
        clipped(
          online.filter((span) => span.agentId === agentId),
          { from: start, to: end },
        ),
    },
  }
}

const clipped = (spans: readonly OnlineSpan[], { from, to }: Span): Span[] =>
  spans
    .filter((span) => span.from < to && span.to > from)
    .map((span) => ({ from: Math.max(span.from, from), to: Math.min(span.to, to) }))
