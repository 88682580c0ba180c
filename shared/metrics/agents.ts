import type { AgentId } from '../ids.ts'
import { type Aiming, isBroken } from './aiming.ts'
import { agentOf, lengthOfPieces, type Stretch } from './clocks.ts'
import { Column, type Figures } from './column.ts'
import { endOf } from './gone.ts'
import type { Episode, Piece, Turn } from './ledger.ts'
import { agentResponses, rulerOfEpisode } from './lengths.ts'
import { type Question, within } from './question.ts'
import { type Share, shareOf } from './statistics.ts'
import { type Summing, stillAsked } from './summing.ts'

export interface AgentFigures {
  agentId: AgentId
  /** In which they had the waiting visitor, or answered. */
  turns: number
  /** Their own part of each turn they had: what the queue and colleagues took is not charged to them. */
  response: Figures
  firstResponse: Figures
  /** Their own work on closed episodes, ms on the clock, one value an episode. */
  handle: Figures
  /** Episodes closed while they had them. */
  closed: number
  /** Ratings of 4 and 5 ÷ ratings answered, of episodes that are credited to them: as a rule who replied last. */
  csat: { n: number; score: number | null; low: number | null; high: number | null }
}

export interface Agents {
  /** Those with most turns first. */
  agents: AgentFigures[]
}

export interface AgentsBuilder extends Omit<Summing<AgentsBuilder>, 'episode'> {
  episode(episode: Episode): void
  answer(): Agents
}

interface Desk {
  turns: number
  response: Column
  firstResponse: Column
  handle: Column
  closed: number
  rated: number
  good: number
}

/** Each agent by what they owned alone. */
export const agents = (question: Question): AgentsBuilder => new Desks(question)

class Desks implements AgentsBuilder {
  readonly #desks = new Map<AgentId, Desk>()
  #within: Stretch
  #asked: Question | null

  constructor(question: Question) {
    this.#within = question
    this.#asked = question
  }

  get question(): Question {
    return stillAsked(this.#asked)
  }

  get bytes(): number {
    const columns = [...this.#desks.values()].flatMap((desk) => columnsOf(desk))
    return columns.reduce((sum, { bytes }) => sum + bytes, 0)
  }

  look(span: Stretch): void {
    this.#within = span
  }

  add(other: AgentsBuilder): void {
    if (!(other instanceof Desks)) return
    for (const [agentId, theirs] of other.#desks) {
      const desk = deskOf(this.#desks, agentId)
      for (const id of ['turns', 'closed', 'rated', 'good'] as const) desk[id] += theirs[id]
      for (const id of ['response', 'firstResponse', 'handle'] as const) desk[id].append(theirs[id])
    }
  }

  trim(): void {
    for (const desk of this.#desks.values()) for (const column of columnsOf(desk)) column.trim()
    this.#asked = null
  }

  turn(turn: Turn): void {
    if (turn.forPeople && within(this.#within, turn.openedAt)) takeTurn(this.#desks, turn, this.question)
  }

  episode(episode: Episode): void {
    if (within(this.#within, episode.firstMessageAt)) takeWaits(this.#desks, episode, this.question)
    if (within(this.#within, episode.closedAt)) takeClose(this.#desks, episode, this.question)
  }

  answer(): Agents {
    return {
      agents: [...this.#desks]
        .map(([agentId, desk]) => figuresOf(agentId, desk))
        .sort((a, b) => b.turns - a.turns || a.agentId.localeCompare(b.agentId)),
    }
  }
}

const columnsOf = ({ response, firstResponse, handle }: Desk): Column[] => [response, firstResponse, handle]

function deskOf(desks: Map<AgentId, Desk>, agentId: AgentId): Desk {
  const known = desks.get(agentId)
  if (known) return known
  const desk = {
    ...{ turns: 0, response: new Column(), firstResponse: new Column(), handle: new Column() },
    ...{ closed: 0, rated: 0, good: 0 },
  }
  desks.set(agentId, desk)
  return desk
}

function takeTurn(desks: Map<AgentId, Desk>, turn: Turn, { clock, now, aiming }: Question): void {
  const end = endOf(turn, now)
  const to = end.by === 'nothing' ? now : end.at
  const { siteId, pieces } = turn
  const replier = end.by === 'reply' ? end.agentId : null
  const own = ownedBy(pieces)
  for (const [agentId, theirs] of own) {
    const desk = deskOf(desks, agentId)
    const ms = lengthOfPieces(clock, { siteId, pieces: theirs }, to)
    const broken = isTooLong(aiming, turn, { agentId, pieces: theirs, to })
    const last = agentOf(pieces.at(-1)?.owner ?? { kind: 'queue' }) === agentId
    desk.turns++
    desk.response.add({ ms, censored: replier !== agentId, open: end.by === 'nothing' && last, broken })
  }
  if (replier !== null && !own.has(replier)) deskOf(desks, replier).turns++
}

/** Their own part of a turn, by their own hours. */
function isTooLong(
  aiming: Aiming,
  { first, siteId, priority }: Turn,
  { agentId, pieces, to: until }: { agentId: AgentId; pieces: readonly Piece[]; to: number },
): boolean | null {
  const { aims, between } = aiming.keeper(siteId, agentId, priority)
  const most = aims[first ? 'firstResponse' : 'response']
  if (most === null) return null
  const lengthBy = (length: typeof between): number =>
    pieces.reduce((sum, { from, to }) => sum + length(from, to ?? until), 0)
  return lengthBy((from, to) => to - from) > most && lengthBy(between) > most
}

function ownedBy(pieces: readonly Piece[]): Map<AgentId, Piece[]> {
  const own = new Map<AgentId, Piece[]>()
  for (const piece of pieces) {
    const agentId = agentOf(piece.owner)
    if (agentId !== null) own.set(agentId, [...(own.get(agentId) ?? []), piece])
  }
  return own
}

function takeWaits(desks: Map<AgentId, Desk>, episode: Episode, { clock, now, aiming }: Question): void {
  const ruler = rulerOfEpisode(clock, episode)
  for (const wait of agentResponses(episode, now)) {
    const { agentId, censored, open } = wait
    const keeper = aiming.keeper(episode.siteId, agentId, episode.firstPriority)
    const broken = isBroken(keeper, 'firstResponse', wait)
    deskOf(desks, agentId).firstResponse.add({ ms: ruler(wait), censored, open, broken })
  }
}

function takeClose(desks: Map<AgentId, Desk>, episode: Episode, { clock }: Question): void {
  const { siteId, closedAt, handled, owned, replier, asks } = episode
  for (const [agentId, pieces] of ownedBy(handled)) {
    const ms = lengthOfPieces(clock, { siteId, pieces }, closedAt ?? 0)
    deskOf(desks, agentId).handle.add({ ms, censored: false, open: false })
  }
  const last = owned.at(-1)
  const closer = last ? agentOf(last.owner) : null
  if (closer !== null) deskOf(desks, closer).closed++
  const credited = asks.credited?.agentId ?? replier
  if (credited === null || asks.csat.state !== 'answered') return
  const desk = deskOf(desks, credited)
  desk.rated++
  if (asks.csat.rating >= 4) desk.good++
}

function figuresOf(agentId: AgentId, desk: Desk): AgentFigures {
  const { of: n, share: score, low, high }: Share = shareOf(desk.good, desk.rated)
  return {
    ...{ agentId, turns: desk.turns, closed: desk.closed, csat: { n, score, low, high } },
    response: desk.response.figures(),
    firstResponse: desk.firstResponse.figures(),
    handle: desk.handle.figures(),
  }
}
