import { firstKeeperOf } from './keepers.ts'
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
  aiming: Question['aiming'],
): string | null {
  switch (respect) {
    case 'team':
      return firstKeeperOf(episode, aiming).team
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
