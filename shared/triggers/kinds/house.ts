import * as v from 'valibot'
import { type OfficeHours, type Schedule, scheduleFields } from '../../calendar/hours.ts'
import { workClock } from '../../calendar/work-clock.ts'
import { day } from '../../limits.ts'
import type { Facts } from '../facts.ts'
import { holdsOnPage } from '../page.ts'
import { name, whole } from './fields.ts'
import { kind } from './kind.ts'

/** `calendar`: the hours that stand under this name are meant, whatever else is said here. */
const scheduleOrCalendar = {
  ...scheduleFields,
  timeZone: v.optional(scheduleFields.timeZone, 'UTC'),
  weekly: v.optional(scheduleFields.weekly, []),
  calendar: v.optional(name),
}

/** Who is there to answer, and when. */
export const house = [
  kind(
    'somebodyCanAnswer',
    {},
    {
      needs: ['somebodyCanAnswer'],
      known: 'both',
      holds: (condition) => (facts) => holdsOnPage(condition, facts),
    },
  ),
  kind(
    'agentsOnline',
    { atLeast: whole(1, 1_000) },
    {
      needs: ['agentsOnline'],
      known: 'server',
      holds:
        ({ atLeast }) =>
        ({ agentsOnline }) =>
          agentsOnline >= atLeast,
    },
  ),
  kind(
    'teamOnline',
    { team: name },
    {
      needs: ['teamsOnline'],
      known: 'server',
      holds:
        ({ team }) =>
        ({ teamsOnline }) =>
          teamsOnline.has(team),
      seen: ({ teamsOnline }, { team }) => teamsOnline.has(team),
    },
  ),
  kind(
    'queueBelow',
    { below: whole(1, 10_000) },
    {
      needs: ['queue'],
      known: 'server',
      holds:
        ({ below }) =>
        ({ queue }) =>
          queue < below,
    },
  ),
  kind('schedule', scheduleOrCalendar, {
    needs: ['now'],
    known: 'server',
    cost: 1,
    holds: (condition) => (facts) => {
      const hours = hoursOf(condition, facts)
      return hours ? workClock(hours).isOpen(facts.now) : 'unknown'
    },
    due: (facts, condition) => {
      const hours = hoursOf(condition, facts)
      return hours && workClock(hours).nextOpening(facts.now, day)
    },
  }),
]

/** Null for a calendar that is not there. */
function hoursOf(
  condition: Schedule & { calendar?: string | undefined },
  { calendars }: Facts,
): OfficeHours | null {
  return condition.calendar === undefined ? condition : (calendars?.get(condition.calendar) ?? null)
}
