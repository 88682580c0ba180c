import { holdsOnPage } from '../page.ts'
import { nextOpening, openAt, scheduleFields } from '../schedule.ts'
import { name, whole } from './fields.ts'
import { kind } from './kind.ts'

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
  kind('schedule', scheduleFields, {
    needs: ['now'],
    known: 'server',
    cost: 1,
    holds:
      (schedule) =>
      ({ now }) =>
        openAt(schedule, now),
    due: ({ now }, schedule) => nextOpening(schedule, now),
  }),
]
