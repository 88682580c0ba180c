import type { ConversationId, SiteId } from '../ids.ts'
import type { Clocks, Stretch } from './clocks.ts'
import { endOf } from './gone.ts'
import type { Turn, TurnEnd } from './ledger.ts'
import { responseOf, rulerOfTurn } from './lengths.ts'
import { type Cuts, labelsOf, type OnClocks, onClocks, type SegmentLabel, segmentsOf } from './segments.ts'

/** A turn with its arithmetic, as things stand when it is looked at. */
export interface OpenedTurn {
  conversationId: ConversationId
  siteId: SiteId
  episode: number
  first: boolean
  forPeople: boolean
  openedAt: number
  openedSeq: number
  handedOffAt: number | null
  end: TurnEnd
  /** What `response` makes of it, ms; null where only a bot has had it. From the hand-over, where a bot was first. */
  response: OnClocks | null
  /** The segments' sum, ms. */
  whole: OnClocks
  segments: ({ from: number; to: number; labels: SegmentLabel[] } & OnClocks)[]
}

export function openedTurn(turn: Turn, at: { clocks: Clocks; cuts: Cuts; now: number }): OpenedTurn {
  const { clocks, cuts, now } = at
  const { conversationId, siteId, episode, first, forPeople, openedAt, openedSeq, handedOffAt } = turn
  const end = endOf(turn, now)
  const measured = responseOf(turn, now)
  const by = (stretch: Stretch): OnClocks => ({
    wall: rulerOfTurn(clocks.wall, turn)(stretch),
    business: rulerOfTurn(clocks.business, turn)(stretch),
    staffed: rulerOfTurn(clocks.staffed, turn)(stretch),
  })
  return {
    ...{ conversationId, siteId, episode, first, forPeople, openedAt, openedSeq, handedOffAt, end },
    response: measured && by(measured),
    whole: by({ from: openedAt, to: end.by === 'nothing' ? now : end.at }),
    segments: segmentsOf(turn, cuts, now).map((segment) => ({
      ...{ from: segment.from, to: segment.to, labels: labelsOf(segment) },
      ...onClocks(clocks, { siteId, owner: segment.owner }, segment),
    })),
  }
}
