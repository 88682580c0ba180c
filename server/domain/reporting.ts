import { day, times } from '../../shared/limits.ts'
import { responseReport, waited } from '../../shared/metrics/responses.ts'
import { ratingComments, satisfaction } from '../../shared/metrics/satisfaction.ts'
import { summarise } from '../../shared/metrics/statistics.ts'
import type { Turn } from '../../shared/metrics/turns.ts'
import type { Page, Period, ReportHistory } from '../history/history.ts'
import type { Asked, Reporting } from './domain.ts'
import type { Clock } from './ports.ts'

export interface ReportingParts {
  reports: ReportHistory
  clock: Clock
}

export function createReporting({ reports, clock }: ReportingParts): Reporting {
  return {
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
      return { csat: satisfaction(episodes), comments: ratingComments(episodes), ...asked(period) }
    },
    async turns(period, part) {
      const turns = (await reports.turns(period)).sort(latestFirst)
      return { ...(part ? pageOf(turns, part) : { items: turns, nextCursor: null }), ...asked(period) }
    },
  }
}

/** One conversation may have several turns, and two turns may have begun in the same ms. */
const latestFirst = (a: Turn, b: Turn): number =>
  b.openedAt - a.openedAt || b.openedSeq - a.openedSeq || (a.conversationId < b.conversationId ? 1 : -1)

const markOf = ({ openedAt, openedSeq, conversationId }: Turn): string =>
  `${openedAt}.${openedSeq}.${conversationId}`

/** What follows the marked one; nothing when it is not there any more. */
function pageOf(
  turns: Turn[],
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Page<Turn> {
  const at = cursor === undefined ? -1 : turns.findIndex((turn) => markOf(turn) === cursor)
  if (cursor !== undefined && at < 0) return { items: [], nextCursor: null }
  const items = turns.slice(at + 1, at + 1 + limit)
  const last = items.at(-1)
  return { items, nextCursor: last && at + 1 + limit < turns.length ? markOf(last) : null }
}

const asked = (period: Period): Asked => ({
  from: new Date(period.from).toISOString(),
  to: new Date(period.to).toISOString(),
  timeZone: 'UTC',
  clock: 'wall',
  filters: { site: period.siteId ?? null, agent: period.agentId ?? null },
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
