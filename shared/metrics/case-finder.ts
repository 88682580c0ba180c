import type { AgentId } from '../ids.ts'
import type { Asks } from './asks.ts'
import {
  type AskFigure,
  type Asking,
  type CasesWanted,
  isOfTurns,
  type VolumeFigure,
} from './case-figures.ts'
import { agentOf } from './clocks.ts'
import type { ShareId } from './definitions.ts'
import { endOf } from './gone.ts'
import { groupOf } from './groups.ts'
import type { Episode, Piece, Turn } from './ledger.ts'
import {
  agentResponses,
  type EpisodeLength,
  handleOf,
  type Measured,
  measuredOf,
  responseOf,
  rulerOfEpisode,
} from './lengths.ts'
import { wasAbandoned, wasMissed, wasPromiseKept } from './outcomes.ts'
import { between } from './pieces.ts'
import { type About, within } from './question.ts'
import { ratedOf } from './turns.ts'

/** One of those that a figure counts: a wait, an episode, a rating. */
export interface Found {
  /** By this moment it belongs to the period, ms. */
  at: number
  /** How much of the figure it is: 1, but for messages. */
  n: number
  /** Of a share: whether it came so. */
  outcome: boolean | null
  /** What the visitor answered, where the figure is of something asked. */
  answer: number | null
  /** To whom it is charged or credited, where the figure is of agents. */
  agentId: AgentId | null
  measured: Measured
  /** What of it counts: who had it when. Together as long as what is measured. */
  pieces(): Piece[]
}

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
  return groupOf(respect, episode, about, asking.teamOf) === key ? all : []
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
      return []
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

/** A stretch of the episode; its pieces are those of whoever had it meanwhile. */
const whole = ({ owned }: Pick<Episode, 'owned'>, at: number, measured: Measured): Found => ({
  ...{ at, n: 1, outcome: null, answer: null, agentId: null, measured },
  pieces: () => between(owned, measured.from, measured.to),
})

/** All of the episode, for what has no length of its own. */
function allOf(episode: Episode, at: number, now: number): Found {
  const { startedAt, closedAt } = episode
  const measured = {
    from: startedAt,
    to: Math.max(startedAt, closedAt ?? now),
    censored: false,
    open: closedAt === null,
  }
  return whole(episode, at, measured)
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

/** What counts lies apart, so that it is the sum of its pieces. */
const inParts = (pieces: readonly Piece[], at: number, until: number): Found => ({
  ...{ at, n: 1, outcome: null, answer: null, agentId: null },
  measured: {
    from: pieces[0]?.from ?? until,
    to: pieces.at(-1)?.to ?? until,
    ...{ censored: false, open: false },
  },
  pieces: () => pieces.map((piece) => ({ ...piece })),
})

function workOfAgents({ closedAt, handled }: Episode): Found[] {
  if (closedAt === null) return []
  return [...piecesByAgent(handled)].map(([agentId, pieces]) => ({
    ...inParts(pieces, closedAt, closedAt),
    agentId,
  }))
}

export function piecesByAgent(pieces: readonly Piece[]): Map<AgentId, Piece[]> {
  const own = new Map<AgentId, Piece[]>()
  for (const piece of pieces) {
    const agentId = agentOf(piece.owner)
    if (agentId !== null) own.set(agentId, [...(own.get(agentId) ?? []), piece])
  }
  return own
}

function share(figure: ShareId, episode: Episode, asking: Asking): Found[] {
  const wait = measuredOf('firstResponse.customer', episode, asking.now)
  const outcome = outcomeOf(figure, episode, asking)
  const at = episode.firstMessageAt
  return wait && outcome !== null && at !== null ? [{ ...whole(episode, at, wait), outcome }] : []
}

function outcomeOf(figure: ShareId, episode: Episode, { now, clock, target }: Asking): boolean | null {
  if (figure === 'abandoned') return wasAbandoned(episode, now)
  if (figure === 'promiseKept') return wasPromiseKept(episode, now)
  const most = target('firstResponse.customer')
  const ruler = rulerOfEpisode(clock, episode)
  return most === null ? null : wasMissed(episode, { target: most, ruler }, now)
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

export const isWithin = (
  length: number | null,
  { longerThan = Number.NEGATIVE_INFINITY, upTo = Number.POSITIVE_INFINITY }: CasesWanted,
): boolean => length !== null && length > longerThan && length <= upTo

/** What a figure counts of a turn. */
export function foundInTurn(wanted: CasesWanted, turn: Turn, asking: Asking): Found[] {
  const { figure, by } = wanted
  const measured = responseOf(turn, asking.now)
  if (!isOfTurns(figure) || !measured) return []
  if (figure !== 'waiting' && !within(asking, turn.openedAt)) return []
  const all = { ...whole({ owned: turn.pieces }, turn.openedAt, measured) }
  if (by === undefined) return [all]
  if (by.respect !== 'agent' || by.key === null) return []
  return figure === 'turns' ? hadBy(all, turn, { key: by.key, asking }) : ownPart(turn, by.key, asking)
}

type OfAgent = { key: string; asking: Asking }

/** They had it for a while, or answered. */
function hadBy(all: Found, turn: Turn, { key, asking }: OfAgent): Found[] {
  const end = endOf(turn, asking.now)
  const answered = end.by === 'reply' ? end.agentId : null
  const agentId = [...piecesByAgent(turn.pieces).keys(), answered].find((one) => one === key)
  return agentId ? [{ ...all, agentId }] : []
}

/** Only what they had of it. */
function ownPart(turn: Turn, key: string, { now }: Asking): Found[] {
  const end = endOf(turn, now)
  const until = end.by === 'nothing' ? now : end.at
  return [...piecesByAgent(turn.pieces)].flatMap(([agentId, pieces]): Found[] => {
    if (agentId !== key) return []
    const own = pieces.map((piece) => ({
      ...piece,
      to: Math.max(piece.from, Math.min(piece.to ?? until, until)),
    }))
    const isLast = agentOf(turn.pieces.at(-1)?.owner ?? { kind: 'queue' }) === agentId
    const censored = end.by !== 'reply' || end.agentId !== agentId
    const part = inParts(own, turn.openedAt, until)
    return [
      { ...part, agentId, measured: { ...part.measured, censored, open: end.by === 'nothing' && isLast } },
    ]
  })
}
