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
import { merged, type OnlineSpan, readOnline } from './online.ts'
import type { Facts } from './part.ts'

type Asked = Pick<ReportQuestion, 'house' | 'now'>

/** The clock a report is asked on; who was there is read only for the one that needs it. */
export async function clockOf(
  queries: LookUps,
  { clock, ...asked }: Asked & Pick<ReportQuestion, 'clock'>,
  facts: Facts,
): Promise<Clock> {
  if (clock === 'wall') return wallClock
  return clock === 'business'
    ? businessClock(asked.house)
    : (await allClocks(queries, asked, facts)).clocks.staffed
}

/** All clocks over the time that the facts take, and where turns are cut by them. */
export async function allClocks(
  queries: LookUps,
  { house, now }: Asked,
  facts: Facts,
): Promise<{ clocks: Clocks; cuts: Cuts }> {
  const online = await readOnline(queries, { from: earliest(facts, now), to: now }, now)
  const anybody = merged<Span>(online.map(({ from, to }) => ({ from, to })))
  const hoursOf = ({ siteId, owner }: Whose) =>
    workClock(calendarOf(house, { siteId, agentId: agentOf(owner) }))
  return {
    clocks: { wall: wallClock, business: businessClock(house), staffed: staffedClock(() => anybody) },
    cuts: {
      open: (whose, from, to) => hoursOf(whose).spans(from, to),
      online: (agentId, from, to) =>
        clipped(
          online.filter((span) => span.agentId === agentId),
          { from, to },
        ),
    },
  }
}

const clipped = (spans: readonly OnlineSpan[], { from, to }: Span): Span[] =>
  spans
    .filter((span) => span.from < to && span.to > from)
    .map((span) => ({ from: Math.max(span.from, from), to: Math.min(span.to, to) }))

function earliest({ turns, episodes }: Facts, now: number): number {
  let first = now
  for (const { openedAt } of turns) first = Math.min(first, openedAt)
  for (const { conversationStartedAt } of episodes) first = Math.min(first, conversationStartedAt)
  return first
}
