import * as v from 'valibot'
import { SiteId } from '../ids.ts'
import { faultsOf, type RuleFault } from './faults.ts'
import { name } from './kinds/fields.ts'
import { LeadScore } from './score.ts'
import { Segment } from './segments.ts'

/** What an admin edits of a segment; what conditions call it by stays as it was first named. */
export const SegmentDraft = v.strictObject({
  siteId: SiteId,
  name: Segment.entries.name,
  when: Segment.entries.when,
})
export type SegmentDraft = v.InferOutput<typeof SegmentDraft>

/**
 * As they stand in the settings: one that cannot be read stays there as it is and nobody belongs to it; neither the
 * others nor the start of the server go with it.
 */
export const StoredSegment = v.looseObject({ id: name, siteId: SiteId })
export type StoredSegment = v.InferOutput<typeof StoredSegment>
export const StoredScore = v.looseObject({ siteId: SiteId })
export type StoredScore = v.InferOutput<typeof StoredScore>

/** A segment that cannot be read, and why. */
export interface UnreadableSegment {
  id: string
  siteId: SiteId
  name: string
  faults: RuleFault[]
}

export interface SegmentsRead {
  segments: readonly Segment[]
  unreadable: readonly UnreadableSegment[]
}

const read = new WeakMap<readonly StoredSegment[], SegmentsRead>()
const none: SegmentsRead = { segments: [], unreadable: [] }

/** The segments of a document, and apart from them those that cannot be read. Worked out once for each document. */
export function readSegments(stored: readonly StoredSegment[] | undefined): SegmentsRead {
  if (!stored) return none
  const known = read.get(stored)
  if (known) return known
  const segments: Segment[] = []
  const unreadable: UnreadableSegment[] = []
  for (const one of stored) {
    const parsed = v.safeParse(Segment, one)
    if (parsed.success) segments.push(parsed.output)
    else unreadable.push({ ...named(one), faults: faultsOf(parsed.issues) })
  }
  const fresh = { segments, unreadable }
  read.set(stored, fresh)
  return fresh
}

const named = ({ id, siteId, name: text }: StoredSegment) => ({
  ...{ id, siteId },
  name: typeof text === 'string' ? text : id,
})

export type ScoreRead = { score: LeadScore | null; faults: RuleFault[] }

const scores = new WeakMap<StoredScore, ScoreRead>()

/** The score of a site; null, with what is wrong with it, where it cannot be read. */
export function readScore(stored: readonly StoredScore[] | undefined, siteId: SiteId): ScoreRead {
  const held = stored?.find((one) => one.siteId === siteId)
  if (!held) return { score: null, faults: [] }
  const known = scores.get(held)
  if (known) return known
  const { siteId: _, ...rest } = held
  const parsed = v.safeParse(LeadScore, rest)
  const fresh: ScoreRead = parsed.success
    ? { score: parsed.output, faults: [] }
    : { score: null, faults: faultsOf(parsed.issues) }
  scores.set(held, fresh)
  return fresh
}
