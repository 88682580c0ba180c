import { day, times } from '../../shared/limits.ts'
import { responseReport, waited } from '../../shared/metrics/responses.ts'
import { ratingComments, satisfaction } from '../../shared/metrics/satisfaction.ts'
import { summarise } from '../../shared/metrics/statistics.ts'
import type { Turn } from '../../shared/metrics/turns.ts'
import type { Period, ReportHistory } from '../history/history.ts'
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
    async turns(period) {
      const turns = await reports.turns(period)
      return { items: turns.toSorted((a, b) => b.openedAt - a.openedAt), ...asked(period) }
    },
  }
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
