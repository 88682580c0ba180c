import { calendarOf } from '../../../shared/calendar/calendar-of.ts'
import { workClock } from '../../../shared/calendar/work-clock.ts'
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
import { kept } from '../records/agent-states.ts'
import { clipped } from './attendance.ts'
import type { Ledger } from './read.ts'

/** What was closed within a period may have begun long before: as far back as it is known who was there. */
const reach = kept

type Asked = Pick<ReportQuestion, 'house' | 'now'>

/** The clock a report is asked on; who was there is read only for the one that needs it. */
export async function clockOf(
  ledger: Ledger,
  { clock, ...asked }: Asked & Pick<ReportQuestion, 'clock'>,
): Promise<Clock> {
  if (clock === 'wall') return wallClock
  if (clock === 'business') return businessClock(asked.house)
  return (await allClocks(ledger, asked, asked.now - reach)).clocks.staffed
}

/** All clocks from a moment on, and where turns are cut by them. */
export async function allClocks(
  { attendance }: Ledger,
  { house, now }: Asked,
  from: number,
): Promise<{ clocks: Clocks; cuts: Cuts }> {
  const days = await attendance.days({ from, to: now }, now)
  const anybody = days.flatMap((day) => day.anybody)
  const hoursOf = ({ siteId, owner }: Whose) =>
    workClock(calendarOf(house, { siteId, agentId: agentOf(owner) }))
  return {
    clocks: { wall: wallClock, business: businessClock(house), staffed: staffedClock(() => anybody) },
    cuts: {
      open: (whose, start, end) => hoursOf(whose).spans(start, end),
      online: (agentId, from, to) => {
        const own = days.flatMap(({ online }) => online.filter((span) => span.agentId === agentId))
        return own
          .filter((span) => span.from < to && span.to > from)
          .map((span) => clipped(span, { from, to }))
      },
    },
  }
}
