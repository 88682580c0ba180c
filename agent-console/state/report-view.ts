import * as v from 'valibot'
import { isDate } from '../../shared/calendar/dates.ts'
import { isTimeZone } from '../../shared/calendar/zone.ts'
import { AgentId, RuleId, SiteId } from '../../shared/ids.ts'
import { askStates, caseFigures } from '../../shared/metrics/case-figures.ts'
import { respects } from '../../shared/metrics/groups.ts'
import { reportLists } from './report-lists.ts'

/** The sections of the reports, in their order on the screen. */
export const reportParts = [
  'overview',
  'responses',
  'satisfaction',
  'volume',
  'staffing',
  'agents',
  'journeys',
  'proactive',
  'turns',
] as const
export type ReportPart = (typeof reportParts)[number]

export const periodChoices = ['today', '7', '30', '90', 'month', 'lastMonth'] as const
export type PeriodChoice = (typeof periodChoices)[number]

export const readerCalendars = ['gregorian', 'jalali'] as const
export type ReaderCalendar = (typeof readerCalendars)[number]

export const reportClocks = ['wall', 'business', 'staffed'] as const
export type ReportClock = (typeof reportClocks)[number]

const word = v.pipe(v.string(), v.minLength(1), v.maxLength(300))
const date = v.pipe(v.string(), v.check(isDate))
const whole = (least: number, most: number) =>
  v.pipe(
    v.string(),
    v.regex(/^\d{1,13}$/),
    v.check((text) => Number(text) >= least && Number(text) <= most),
  )

const fields = {
  part: v.picklist(reportParts),
  period: v.picklist(periodChoices),
  /** Dates, both included; they hold where there are both, whatever `period` says. */
  from: date,
  to: date,
  /** IANA; the reader's own where there is none. A link that is handed on names it. */
  zone: v.pipe(v.string(), v.check(isTimeZone)),
  /** The one of the reader's language where there is none. */
  calendar: v.picklist(readerCalendars),
  compare: v.literal('previous'),
  clock: v.picklist(reportClocks),
  site: SiteId,
  team: word,
  agent: AgentId,
  segment: word,
  language: word,
  device: v.picklist(['desktop', 'phone']),
  /** What the path of the page begins with. */
  page: word,
  proactive: v.picklist(['yes', 'no']),
  /** What the turns are narrowed to. */
  measure: v.picklist(['response', 'firstResponse.customer', 'firstResponse.human']),
  /** Of the distribution: at most so many ms and more than the one before, or more than all. */
  bucket: v.pipe(v.string(), v.regex(/^(\d{1,12}|more)$/)),
  weekday: whole(1, 7),
  hour: whole(0, 23),
  /** Of which figure the cases are to be looked at, and which of them; see `CasesWanted`. */
  figure: v.picklist(caseFigures),
  day: date,
  by: v.picklist(respects),
  key: v.pipe(v.string(), v.maxLength(2_000)),
  outcome: v.picklist(['yes', 'no']),
  unanswered: v.literal('yes'),
  state: v.picklist(askStates),
  answer: whole(0, 10),
  /** What is to be looked at that is no such case: of which rule and text, of which cause or category. */
  list: v.picklist(reportLists),
  rule: RuleId,
  variant: v.pipe(v.string(), v.maxLength(100)),
  cause: v.pipe(v.string(), v.maxLength(40)),
  category: v.pipe(v.string(), v.maxLength(40)),
}

/** What the reports are looked at for: all of it stands in the address. */
export type ReportView = { -readonly [Name in keyof typeof fields]?: v.InferOutput<(typeof fields)[Name]> }

export const reportFilters = [
  'site',
  'team',
  'agent',
  'segment',
  'language',
  'device',
  'page',
  'proactive',
] as const
export type ReportFilter = (typeof reportFilters)[number]

/** What only the list of turns is narrowed by. */
export const turnNarrowings = [
  ...(['measure', 'bucket', 'weekday', 'hour'] as const),
  ...(['figure', 'day', 'by', 'key', 'outcome', 'unanswered', 'state', 'answer'] as const),
] as const

/** What only the other lists are narrowed by. */
export const listNarrowings = ['list', 'rule', 'variant', 'cause', 'category'] as const

const ReportView = v.partial(v.object(fields))

/** A part that cannot be understood is left out: an address made by hand shows something all the same. */
export function reportViewIn(part: string, search: string): ReportView {
  let view: ReportView = {}
  for (const [name, value] of [['part', part] as const, ...new URLSearchParams(search)]) {
    const more = v.safeParse(ReportView, { ...view, [name]: value })
    if (more.success) view = more.output
  }
  return view
}

export function reportHref({ part, ...asked }: ReportView): string {
  const parts = Object.entries(asked).filter(([, value]) => value !== undefined)
  const search = new URLSearchParams(parts).toString()
  return `#/reports${part && part !== 'overview' ? `/${part}` : ''}${search && `?${search}`}`
}
