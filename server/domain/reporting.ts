import { day, times } from '../../shared/limits.ts'
import { responseReport, waited } from '../../shared/metrics/responses.ts'
import { satisfactionReport } from '../../shared/metrics/satisfaction.ts'
import { summarise } from '../../shared/metrics/statistics.ts'
import type { Turn } from '../../shared/metrics/turns.ts'
import type { ExposureHistory } from '../history/exposures.ts'
import type { Page, Period, ReportHistory } from '../history/history.ts'
import type { Asked, Reporting, Rules } from './domain.ts'
import type { Clock } from './ports.ts'
import { proactiveOutcomes } from './reporting-proactive.ts'

export interface ReportingParts {
  reports: ReportHistory
  exposures: Pick<ExposureHistory, 'tallies'>
  rules: Pick<Rules, 'byId'>
  clock: Clock
}

export function createReporting(parts: ReportingParts): Reporting {
  const { reports, clock } = parts
  return {
    proactive: (period) => proactiveOutcomes(parts, period),
    async responseTimes(period) {
      const turns = await reports.turns(period)
      const now = clock.now()
      return {
        ...responseReport(turns, times.responseTarget, now),
        ...asked(period),
        series: daily(turns, period, now),
      }
    },
    async satisfaction(period) {
      const episodes = await reports.episodes(period)
      return { ...satisfactionReport(episodes), ...asked(period) }
    },
    async turns(period, part) {
      const turns = (await reports.turns(period)).sort(latestFirst)
      const page = part ? pageOf(turns, part) : { items: turns, nextCursor: null }
      return { ...page, total: turns.length, ...asked(period) }
    },
  }
}

/** Where a turn stands in the list. */
type Place = Pick<Turn, 'openedAt' | 'openedSeq'> & { conversationId: string }

/** One conversation may have several turns, and two turns may have begun in the same ms. */
const latestFirst = (a: Place, b: Place): number =>
  b.openedAt - a.openedAt || b.openedSeq - a.openedSeq || byId(b.conversationId, a.conversationId)

const byId = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)

const markOf = ({ openedAt, openedSeq, conversationId }: Turn): string =>
  `${openedAt}.${openedSeq}.${conversationId}`

function placeOf(mark: string): Place {
  const [openedAt, openedSeq, conversationId = ''] = mark.split('.')
  return { openedAt: Number(openedAt), openedSeq: Number(openedSeq), conversationId }
}

/** What comes after the marked place, whether or not that turn is still there. */
function pageOf(
  turns: Turn[],
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Page<Turn> {
  const place = cursor === undefined ? null : placeOf(cursor)
  const rest = place ? turns.filter((turn) => latestFirst(place, turn) < 0) : turns
  const items = rest.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: last && rest.length > limit ? markOf(last) : null }
}

const asked = (period: Period): Asked => ({
  from: new Date(period.from).toISOString(),
  to: new Date(period.to).toISOString(),
  timeZone: 'UTC',
  clock: 'wall',
  filters: { site: period.siteId ?? null, agent: period.agentId ?? null, segment: period.segment ?? null },
})

/** First responses by the day their wait began; days without any are there too, so that a chart has no holes. */
function daily(turns: readonly Turn[], period: Period, now: number) {
  const first = Math.floor(period.from / day)
  const last = Math.ceil(period.to / day)
  const waits = new Map<number, number[]>()
  for (const turn of turns) {
    if (!turn.first) continue
    const key = Math.floor(turn.openedAt / day)
    waits.set(key, [...(waits.get(key) ?? []), waited(turn, now)])
  }
  return Array.from({ length: Math.max(0, last - first) }, (_, i) => {
    const { n, p50, p90 } = summarise(waits.get(first + i) ?? [])
    return { day: new Date((first + i) * day).toISOString().slice(0, 10), n, p50, p90 }
  })
}
