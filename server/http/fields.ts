import * as v from 'valibot'
import { SiteId, SiteKey } from '../../shared/ids.ts'
import { failure, type Result, success } from '../../shared/result.ts'
import type { Domain } from '../domain/domain.ts'

/** Fields of query strings: everything there is a text. */
const digits = v.pipe(v.string(), v.regex(/^\d{1,9}$/, 'must be a whole number'), v.transform(Number))

export const wholeNumber = v.pipe(
  v.string(),
  v.regex(/^-?\d{1,6}$/, 'must be a whole number'),
  v.transform(Number),
)

/** How many items one answer holds. */
export const limit = (most: number, usual: number) =>
  v.optional(
    v.pipe(digits, v.minValue(1, 'must be at least 1'), v.maxValue(most, `must be at most ${most}`)),
    `${usual}`,
  )

export const after = v.optional(digits, '0')
export const cursor = v.optional(v.pipe(v.string(), v.maxLength(500)))

/** A site by its id or by its key. */
export const siteName = v.optional(v.union([SiteId, SiteKey], 'must be the id or the key of a site'))

export const moment = v.pipe(
  v.string(),
  v.regex(
    /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/,
    'must be a date or a time in ISO 8601, such as 2026-03-21 or 2026-03-21T09:00:00Z',
  ),
  v.transform((value) => Date.parse(value)),
  v.check((value) => Number.isFinite(value), 'must be a date that exists'),
)

export function readSite(domain: Domain, name: SiteId | SiteKey | undefined): Result<SiteId | undefined> {
  if (name === undefined) return success(undefined)
  const site = domain.sites.list().find((one) => one.id === name || one.key === name)
  return site ? success(site.id) : failure('invalid', 'There is no such site.', { path: 'query.site' })
}
