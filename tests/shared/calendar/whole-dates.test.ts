import fc from 'fast-check'
import { expect, it } from 'vitest'
import { calendarKinds, dateOf, dayOf } from '../../../shared/calendar/dates.ts'
import { dayOfWholeDate, wholeDateOn } from '../../../shared/calendar/whole-dates.ts'

const dayOn = (...[kind, year, month, day]: [(typeof calendarKinds)[number], number, number, number]) => {
  const found = dayOfWholeDate(kind, { year, month, day })
  return found === null ? null : dateOf(found)
}

it('M113 a day is the same one in each calendar', () => {
  expect(dayOn('gregorian', 2026, 3, 21)).toBe('2026-03-21')
  expect(dayOn('jalali', 1405, 1, 1)).toBe('2026-03-21')
  expect(dayOn('hijri', 1447, 9, 1)).toBe('2026-02-18')
})

it('M113 a year has only the days it has', () => {
  expect(dayOn('jalali', 1403, 12, 30)).toBe('2025-03-20')
  expect(dayOn('jalali', 1404, 12, 30)).toBeNull()
  expect(dayOn('gregorian', 2027, 2, 29)).toBeNull()
})

it('M113 every day finds back to itself', () => {
  const days = fc.integer({ min: dayOf('1970-01-01'), max: dayOf('2149-12-31') })
  fc.assert(
    fc.property(fc.constantFrom(...calendarKinds), days, (kind, day) => {
      expect(dayOfWholeDate(kind, wholeDateOn(kind, day))).toBe(day)
    }),
    { seed: 113, numRuns: 60 },
  )
})
