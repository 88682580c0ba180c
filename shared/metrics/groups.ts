import { agentOf } from './clocks.ts'
import type { Episode } from './ledger.ts'
import type { About, Question } from './question.ts'

/** What waits are told apart by. */
export const respects = ['team', 'agent', 'site', 'page', 'language', 'proactive'] as const
export type Respect = (typeof respects)[number]

/** All but the agents, of whom an episode may have several. */
export type EpisodeRespect = Exclude<Respect, 'agent'>

/** Under which name an episode stands in a respect; null where it is not known. */
export function groupOf(
  respect: EpisodeRespect,
  episode: Episode,
  { page, language, proactive }: About,
  teamOf: Question['teamOf'],
): string | null {
  switch (respect) {
    case 'team':
      return teamOfEpisode(episode, teamOf)
    case 'site':
      return episode.siteId
    case 'page':
      return page
    case 'language':
      return language
    case 'proactive':
      return proactive === null ? null : proactive ? 'yes' : 'no'
  }
}

/** Of who answered first; of who has it, where nobody did. */
function teamOfEpisode({ firstReplier, owned }: Episode, teamOf: Question['teamOf']): string | null {
  const last = firstReplier === null ? owned.at(-1) : undefined
  const agentId = firstReplier ?? (last ? agentOf(last.owner) : null)
  return agentId === null ? null : teamOf(agentId)
}
