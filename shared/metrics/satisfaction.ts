import type { Rating } from '../conversation/entry.ts'
import type { AgentId, ConversationId } from '../ids.ts'
import { limits } from '../limits.ts'
import { scales } from '../survey.ts'
import { type AskCounts, AskTally } from './ask-tally.ts'
import { bucketOf } from './column.ts'
import type { FollowUpReport } from './follow-ups.ts'
import { type OtherSurveys, otherSurveys, type Share, shareOf } from './surveys.ts'
import type { RatedEpisode } from './turns.ts'

const minute = 60_000
/** The buckets in which the field publishes its own first response times, ms. */
const waitBounds = [minute, 5 * minute, 60 * minute, 24 * 60 * minute]
/** Ratings of at least this many count into the score. */
const good = 4

/** Satisfaction of a set of closed episodes. Shares between 0 and 1; null where nobody answered. */
export interface Satisfaction extends AskCounts, Share {
  mean: number | null
  distribution: Record<`${Rating}`, number>
  /** Episodes that an agent closed with a reason not to ask. */
  unasked: number
}

/** How chats were rated whose first answer came within `upTo` ms, and later than the bucket before; null: later than all. Who got none is in no bucket. */
export interface SpeedBucket extends Share {
  upTo: number | null
  /** Ratings. */
  n: number
}

/** By the team that was credited when it was asked for. `key` is its id; null for who is in none. */
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

/** Takes the closed episodes of a period one after the other. */
export interface SatisfactionBuilder {
  episode(episode: RatedEpisode): void
  answer(): Said
}

export function satisfaction(): SatisfactionBuilder {
  const csat = new AskTally(scales.csat)
  const others = otherSurveys()
  const speeds = [...waitBounds, null].map((upTo) => ({ upTo, ratings: new AskTally(scales.csat) }))
  const teams = new Map<string | null, AskTally>()
  const comments: RatingComment[] = []
  let unasked = 0
  return {
    episode(episode) {
      const { survey, asks, firstResponse } = episode
      others.episode(asks)
      if (asks.unasked) unasked++
      const rating = survey.state === 'answered' ? survey.rating : null
      csat.take(survey.state, rating)
      if (rating === null) return
      if (firstResponse !== null)
        speeds[bucketOf(firstResponse, waitBounds)]?.ratings.take('answered', rating)
      teamIn(teams, asks.credited?.team ?? null).take('answered', rating)
      comments.push(...commentOf(episode))
    },
    answer: () => ({
      csat: { ...csatOf(csat), unasked },
      ...others.answer(),
      byFirstResponse: speeds.map(({ upTo, ratings }) => ({ upTo, ...scoreOf(ratings) })),
      byTeam: [...teams].map(([key, ratings]) => ({ key, ...scoreOf(ratings) })).sort((a, b) => b.n - a.n),
      comments: comments.sort((a, b) => b.at - a.at).slice(0, limits.commentsInReport),
    }),
  }
}

function teamIn(teams: Map<string | null, AskTally>, key: string | null): AskTally {
  const known = teams.get(key) ?? new AskTally(scales.csat)
  teams.set(key, known)
  return known
}

/** Ratings without words are left out. */
function commentOf({ conversationId, agentId, survey }: RatedEpisode): RatingComment[] {
  if (survey.state !== 'answered' || survey.comment.trim() === '') return []
  const { rating, comment, at } = survey
  return [{ conversationId, rating, comment, at, agentId }]
}

function scoreOf(ratings: AskTally): Share & { n: number } {
  const n = ratings.counts().answered
  return { n, ...shareOf(ratings.within(good, scales.csat[1]), n) }
}

function csatOf(ratings: AskTally): Omit<Satisfaction, 'unasked'> {
  const { n: _, ...score } = scoreOf(ratings)
  const at = (rating: Rating): number => ratings.at(rating)
  return {
    ...ratings.counts(),
    ...score,
    mean: ratings.mean(),
    distribution: { '1': at(1), '2': at(2), '3': at(3), '4': at(4), '5': at(5) },
  }
}
