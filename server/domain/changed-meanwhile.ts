import { type Failure, failure } from '../../shared/result.ts'
import { revisionOf } from './proactive/rules-versions.ts'

/** Whoever wrote while somebody else did overwrites nothing unseen. */
export const changedMeanwhile = (
  held: object,
  ifRevision: string | undefined,
): { ok: false; error: Failure } | null =>
  ifRevision === undefined || revisionOf(held) === ifRevision
    ? null
    : failure('conflict', 'This has been changed meanwhile.', { path: 'ifRevision' })
