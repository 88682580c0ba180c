import * as v from 'valibot'
import { revisionOf } from '../../domain/proactive/rules-versions.ts'

/** What it was when it was opened: with something else in its place by now, the answer is 409. */
export const ifRevision = v.optional(v.pipe(v.string(), v.maxLength(60)))

export const shown = <One extends object>(held: One, revised: object = held) => ({
  ...held,
  revision: revisionOf(revised),
})

/** What was read can be sent back as it is; the revision in it asks for nothing. */
export const asRead = { revision: v.optional(v.string()) }

export function withoutRevision<Body extends { revision?: string | undefined }>(body: Body) {
  const { revision: _revision, ...rest } = body
  return rest
}
