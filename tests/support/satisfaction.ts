import { type Said, satisfaction } from '../../shared/metrics/satisfaction.ts'
import type { RatedEpisode } from '../../shared/metrics/turns.ts'

/** The report of these episodes. */
export function reported(episodes: readonly RatedEpisode[]): Said {
  const report = satisfaction()
  for (const episode of episodes) report.episode(episode)
  return report.answer()
}
