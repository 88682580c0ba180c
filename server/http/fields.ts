import * as v from 'valibot'
import { AgentId, SiteId, SiteKey } from '../../shared/ids.ts'
import { day } from '../../shared/limits.ts'
import { failure, type Result, success } from '../../shared/result.ts'
import type { Domain } from '../domain/domain.ts'
import type { Period } from '../history/history.ts'

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

export const periodFields = {
  from: v.optional(moment),
  to: v.optional(moment),
  site: siteName,
  agent: v.optional(AgentId),
  /** Who belonged to it when their conversation began. */
  segment: v.optional(v.string()),
  clock: v.optional(v.literal('wall', 'must be wall: the only clock there is so far')),
  format: v.optional(v.picklist(['json', 'csv'], 'must be json or csv'), 'json'),
}

interface AskedPeriod {
  from?: number
  to?: number
  site?: SiteId | SiteKey
  agent?: AgentId
  segment?: string
}

const longest = 366 * day

/** The period asked for; without bounds the last seven days. */
export function readPeriod(domain: Domain, asked: AskedPeriod, now: number): Result<Period> {
  const site = readSite(domain, asked.site)
  if (!site.ok) return site
  if (asked.segment !== undefined && !domain.segments.byId(asked.segment))
    return failure('invalid', 'There is no such segment.', { path: 'query.segment' })
  const to = asked.to ?? now
  const from = asked.from ?? to - 7 * day
  if (from >= to) return failure('invalid', 'query.from must be before query.to.', { path: 'query.from' })
  if (to - from > longest)
    return failure('invalid', 'A report covers at most a year.', { path: 'query.from' })
  return success({
    from,
    to,
    ...(site.value ? { siteId: site.value } : {}),
    ...(asked.agent ? { agentId: asked.agent } : {}),
    ...(asked.segment === undefined ? {} : { segment: asked.segment }),
  })
}

export function readSite(domain: Domain, name: SiteId | SiteKey | undefined): Result<SiteId | undefined> {
  if (name === undefined) return success(undefined)
  const site = domain.sites.list().find((one) => one.id === name || one.key === name)
  return site ? success(site.id) : failure('invalid', 'There is no such site.', { path: 'query.site' })
}
