import { isBroken } from './aiming.ts'
import type { Asks } from './asks.ts'
import {
  type AskFigure,
  type Asking,
  type CasesWanted,
  isOfTurns,
  type LateFigure,
  type VolumeFigure,
} from './case-figures.ts'
import { allOf, type Found, inParts, isDecided, isWithin, piecesByAgent, whole } from './case-parts.ts'
import { agentOf } from './clocks.ts'
import type { ShareId } from './definitions.ts'
import { groupOf } from './groups.ts'
import { closerOf, firstKeeperOf } from './keepers.ts'
import type { Episode } from './ledger.ts'
import { agentResponses, type EpisodeLength, handleOf, measuredOf } from './lengths.ts'
import { wasAbandoned, wasMissed, wasPromiseKept } from './outcomes.ts'
import { type About, within } from './question.ts'
import { ratedOf } from './turns.ts'

/** What a figure counts of an episode, in the order of the ledger; mostly one or nothing. */
export function foundInEpisode(
  wanted: CasesWanted,
  episode: Episode,
  { about, asking }: { about: About; asking: Asking },
): Found[] {
  if (isOfTurns(wanted.figure)) return []
  const all = inEpisode(wanted, episode, { about, asking }).filter(({ at }) => within(asking, at))
  const { by } = wanted
  if (!by) return all
  if (by.respect === 'agent') return all.filter(({ agentId }) => agentId === by.key)
  const { respect, key } = by
  if (wanted.figure === 'csat') return (episode.asks.credited?.team ?? null) === key ? all : []
  if (wanted.figure === 'late.resolution') return closerOf(episode, asking.aiming).team === key ? all : []
  return groupOf(respect, episode, about, asking.aiming) === key ? all : []
}

function inEpisode(
  wanted: CasesWanted,
  episode: Episode,
  { about, asking }: { about: About; asking: Asking },
): Found[] {
  const { figure, by } = wanted
  switch (figure) {
    case 'response':
    case 'turns':
    case 'waiting':
    case 'late.response':
      return []
    case 'late.firstResponse':
    case 'late.resolution':
      return late(figure, episode, asking)
    case 'firstResponse.agent':
      return ofAgents(episode, asking)
    case 'handle':
      return by?.respect === 'agent' ? workOfAgents(episode) : work(episode, asking)
    case 'abandoned':
    case 'missed':
    case 'promiseKept':
      return share(figure, episode, asking)
    case 'conversations':
    case 'episodes':
    case 'visitorMessages':
    case 'agentMessages':
    case 'proactive':
      return amount(figure, episode, { about, asking })
    case 'closed':
      return closed(episode, asking)
    case 'csat':
    case 'nps':
    case 'ces':
    case 'goal':
    case 'emotion':
      return asked(figure, wanted, episode)
    default:
      return lengths(figure, episode, asking)
  }
}

const isResolution = (figure: EpisodeLength): boolean => figure.startsWith('resolution.')

function lengths(figure: EpisodeLength, episode: Episode, { now }: Asking): Found[] {
  const at = isResolution(figure) ? episode.closedAt : episode.firstMessageAt
  const measured = measuredOf(figure, episode, now)
  return at === null || !measured ? [] : [whole(episode, at, measured)]
}

const ofAgents = (episode: Episode, { now }: Asking): Found[] =>
  episode.firstMessageAt === null
    ? []
    : agentResponses(episode, now).map(({ agentId, ...measured }) => ({
        ...whole(episode, episode.firstMessageAt ?? 0, measured),
        agentId,
      }))

function work(episode: Episode, { clock }: Asking): Found[] {
  const { closedAt, handled } = episode
  return closedAt === null || handleOf(episode, clock) === null ? [] : [inParts(handled, closedAt, closedAt)]
}

function workOfAgents({ closedAt, handled }: Episode): Found[] {
  if (closedAt === null) return []
  return [...piecesByAgent(handled)].map(([agentId, pieces]) => ({
    ...inParts(pieces, closedAt, closedAt),
    agentId,
  }))
}

function share(figure: ShareId, episode: Episode, asking: Asking): Found[] {
  const wait = measuredOf('firstResponse.customer', episode, asking.now)
  const outcome = outcomeOf(figure, episode, asking)
  const at = episode.firstMessageAt
  return wait && outcome !== null && at !== null ? [{ ...whole(episode, at, wait), outcome }] : []
}

function outcomeOf(figure: ShareId, episode: Episode, { now, aiming }: Asking): boolean | null {
  if (figure === 'abandoned') return wasAbandoned(episode, now)
  if (figure === 'promiseKept') return wasPromiseKept(episode, now)
  return wasMissed(episode, firstKeeperOf(episode, aiming), now)
}

/** Of those whose keeper has a target: whether it was broken, once that is decided. */
function late(figure: LateFigure, episode: Episode, { now, aiming }: Asking): Found[] {
  const isFirst = figure === 'late.firstResponse'
  const measured = measuredOf(isFirst ? 'firstResponse.customer' : 'resolution.episode', episode, now)
  const at = isFirst ? episode.firstMessageAt : episode.closedAt
  if (!measured || at === null) return []
  const keeper = isFirst ? firstKeeperOf(episode, aiming) : closerOf(episode, aiming)
  const outcome = isBroken(keeper, isFirst ? 'firstResponse' : 'resolution', measured)
  return isDecided(outcome, measured) ? [{ ...whole(episode, at, measured), outcome }] : []
}

function amount(
  figure: VolumeFigure,
  episode: Episode,
  { about, asking }: { about: About; asking: Asking },
): Found[] {
  const n = amountOf(figure, episode, about)
  return n === 0 ? [] : [{ ...allOf(episode, episode.startedAt, asking.now), n }]
}

function amountOf(figure: VolumeFigure, episode: Episode, { proactive }: About): number {
  switch (figure) {
    case 'episodes':
      return 1
    case 'conversations':
      return Number(episode.episode === 1)
    case 'proactive':
      return Number(episode.startedBy === 'proactive' || proactive === true)
    default:
      return episode[figure]
  }
}

/** Credited to who had it last. */
function closed(episode: Episode, { now }: Asking): Found[] {
  const { closedAt, owned } = episode
  const last = owned.at(-1)
  return closedAt === null
    ? []
    : [{ ...allOf(episode, closedAt, now), agentId: last ? agentOf(last.owner) : null }]
}

function asked(figure: AskFigure, wanted: CasesWanted, episode: Episode): Found[] {
  const rated = ratedOf(episode)
  if (!rated) return []
  const { closedAt, agentId, asks, firstResponse } = rated
  const { state = 'answered', longerThan, upTo, answer: only } = wanted
  const ask = standingOf(figure, asks)
  const stands = {
    closed: true,
    shown: ['shown', 'skipped', 'answered'].includes(ask.state),
    skipped: ask.state === 'skipped',
    answered: ask.state === 'answered',
    unasked: asks.unasked === true,
  }
  if (!stands[state] || (only !== undefined && ask.answer !== only)) return []
  const isSuch = (longerThan === undefined && upTo === undefined) || isWithin(firstResponse, wanted)
  return isSuch ? [{ ...allOf(episode, closedAt, closedAt), answer: ask.answer, agentId }] : []
}

function standingOf(figure: AskFigure, asks: Asks): { state: string; answer: number | null } {
  if (figure === 'csat') {
    const { csat } = asks
    return { state: csat.state, answer: csat.state === 'answered' ? csat.rating : null }
  }
  const ask = asks.others?.[figure]
  return { state: ask?.state ?? 'neverDue', answer: ask?.state === 'answered' ? ask.score : null }
}
