import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { OfficeHours, Shift } from '../../../shared/calendar/hours.ts'
import { workClock } from '../../../shared/calendar/work-clock.ts'
import { anyHours, anyMoment } from './any-hours.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const everyDay: Shift['days'] = [1, 2, 3, 4, 5, 6, 7]
const hours = (timeZone: string, weekly: Shift[], more: Partial<OfficeHours> = {}) =>
  workClock({ timeZone, weekly, ...more })
const at = (text: string): number => Date.parse(text)

it('K2 business time adds up over whatever a span is cut into', () => {
  fc.assert(
    fc.property(anyHours, anyMoment, fc.array(fc.nat(20 * day), { maxLength: 6 }), (calendar, from, cuts) => {
      const clock = workClock(calendar)
      const moments = [from, ...cuts.map((cut) => from + cut)].sort((a, b) => a - b)
      const pieces = moments.slice(1).map((moment, i) => clock.between(moments[i] ?? from, moment))
      const whole = clock.between(from, moments.at(-1) ?? from)
      expect(pieces.reduce((sum, piece) => sum + piece, 0)).toBe(whole)
    }),
  )
})

it('K2 business time is never negative and at most the time on the wall', () => {
  fc.assert(
    fc.property(
      anyHours,
      anyMoment,
      fc.integer({ min: -40 * day, max: 40 * day }),
      (calendar, from, long) => {
        const open = workClock(calendar).between(from, from + long)
        expect(open).toBeGreaterThanOrEqual(0)
        expect(open).toBeLessThanOrEqual(Math.max(long, 0))
      },
    ),
  )
})

it('K2 business time is what its open spans come to, and each moment of them is open', () => {
  fc.assert(
    fc.property(anyHours, anyMoment, fc.nat(40 * day), (calendar, from, long) => {
      const clock = workClock(calendar)
      const spans = clock.spans(from, from + long)
      expect(spans.reduce((sum, span) => sum + span.to - span.from, 0)).toBe(clock.between(from, from + long))
      for (const span of spans)
        expect([clock.isOpen(span.from), clock.isOpen(span.to - 1)]).toEqual([true, true])
      for (const [i, span] of spans.entries())
        expect(span.from).toBeGreaterThan(spans[i - 1]?.to ?? Number.NEGATIVE_INFINITY)
    }),
  )
})

it('K21 business time that must pass ends at the first moment at which it has', () => {
  fc.assert(
    fc.property(anyHours, anyMoment, fc.nat(30 * hour), (calendar, from, open) => {
      const clock = workClock(calendar)
      const at = clock.after(from, open)
      fc.pre(at !== null)
      expect(clock.between(from, at)).toBe(open)
      if (open > 0) expect(clock.between(from, at - 1)).toBe(open - 1)
    }),
  )
  expect(hours('UTC', [], { last: '2020-01-01' }).after(at('2026-01-01T00:00Z'), hour)).toBeNull()
})

it('K2 the answer is the same whichever years were asked for before', () => {
  fc.assert(
    fc.property(anyHours, anyMoment, fc.integer({ min: -20, max: 20 }), (calendar, from, years) => {
      const fresh = workClock({ ...calendar }).between(from, from + 30 * day)
      const clock = workClock({ ...calendar })
      clock.isOpen(from + years * 365 * day)
      expect(clock.between(from, from + 30 * day)).toBe(fresh)
    }),
    { numRuns: 30 },
  )
})

it('K3 a lunch break is not worked through', () => {
  const clock = hours('UTC', [
    { days: [1], from: '09:00', to: '12:00' },
    { days: [1], from: '13:30', to: '17:00' },
  ])
  expect(clock.between(at('2026-11-23T11:50Z'), at('2026-11-23T13:40Z'))).toBe(20 * minute)
  expect(clock.isOpen(at('2026-11-23T12:30Z'))).toBe(false)
  expect(clock.nextOpening(at('2026-11-23T12:30Z'))).toBe(at('2026-11-23T13:30Z'))
})

it('K3 a night shift belongs to the day it began on, and shifts that overlap count once', () => {
  const clock = hours('UTC', [
    { days: [5], from: '22:00', to: '06:00' },
    { days: [6], from: '05:00', to: '07:00' },
  ])
  expect(clock.spans(at('2026-11-20T00:00Z'), at('2026-11-23T00:00Z'))).toEqual([
    { from: at('2026-11-20T22:00Z'), to: at('2026-11-21T07:00Z') },
  ])
})

/** Open from midnight to eight each night, so that the changed hour is worked. */
const nights: Shift[] = [{ days: everyDay, from: '00:00', to: '08:00' }]

it.each([
  ['Europe/Berlin', '2026-03-28T23:00Z', 7],
  ['Europe/Berlin', '2026-10-24T22:00Z', 9],
  ['America/New_York', '2026-03-08T05:00Z', 7],
  ['America/New_York', '2026-11-01T04:00Z', 9],
  ['Asia/Tehran', '2021-03-21T20:30Z', 7],
  ['Africa/Cairo', '2026-04-23T22:00Z', 7],
  ['Australia/Lord_Howe', '2026-04-04T13:00Z', 8.5],
  ['Australia/Lord_Howe', '2026-10-03T13:30Z', 7.5],
])('K4 in %s the night of %s has %s hours of its eight', (zone, midnight, worked) => {
  const clock = hours(zone, nights)
  expect(clock.between(at(midnight) - 2 * hour, at(midnight) + 12 * hour)).toBe(worked * hour)
})

it.each([
  ['Asia/Tehran', '2021-09-20T19:30Z', 25],
  ['Asia/Tehran', '2022-09-20T19:30Z', 25],
  ['Asia/Tehran', '2023-03-21T20:30Z', 24],
  ['Africa/Cairo', '2026-10-28T21:00Z', 25],
  ['America/Havana', '2026-11-01T04:00Z', 25],
])('K4 in %s the day that begins at %s is %s hours long', (timeZone, midnight, long) => {
  const clock = hours(timeZone, [], {
    first: localDate(timeZone, at(midnight)),
    last: localDate(timeZone, at(midnight)),
  })
  expect(clock.spans(at(midnight) - 3 * day, at(midnight) + 3 * day)).toEqual([
    { from: at(midnight), to: at(midnight) + long * hour },
  ])
})

const localDate = (timeZone: string, moment: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone }).format(moment)

it('K4 a day office keeps its hours on the wall on both sides of a change', () => {
  const clock = hours('Europe/Berlin', [{ days: everyDay, from: '09:00', to: '17:00' }])
  expect(clock.spans(at('2026-03-28T00:00Z'), at('2026-03-30T00:00Z'))).toEqual([
    { from: at('2026-03-28T08:00Z'), to: at('2026-03-28T16:00Z') },
    { from: at('2026-03-29T07:00Z'), to: at('2026-03-29T15:00Z') },
  ])
})

it('K5 answers are bounded however far they reach', () => {
  const clock = hours('UTC', [{ days: [1], from: '09:00', to: '10:00' }])
  expect(clock.between(at('2026-01-01T00:00Z'), at('2066-01-01T00:00Z'))).toBe(2_087 * hour)
  expect(clock.between(0, Number.MAX_SAFE_INTEGER)).toBeGreaterThan(9_000 * hour)
  expect(clock.isOpen(8.64e15)).toBe(false)
  expect(hours('UTC', [], { last: '2020-01-01' }).nextOpening(at('2026-01-01T00:00Z'))).toBeNull()
  expect(hours('UTC', [], { first: '2040-02-03' }).nextOpening(at('2026-01-01T00:00Z'))).toBe(
    at('2040-02-03T00:00Z'),
  )
})
