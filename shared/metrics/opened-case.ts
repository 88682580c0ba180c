import type { AgentId, ConversationId, SiteId } from '../ids.ts'
import type { Found } from './case-parts.ts'
import { type Clocks, lengthOfPieces } from './clocks.ts'
import type { Episode, Turn } from './ledger.ts'
import { type Cuts, labelsOf, type OnClocks, onClocks, type SegmentLabel, segmentsIn } from './segments.ts'

/** One of those that a figure counts, opened: what is measured of it is the sum of its pieces on each clock. */
export interface Case {
  conversationId: ConversationId
  siteId: SiteId
  /** 1 for the first episode of the conversation. */
  episode: number
  /** By this moment it belongs to the period, ms. */
  at: number
  /** The entry to begin reading at; null where the visitor wrote nothing. */
  seq: number | null
  /** How much of the figure it is: 1, but for messages. */
  n: number
  outcome: boolean | null
  answer: number | null
  agentId: AgentId | null
  measured: { from: number; to: number; censored: boolean; open: boolean } & OnClocks
  pieces: ({ from: number; to: number; labels: SegmentLabel[] } & OnClocks)[]
}

export function openedCase(
  found: Found,
  of: Turn | Episode,
  { clocks, cuts }: { clocks: Clocks; cuts: Cuts },
): Case {
  const { conversationId, siteId, episode } = of
  const { at, n, outcome, answer, agentId, measured } = found
  const { from, to, censored, open } = measured
  const pieces = found.pieces()
  const had = { siteId, pieces }
  return {
    ...{ conversationId, siteId, episode, at, n, outcome, answer, agentId },
    seq: 'openedSeq' in of ? of.openedSeq : of.firstMessageSeq,
    measured: {
      ...{ from, to, censored, open },
      wall: lengthOfPieces(clocks.wall, had, to),
      business: lengthOfPieces(clocks.business, had, to),
      staffed: lengthOfPieces(clocks.staffed, had, to),
    },
    pieces: segmentsIn(had, to, cuts).map((segment) => ({
      ...{ from: segment.from, to: segment.to, labels: labelsOf(segment) },
      ...onClocks(clocks, { siteId, owner: segment.owner }, segment),
    })),
  }
}
