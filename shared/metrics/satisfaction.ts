import type { Rating } from '../conversation/entry.ts'
import type { AgentId, ConversationId } from '../ids.ts'
import { limits } from '../limits.ts'
import { wilson } from './statistics.ts'
import type { RatedEpisode } from './turns.ts'

/** Satisfaction of a set of closed episodes. Shares between 0 and 1; null where nobody answered. */
export interface Satisfaction {
  /** Episodes closed. */
  episodes: number
  shown: number
  skipped: number
  answered: number
  score: number | null
  low: number | null
  high: number | null
  mean: number | null
  distribution: Record<`${Rating}`, number>
}

/** What somebody wrote beside their rating. */
export interface RatingComment {
  conversationId: ConversationId
  rating: Rating
  comment: string
  /** When they rated, ms. */
  at: number
  /** Who is credited with the rating. */
  agentId: AgentId | null
}

export function satisfaction(episodes: readonly RatedEpisode[]): Satisfaction {
  const states = episodes.map((episode) => episode.survey)
  const ratings = states.flatMap((survey) => (survey.state === 'answered' ? [survey.rating] : []))
  const good = ratings.filter((rating) => rating >= 4).length
  const answered = ratings.length
  const interval = wilson(good, answered)
  return {
    episodes: episodes.length,
    shown: states.filter(({ state }) => state === 'shown' || state === 'skipped' || state === 'answered')
      .length,
    skipped: states.filter(({ state }) => state === 'skipped').length,
    answered,
    score: answered ? good / answered : null,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    mean: answered ? ratings.reduce<number>((sum, rating) => sum + rating, 0) / answered : null,
    distribution: distribute(ratings),
  }
}

function distribute(ratings: readonly Rating[]): Satisfaction['distribution'] {
  const counts = { '1': 0, '2': 0, '3': 0, '4': 0, '5': 0 }
  for (const rating of ratings) counts[`${rating}`]++
  return counts
}

/** The comments of a set of closed episodes, latest first; ratings without words are left out. */
export const ratingComments = (episodes: readonly RatedEpisode[]): RatingComment[] =>
  episodes
    .flatMap(({ conversationId, agentId, survey }) => {
      if (survey.state !== 'answered' || survey.comment.trim() === '') return []
      const { rating, comment, at } = survey
      return [{ conversationId, rating, comment, at, agentId }]
    })
    .sort((a, b) => b.at - a.at)
    .slice(0, limits.commentsInReport)
