import type { Calendar, CalendarDraft, Team, TeamDraft } from '../../shared/house.ts'
import type { SiteId } from '../../shared/ids.ts'
import type { Result } from '../../shared/result.ts'
import type { LeadScore } from '../../shared/triggers/score.ts'
import type { Segment } from '../../shared/triggers/segments.ts'
import type { ScoreRead, SegmentDraft, UnreadableSegment } from '../../shared/triggers/stored-sorting.ts'

/** What visitors are sorted by, and what the house is made of. */
export interface SortingDomain {
  segments: Segments
  leadScores: LeadScores
  teams: Teams
  calendars: Calendars
}

/** Saved conditions: who belongs together. */
export interface Segments {
  list(siteId?: SiteId): readonly Segment[]
  /** Those that stand in the settings and cannot be read; nobody belongs to them. */
  unreadable(siteId?: SiteId): readonly UnreadableSegment[]
  byId(id: string): Segment | null
  /** `invalid` for one that would ask for itself, by whatever way. */
  create(draft: SegmentDraft): Promise<Result<Segment>>
  /** With another than the `revision` that was seen in its place the answer is `conflict`, at `ifRevision`. */
  change(id: string, draft: SegmentDraft, ifRevision?: string): Promise<Result<Segment>>
  /** `conflict`, naming them, while a rule, a segment or the score asks for it. */
  remove(id: string): Promise<Result<void>>
}

/** How promising a visitor is; one a site. */
export interface LeadScores {
  of(siteId: SiteId): ScoreRead
  /** As with segments. */
  set(siteId: SiteId, score: LeadScore, ifRevision?: string): Promise<Result<LeadScore>>
}

/** What is called by a name that was given once. */
export interface NamedList<Draft, Item> {
  list(): readonly Item[]
  byId(id: string): Item | null
  create(draft: Draft): Promise<Result<Item>>
  change(id: string, draft: Draft): Promise<Result<Item>>
  /** `conflict`, naming them, while conditions ask for it. */
  remove(id: string): Promise<Result<void>>
}

export type Teams = NamedList<TeamDraft, Team>
export type Calendars = NamedList<CalendarDraft, Calendar>
