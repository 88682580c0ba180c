import { describe, expect, it } from 'vitest'
import { dayInMonthFrom, monthFrom, weeksOf } from '../../agent-console/reports/month-grid.ts'
import { daysOf, periodOf, pinned, type Reader, readerOf } from '../../agent-console/reports/period.ts'
import type { ReportView } from '../../agent-console/state/report-view.ts'
import { dateOf, dayOf } from '../../shared/calendar/dates.ts'

const tehran: Reader = { zone: 'Asia/Tehran', calendar: 'jalali' }
const berlin: Reader = { zone: 'Europe/Berlin', calendar: 'gregorian' }
/** 25 March 2026, 5 Farvardin 1405; in Tehran it is already the 26th. */
const now = Date.UTC(2026, 2, 25, 21)

const dates = (view: ReportView, reader: Reader) => {
  const { first, last } = daysOf(view, reader, now)
  return [dateOf(first), dateOf(last)]
}

describe('the days of a report', () => {
  it('M71 are whole days where the reader is, today included', () => {
    expect(dates({}, berlin)).toEqual(['2026-03-19', '2026-03-25'])
    expect(dates({ period: 'today' }, tehran)).toEqual(['2026-03-26', '2026-03-26'])
  })

  it('M71 are those of the month of the calendar that is chosen', () => {
    expect(dates({ period: 'month' }, berlin)).toEqual(['2026-03-01', '2026-03-25'])
    expect(dates({ period: 'lastMonth' }, berlin)).toEqual(['2026-02-01', '2026-02-28'])
    expect(dates({ period: 'month' }, tehran)).toEqual(['2026-03-21', '2026-03-26'])
    // Esfand 1404 has 29 days.
    expect(dates({ period: 'lastMonth' }, tehran)).toEqual(['2026-02-20', '2026-03-20'])
  })

  it('M71 may be an hour more or less where clocks are changed', () => {
    const { from, to } = periodOf({ first: dayOf('2026-03-29'), last: dayOf('2026-03-29') }, berlin.zone)
    expect([from, to - from]).toEqual([Date.UTC(2026, 2, 28, 23), 23 * 3_600_000])
  })

  it('M71 of the reader hold where there are both, and in order', () => {
    const own = { from: '2026-01-02', to: '2026-01-03', period: '90' } as const
    expect(dates(own, berlin)).toEqual(['2026-01-02', '2026-01-03'])
    expect(dates({ ...own, to: '2026-01-01' }, berlin)[1]).toBe('2026-03-25')
  })

  it('M72 are the same for whoever opens the link that is handed on, a month later and elsewhere', () => {
    const link = pinned({ period: '7', agent: undefined }, tehran, now)
    const other = readerOf(link, 'en', 'Pacific/Auckland')
    expect(periodOf(daysOf(link, other, now + 1e9), other.zone)).toEqual(
      periodOf(daysOf({ period: '7' }, tehran, now), tehran.zone),
    )
  })
})

describe('a month on a calendar', () => {
  const names = (weeks: (number | null)[][]) =>
    weeks.map((week) => week.map((day) => day && dateOf(day).slice(5)))

  it('M73 stands in weeks that begin where the week begins', () => {
    const weeks = names(weeksOf('jalali', dayOf('2026-04-01'), 6))
    expect(weeks[0]).toEqual(['03-21', '03-22', '03-23', '03-24', '03-25', '03-26', '03-27'])
    expect(weeks.at(-1)?.filter(Boolean).at(-1)).toBe('04-20')
    expect(names(weeksOf('gregorian', dayOf('2026-02-10'), 7))[0]?.[0]).toBe('02-01')
  })

  it('M73 is followed by the next one, over the turn of the year as well', () => {
    expect(dateOf(monthFrom('jalali', dayOf('2026-03-25'), -1))).toBe('2026-02-20')
    expect(dateOf(monthFrom('gregorian', dayOf('2026-01-31'), 13))).toBe('2027-02-01')
  })

  it('M73 is left for the same day of another, or for its last', () => {
    expect(dateOf(dayInMonthFrom('gregorian', dayOf('2026-01-31'), 1))).toBe('2026-02-28')
    expect(dateOf(dayInMonthFrom('jalali', dayOf('2026-04-20'), -1))).toBe('2026-03-20')
  })
})
