import * as v from 'valibot'
import { isTimeZone } from '../../shared/calendar/zone.ts'
import { AgentId, type SiteId, type SiteKey } from '../../shared/ids.ts'
import { day, limits } from '../../shared/limits.ts'
import { clockNames } from '../../shared/metrics/clocks.ts'
import { failure, type Result, success } from '../../shared/result.ts'
import type { Domain } from '../domain/domain.ts'
import type { ReportAsk } from '../domain/reporting-question.ts'
import { moment, readSite, siteName } from './fields.ts'

const word = v.pipe(v.string(), v.minLength(1, 'must not be empty'), v.maxLength(300))

/** Which time and which site. */
export const periodFields = {
  from: v.optional(moment),
  to: v.optional(moment),
  site: siteName,
  format: v.optional(v.picklist(['json', 'csv'], 'must be json or csv'), 'json'),
}

/** What a report made from conversations may be asked with besides. */
export const reportFields = {
  ...periodFields,
  /** One of its people had it or answered. */
  team: v.optional(word),
  agent: v.optional(AgentId),
  /** Who belonged to it when their conversation began. */
  segment: v.optional(word),
  /** A BCP 47 tag, or what it begins with. */
  language: v.optional(v.pipe(word, v.maxLength(limits.localeCharacters))),
  /** What the path of the page begins with on which it began. */
  page: v.optional(v.pipe(word, v.startsWith('/', 'must be a path such as /pricing'))),
  device: v.optional(v.picklist(['desktop', 'phone'], 'must be desktop or phone')),
  proactive: v.optional(v.picklist(['yes', 'no'], 'must be yes or no')),
  clock: v.optional(v.picklist(clockNames, 'must be wall, business or staffed')),
  /** By which days and hours are told apart. */
  timeZone: v.optional(
    v.pipe(
      v.string(),
      v.maxLength(60),
      v.check((name) => isTimeZone(name), 'must be a time zone such as Asia/Tehran'),
    ),
  ),
}

export const compareField = {
  compare: v.optional(v.literal('previous', 'must be previous, the period before')),
}

interface AskedPeriod {
  from?: number
  to?: number
  site?: SiteId | SiteKey
}

type AskedReport = AskedPeriod &
  Partial<
    Omit<v.InferOutput<v.StrictObjectSchema<typeof reportFields, undefined>>, keyof typeof periodFields>
  > & {
    compare?: 'previous' | undefined
  }

const longest = 366 * day

/** The period asked for; without bounds the last seven days. */
export function readPeriod(
  domain: Domain,
  asked: AskedPeriod,
  now: number,
): Result<Pick<ReportAsk, 'from' | 'to' | 'siteId'>> {
  const site = readSite(domain, asked.site)
  if (!site.ok) return site
  const to = asked.to ?? now
  const from = asked.from ?? to - 7 * day
  if (from >= to) return failure('invalid', 'query.from must be before query.to.', { path: 'query.from' })
  if (to - from > longest)
    return failure('invalid', 'A report covers at most a year.', { path: 'query.from' })
  return success({ from, to, ...(site.value ? { siteId: site.value } : {}) })
}

/** One that there is. */
export const readSegment = (domain: Domain, { segment }: { segment?: string | undefined }): Result<void> =>
  segment === undefined || domain.segments.byId(segment)
    ? success(undefined)
    : failure('invalid', 'There is no such segment.', { path: 'query.segment' })

export function readReportAsk(domain: Domain, asked: AskedReport, now: number): Result<ReportAsk> {
  const period = readPeriod(domain, asked, now)
  if (!period.ok) return period
  const segment = readSegment(domain, asked)
  if (!segment.ok) return segment
  if (asked.team !== undefined && !domain.teams.byId(asked.team))
    return failure('invalid', 'There is no such team.', { path: 'query.team' })
  const { team, agent, language, page, device, proactive, clock, timeZone, compare } = asked
  return success({
    ...period.value,
    ...{ team, agentId: agent, segment: asked.segment, language, page, device, clock, timeZone },
    proactive: proactive === undefined ? undefined : proactive === 'yes',
    compare: compare !== undefined,
  })
}
