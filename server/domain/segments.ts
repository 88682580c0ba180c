import type { SiteId } from '../../shared/ids.ts'
import { limits } from '../../shared/limits.ts'
import { type Failure, failure, type Result, success } from '../../shared/result.ts'
import { isGroup } from '../../shared/triggers/answer.ts'
import { kinds } from '../../shared/triggers/kinds/kinds.ts'
import type { RuleNode } from '../../shared/triggers/rule.ts'
import type { LeadScore } from '../../shared/triggers/score.ts'
import { ringIn, type Segment, type Sorting } from '../../shared/triggers/segments.ts'
import {
  readScore,
  readSegments,
  type SegmentDraft,
  type StoredSegment,
} from '../../shared/triggers/stored-sorting.ts'
import type { Workspace as Document } from '../../shared/workspace.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { changedMeanwhile } from './changed-meanwhile.ts'
import type { LeadScores, Segments } from './sorting-domain.ts'
import { freshId, refuseInUse, refuseUnknown } from './uses.ts'

type Refused = { ok: false; error: Failure }

export function createSegments({ workspace }: { workspace: Workspace }): Segments {
  const read = () => readSegments(workspace.read().segments)
  const ofSite = <One extends { siteId: SiteId }>(all: readonly One[], siteId?: SiteId) =>
    siteId ? all.filter((one) => one.siteId === siteId) : all
  return {
    list: (siteId) => ofSite(read().segments, siteId),
    unreadable: (siteId) => ofSite(read().unreadable, siteId),
    byId: (id) => read().segments.find((one) => one.id === id) ?? null,
    create: (draft) => workspace.change((document) => create(document, draft)),
    change: (id, draft, ifRevision) =>
      workspace.change((document) => change(document, { id, draft, ifRevision })),
    remove: (id) => workspace.change((document) => remove(document, id)),
  }
}

function create(document: Document, draft: SegmentDraft): Result<Segment> {
  const all = document.segments ?? []
  if (all.filter(({ siteId }) => siteId === draft.siteId).length >= limits.segmentsPerSite)
    return failure('conflict', `A site has at most ${limits.segmentsPerSite} segments.`, {
      refusal: { is: 'full', most: limits.segmentsPerSite },
    })
  return put(document, all, { ...draft, id: freshId(draft.name, all) })
}

interface Change {
  id: string
  draft: SegmentDraft
  ifRevision: string | undefined
}

function change(document: Document, { id, draft, ifRevision }: Change): Result<Segment> {
  const all = document.segments ?? []
  const held = all.find((one) => one.id === id)
  if (!held) return missing()
  if (held.siteId !== draft.siteId)
    return failure('invalid', 'A segment stays with its site.', { path: 'siteId' })
  const read = readSegments([held]).segments[0]
  return changedMeanwhile(read ?? held, ifRevision) ?? put(document, all, { ...draft, id })
}

/** Checked as it would stand among the others. */
function put(document: Document, all: readonly StoredSegment[], segment: Segment): Result<Segment> {
  const { siteId, when, id } = segment
  if (!document.sites.some((site) => site.id === siteId))
    return failure('invalid', 'There is no such site.', { path: 'siteId' })
  const known = all.some((one) => one.id === id)
  document.segments = known ? all.map((one) => (one.id === id ? segment : one)) : [...all, segment]
  const fault = refuseUnknown(document, siteId, when) ?? refuseRing(sortingIn(document, siteId), 'when')
  return fault ?? success(segment)
}

function remove(document: Document, id: string): Result<void> {
  const all = document.segments ?? []
  if (!all.some((one) => one.id === id)) return missing()
  const used = refuseInUse(document, { what: 'segment', id })
  if (used) return used
  document.segments = all.filter((one) => one.id !== id)
  for (const { journey } of document.sites) if (journey?.churnDays) delete journey.churnDays[id]
  return success(undefined)
}

const missing = () => failure('not_found', 'There is no such segment.')

export const sortingIn = (document: Readonly<Document>, siteId: SiteId): Sorting => ({
  segments: readSegments(document.segments).segments.filter((one) => one.siteId === siteId),
  score: readScore(document.leadScores, siteId).score,
})

function refuseRing(sorting: Sorting, path: string): Refused | null {
  const ring = ringIn(sorting)
  if (!ring) return null
  const names = [...ring, ...ring.slice(0, 1)].map((id) => (id === '' ? 'the lead score' : `“${id}”`))
  return failure('invalid', `These would ask for each other: ${names.join(' → ')}.`, {
    path,
    refusal: { is: 'ring', names: [...ring] },
  })
}

export function createLeadScores({ workspace }: { workspace: Workspace }): LeadScores {
  return {
    of: (siteId) => readScore(workspace.read().leadScores, siteId),
    set: (siteId, score, ifRevision) =>
      workspace.change(
        (document) =>
          changedMeanwhile(readScore(document.leadScores, siteId).score ?? {}, ifRevision) ??
          setScore(document, siteId, score),
      ),
  }
}

function setScore(document: Document, siteId: SiteId, score: LeadScore): Result<LeadScore> {
  if (!document.sites.some((site) => site.id === siteId))
    return failure('invalid', 'There is no such site.', { path: 'query.site' })
  for (const [i, { when }] of score.parts.entries()) {
    const path = `parts.${i}.when`
    const fault = refuseUnknown(document, siteId, when, path) ?? refuseUnseen(when, path)
    if (fault) return fault
  }
  const others = (document.leadScores ?? []).filter((one) => one.siteId !== siteId)
  document.leadScores = [...others, { ...score, siteId }]
  return refuseRing(sortingIn(document, siteId), 'parts') ?? success(score)
}

/** Pages tell of these; all else that they alone see is told to nobody, and such a part would never count. */
const told: readonly string[] = ['secondsOnPage', 'scroll']

function refuseUnseen(nodes: readonly RuleNode[], path: string): Refused | null {
  for (const [i, node] of nodes.entries()) {
    const at = `${path}.${i}`
    const fault = isGroup(node)
      ? refuseUnseen(node.of, `${at}.of`)
      : isPageOnly(node.kind) && !told.includes(node.kind)
        ? failure('invalid', `A score cannot count ${node.kind}: only the page sees it.`, {
            path: at,
            refusal: { is: 'pageAlone' },
          })
        : null
    if (fault) return fault
  }
  return null
}

const isPageOnly = (kind: string): boolean => kinds.some(({ id, known }) => id === kind && known === 'page')
