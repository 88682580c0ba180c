import { weekHourAt } from '../calendar/zone.ts'
import type { TurnsWanted } from './asked.ts'
import { type Clock, type Clocks, lengthOn, type Stretch } from './clocks.ts'
import { endOf } from './gone.ts'
import type { Episode, Turn } from './ledger.ts'
import { measuredOf, responseOf } from './lengths.ts'
import { type Cuts, type OnClocks, onClocks, type Segment, segmentsOf, sumOnClocks } from './segments.ts'
import type { Turn as ListedTurn } from './turns.ts'

/** A piece of a turn and what it comes to on each clock, ms. */
export type TimedSegment = Segment & { ms: OnClocks }

/** A turn opened to be looked at: whatever a figure says of it can be added up from here. */
export interface TurnInPieces extends ListedTurn {
  handedOffAt: number | null
  /** Nobody answered: it was at least so long. */
  censored: boolean
  /** It goes on, and its last piece ends now. */
  open: boolean
  ms: OnClocks
  pieces: TimedSegment[]
}

export interface Looking {
  clocks: Clocks
  cuts: Cuts
  now: number
}

export function inPieces(turn: Turn, { clocks, cuts, now }: Looking): TurnInPieces {
  const { conversationId, siteId, episode, first, openedAt, openedSeq, handedOffAt } = turn
  const end = endOf(turn, now)
  const pieces = segmentsOf(turn, cuts, now).map((segment) => ({
    ...segment,
    ms: onClocks(clocks, { siteId, owner: segment.owner }, segment),
  }))
  return {
    ...{ conversationId, siteId, episode, first, openedAt, openedSeq, handedOffAt, end },
    ...{ censored: end.by !== 'reply', open: end.by === 'nothing', pieces },
    ms: sumOnClocks(pieces.map(({ ms }) => ms)),
    segments: pieces.map(({ from, to, owner }) =>
      owner.kind === 'agent'
        ? { from, to, charge: 'agent', agentId: owner.agentId }
        : { from, to, charge: 'queue' },
    ),
  }
}

export interface Choosing {
  clock: Clock
  timeZone: string
  now: number
}

/** Chooses the turns a figure was made of: those of its measure, of this length and of this hour of the week. */
export interface TurnChoice {
  /** Whether the episodes have to be told before the turns. */
  needsEpisodes: boolean
  episode(episode: Episode): void
  has(turn: Turn): boolean
}

export function turnChoice(wanted: TurnsWanted, { clock, timeZone, now }: Choosing): TurnChoice {
  const { measure, longerThan = Number.NEGATIVE_INFINITY, upTo = Number.POSITIVE_INFINITY } = wanted
  const isSuch = (stretch: Stretch | null): boolean => {
    if (!stretch) return false
    const length = lengthOn(clock, stretch)
    return length > longerThan && length <= upTo
  }
  const episodes = new Set<string>()
  return {
    needsEpisodes: measure !== 'response',
    episode(episode) {
      if (measure !== 'response' && isSuch(measuredOf(measure, episode, now))) episodes.add(nameOf(episode))
    },
    has(turn) {
      if (!isThen(turn, wanted, timeZone)) return false
      return measure === 'response' ? isSuch(responseOf(turn, now)) : turn.first && episodes.has(nameOf(turn))
    },
  }
}

const nameOf = ({ conversationId, episode }: Turn | Episode): string => `${conversationId} ${episode}`

function isThen({ openedAt }: Turn, { weekday, hour }: TurnsWanted, timeZone: string): boolean {
  if (weekday === undefined && hour === undefined) return true
  const then = weekHourAt(timeZone, openedAt)
  return (weekday ?? then.weekday) === then.weekday && (hour ?? then.hour) === then.hour
}
