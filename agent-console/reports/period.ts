import { dateOf, dayOf } from '../../shared/calendar/dates.ts'
import { momentOf, offsetAt } from '../../shared/calendar/zone.ts'
import { day } from '../../shared/limits.ts'
import type { Locale } from '../../shared/locale.ts'
import type { PeriodChoice, ReaderCalendar, ReportView } from '../state/report-view.ts'
import { monthFrom, monthStart } from './month-grid.ts'

/** Whole days, both included, counted from 1970-01-01. */
export interface Days {
  first: number
  last: number
}

/** `from` inclusive, `to` exclusive, ms. */
export interface Period {
  from: number
  to: number
}

/** Whose days they are. */
export interface Reader {
  zone: string
  calendar: ReaderCalendar
}

export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'

export const calendarOfLocale = (locale: Locale): ReaderCalendar => (locale === 'fa' ? 'jalali' : 'gregorian')

export const readerOf = (view: ReportView, locale: Locale, own: string): Reader => ({
  zone: view.zone ?? own,
  calendar: view.calendar ?? calendarOfLocale(locale),
})

export const dayAt = (zone: string, at: number): number => Math.floor((at + offsetAt(zone, at)) / day)

export const usualChoice: PeriodChoice = '7'

/** What is chosen; null for days of one's own. */
export const choiceOf = (view: ReportView): PeriodChoice | null =>
  ownDays(view) ? null : (view.period ?? usualChoice)

function ownDays({ from, to }: ReportView): Days | null {
  if (from === undefined || to === undefined) return null
  const [first, last] = [dayOf(from), dayOf(to)]
  return first <= last ? { first, last } : null
}

export const daysOf = (view: ReportView, reader: Reader, now: number): Days =>
  ownDays(view) ?? daysOfChoice(view.period ?? usualChoice, reader, now)

/** The days of a choice, today included. */
export function daysOfChoice(choice: PeriodChoice, { zone, calendar }: Reader, now: number): Days {
  const today = dayAt(zone, now)
  const thisMonth = monthStart(calendar, today)
  switch (choice) {
    case 'today':
      return { first: today, last: today }
    case 'month':
      return { first: thisMonth, last: today }
    case 'lastMonth':
      return { first: monthFrom(calendar, today, -1), last: thisMonth - 1 }
    default:
      return { first: today - Number(choice) + 1, last: today }
  }
}

/** From midnight to midnight where the reader is, whatever the clocks did between. */
export const periodOf = ({ first, last }: Days, zone: string): Period => ({
  from: momentOf(zone, first * day),
  to: momentOf(zone, (last + 1) * day),
})

/** The same days whoever opens it, and whenever. */
export const pinned = (view: ReportView, reader: Reader, now: number): ReportView => {
  const { period: _, ...rest } = view
  const { first, last } = daysOf(view, reader, now)
  return { ...rest, from: dateOf(first), to: dateOf(last), zone: reader.zone }
}
