import fc from 'fast-check'
import { expect, it } from 'vitest'
import { nextOpening, openAt, type Schedule } from '../../../shared/triggers/schedule.ts'

const minute = 60_000
const day = 1_440
/** Around the nights on which clocks are put forward and back. */
const spring = Date.UTC(2026, 2, 27)
const autumn = Date.UTC(2026, 9, 23)
const anyMoment = fc
  .tuple(fc.constantFrom(spring, autumn), fc.nat(6 * day))
  .map(([from, minutes]) => from + minutes * minute + 17_000)
const time = fc
  .tuple(fc.nat(23), fc.constantFrom('00', '30'))
  .map(([hour, rest]) => `${String(hour).padStart(2, '0')}:${rest}`)
const anySchedule: fc.Arbitrary<Schedule> = fc.record({
  timeZone: fc.constantFrom('UTC', 'Europe/London', 'Asia/Tehran', 'Australia/Lord_Howe'),
  weekly: fc.array(
    fc.record({
      days: fc.uniqueArray(fc.constantFrom<1 | 2 | 3 | 4 | 5 | 6 | 7>(1, 2, 3, 4, 5, 6, 7), {
        minLength: 1,
        maxLength: 4,
      }),
      from: time,
      to: time,
    }),
    { minLength: 1, maxLength: 2 },
  ),
})

it('T18 the hours begin when they are said to, and not before', () => {
  fc.assert(
    fc.property(anySchedule, anyMoment, (schedule, now) => {
      fc.pre(!openAt(schedule, now))
      const opening = nextOpening(schedule, now)
      const until = opening ?? now + (day - 60) * minute
      for (let at = now; at < until; at += 10 * minute) expect(openAt(schedule, at)).toBe(false)
      if (opening !== null)
        expect([openAt(schedule, opening), openAt(schedule, opening - 1)]).toEqual([true, false])
    }),
    { numRuns: 100 },
  )
})

it('T18 the hours are those of the place, whatever its clock does', () => {
  const london: Schedule = { timeZone: 'Europe/London', weekly: [{ days: [7], from: '09:00', to: '17:00' }] }
  expect(nextOpening(london, Date.UTC(2026, 2, 28, 22))).toBe(Date.UTC(2026, 2, 29, 8))
  expect(nextOpening(london, Date.UTC(2026, 9, 24, 22))).toBe(Date.UTC(2026, 9, 25, 9))
  expect(nextOpening(london, Date.UTC(2026, 9, 25, 18))).toBeNull()
})

it('T18 a shift past midnight goes on to its end after a day of 23 hours', () => {
  const london: Schedule = { timeZone: 'Europe/London', weekly: [{ days: [7], from: '02:00', to: '02:00' }] }
  expect(openAt(london, Date.UTC(2026, 2, 29, 23, 30))).toBe(true)
  expect(openAt(london, Date.UTC(2026, 2, 30, 1))).toBe(false)
})
