import { weekHourAt } from '../calendar/zone.ts'
import type { TurnsWanted } from './asked.ts'
import type { Clock, Ruler, Stretch } from './clocks.ts'
import type { Episode, Turn } from './ledger.ts'
import { measuredOf, responseOf, rulerOfEpisode, rulerOfTurn } from './lengths.ts'
import { type OpenedTurn, openedTurn } from './opened-turn.ts'
import { type Turn as ListedTurn, listedTurn } from './turns.ts'

/** A turn opened to be looked at: whatever a figure says of it can be added up from its pieces. */
export interface TurnInPieces extends ListedTurn, Omit<OpenedTurn, 'segments'> {
  /** Nobody answered: it was at least so long. */
  censored: boolean
  pieces: OpenedTurn['segments']
}

export function turnInPieces(turn: Turn, at: Parameters<typeof openedTurn>[1]): TurnInPieces {
  const { segments: pieces, ...opened } = openedTurn(turn, at)
  return { ...listedTurn(turn, at.now), ...opened, censored: opened.end.by !== 'reply', pieces }
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
  const isSuch = (stretch: Stretch | null, ruler: Ruler): boolean => {
    if (!stretch) return false
    const length = ruler(stretch)
    return length > longerThan && length <= upTo
  }
  const episodes = new Set<string>()
  return {
    needsEpisodes: measure !== 'response',
    episode(episode) {
      if (measure === 'response') return
      if (isSuch(measuredOf(measure, episode, now), rulerOfEpisode(clock, episode)))
        episodes.add(nameOf(episode))
    },
    has(turn) {
      if (!isThen(turn, wanted, timeZone)) return false
      if (measure === 'response') return isSuch(responseOf(turn, now), rulerOfTurn(clock, turn))
      return turn.first && episodes.has(nameOf(turn))
    },
  }
}

const nameOf = ({ conversationId, episode }: Turn | Episode): string => `${conversationId} ${episode}`

function isThen({ openedAt }: Turn, { weekday, hour }: TurnsWanted, timeZone: string): boolean {
  if (weekday === undefined && hour === undefined) return true
  const then = weekHourAt(timeZone, openedAt)
  return (weekday ?? then.weekday) === then.weekday && (hour ?? then.hour) === then.hour
}
