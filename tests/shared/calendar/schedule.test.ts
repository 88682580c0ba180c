import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Schedule } from '../../../shared/calendar/hours.ts'
import { workClock } from '../../../shared/calendar/work-clock.ts'
import { anyMoment, anySchedule } from './any-hours.ts'

const minute = 60_000
const day = 1_440 * minute

it('K1 the hours begin when they are said to, and not before', () => {
  fc.assert(
    fc.property(anySchedule, anyMoment, (schedule, now) => {
      const { isOpen, nextOpening } = workClock(schedule)
      fc.pre(!isOpen(now))
      const opening = nextOpening(now, day)
      for (let at = now; at < (opening ?? now + day); at += 10 * minute) expect(isOpen(at)).toBe(false)
      if (opening !== null) expect([isOpen(opening), isOpen(opening - 1)]).toEqual([true, false])
    }),
    { numRuns: 100 },
  )
})

const london = (weekly: Schedule['weekly']) => workClock({ timeZone: 'Europe/London', weekly })

it('K1 the hours are those of the place, whatever its clock does', () => {
  const { nextOpening } = london([{ days: [7], from: '09:00', to: '17:00' }])
  expect(nextOpening(Date.UTC(2026, 2, 28, 22))).toBe(Date.UTC(2026, 2, 29, 8))
  expect(nextOpening(Date.UTC(2026, 9, 24, 22))).toBe(Date.UTC(2026, 9, 25, 9))
  expect(nextOpening(Date.UTC(2026, 9, 25, 18), day)).toBeNull()
})

it('K1 a shift past midnight goes on to its end after a day of 23 hours', () => {
  const { isOpen } = london([{ days: [7], from: '02:00', to: '02:00' }])
  expect(isOpen(Date.UTC(2026, 2, 29, 23, 30))).toBe(true)
  expect(isOpen(Date.UTC(2026, 2, 30, 1))).toBe(false)
})
