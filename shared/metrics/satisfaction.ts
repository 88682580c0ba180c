import type { Rating } from '../conversation/entry.ts'
import type { AgentId, ConversationId } from '../ids.ts'
import { limits } from '../limits.ts'
import type { FollowUpReport } from './follow-ups.ts'
import { type AskCounts, askCounts, type OtherSurveys, otherSurveys, type Share, shareOf } from './surveys.ts'
import type { RatedEpisode } from './turns.ts'

const minute = 60_000
/** The buckets in which the field publishes its own first response times, ms. */
const waitBounds = [minute, 5 * minute, 60 * minute, 24 * 60 * minute]

/** Satisfaction of a set of closed episodes. Shares between 0 and 1; null where nobody answered. */
export interface Satisfaction extends AskCounts, Share {
  mean: number | null
  distribution: Record<`${Rating}`, number>
  /** Episodes that an agent closed with a reason not to ask. */
  unasked: number
}

/** How chats were rated whose first answer came within `upTo` ms, and later than the bucket before; null: later than all. */
export interface SpeedBucket extends Share {
  upTo: number | null
  /** Ratings. */
  n: number
}

/** `key` is the team’s id; null for who is in none. */
export interface TeamScore extends Share {
  key: string | null
  /** Ratings. */
  n: number
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
  const ratings = ratingsOf(episodes)
  const answered = ratings.length
  return {
    ...askCounts(episodes.map(({ survey }) => survey.state)),
    unasked: episodes.filter(({ asks }) => asks.unasked).length,
    ...scoreOf(ratings),
    mean: answered ? ratings.reduce<number>((sum, rating) => sum + rating, 0) / answered : null,
    distribution: distribute(ratings),
  }
}

const ratingsOf = (episodes: readonly RatedEpisode[]): Rating[] =>
  episodes.flatMap(({ survey }) => (survey.state === 'answered' ? [survey.rating] : []))

const scoreOf = (ratings: readonly Rating[]): Share =>
  shareOf(ratings.filter((rating) => rating >= 4).length, ratings.length)

/** The rating by how long the first answer took; who got none is in no bucket. */
export function byFirstResponse(episodes: readonly RatedEpisode[]): SpeedBucket[] {
  const answered = episodes.filter(({ firstResponse }) => firstResponse !== null)
  return [...waitBounds, null].map((upTo, i) => {
    const after = waitBounds[i - 1] ?? -1
    const within = answered.filter(
      ({ firstResponse }) =>
        (firstResponse ?? 0) > after && (firstResponse ?? 0) <= (upTo ?? Number.POSITIVE_INFINITY),
    )
    const ratings = ratingsOf(within)
    return { upTo, n: ratings.length, ...scoreOf(ratings) }
  })
}

/** The rating by the team that was credited when it was asked for; those without a team are under `null`. */
export function byTeam(episodes: readonly RatedEpisode[]): TeamScore[] {
  const keys = [...new Set(episodes.map(({ asks }) => asks.credited?.team ?? null))]
  return keys
    .map((key) => {
      const ratings = ratingsOf(episodes.filter(({ asks }) => (asks.credited?.team ?? null) === key))
      return { key, n: ratings.length, ...scoreOf(ratings) }
    })
    .filter(({ n }) => n > 0)
    .sort((a, b) => b.n - a.n)
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

/** Everything that people said of their chats, and of the house. */
export interface Said extends OtherSurveys {
  csat: Satisfaction
  byFirstResponse: SpeedBucket[]
  byTeam: TeamScore[]
  /** The latest of the ratings counted, latest first. */
  comments: RatingComment[]
}

/** What they said, and what was done about it; null where that is not known of what the report is narrowed to. */
export interface SatisfactionReport extends Said {
  followUps: FollowUpReport | null
}

export const whatWasSaid = (episodes: readonly RatedEpisode[]): Said => ({
  csat: satisfaction(episodes),
  ...otherSurveys(episodes),
  byFirstResponse: byFirstResponse(episodes),
  byTeam: byTeam(episodes),
  comments: ratingComments(episodes),
})
