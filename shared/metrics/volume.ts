import type { Episode } from './ledger.ts'
import { type About, hoursOfWeek, localTime, type Question, weekHour, within } from './question.ts'

export interface VolumeCounts {
  /** Of which the first episode began. */
  conversations: number
  episodes: number
  /** Of these episodes, also where they were written later. */
  visitorMessages: number
  agentMessages: number
  /** Episodes that began with the answer to an invitation. */
  proactive: number
}

/** How much there was to do: episodes by when they began. */
export interface Volume {
  totals: VolumeCounts
  series: ({ day: string } & VolumeCounts)[]
  /** Episodes by the hour of the week, from Monday 00:00. */
  week: { weekday: number; hour: number; n: number }[]
}

export interface VolumeBuilder {
  episode(episode: Episode, about: About): void
  answer(): Volume
}

const nothing = (): VolumeCounts => ({
  ...{ conversations: 0, episodes: 0, visitorMessages: 0, agentMessages: 0, proactive: 0 },
})

export function volume(question: Question): VolumeBuilder {
  const time = localTime(question)
  const totals = nothing()
  const series = Array.from({ length: time.days }, nothing)
  const week = new Array<number>(hoursOfWeek).fill(0)
  return {
    episode(episode, { proactive }) {
      const { startedAt, startedBy } = episode
      if (!within(question, startedAt)) return
      const invited = startedBy === 'proactive' || proactive === true
      const { day, hourOfWeek } = time.at(startedAt)
      for (const counts of [totals, series[day]]) if (counts) count(counts, episode, invited)
      week[hourOfWeek] = (week[hourOfWeek] ?? 0) + 1
    },
    answer: () => ({
      totals,
      series: series.map((counts, i) => ({ day: time.nameOf(i), ...counts })),
      week: week.map((n, i) => ({ ...weekHour(i), n })),
    }),
  }
}

function count(counts: VolumeCounts, episode: Episode, invited: boolean): void {
  counts.episodes++
  if (episode.episode === 1) counts.conversations++
  counts.visitorMessages += episode.visitorMessages
  counts.agentMessages += episode.agentMessages
  if (invited) counts.proactive++
}
