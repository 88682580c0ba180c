import fc from 'fast-check'
import { type CalendarKind, calendarKinds, mostDays } from '../../../shared/calendar/dates.ts'
import type { Holiday, HoursException, OfficeHours, Schedule, Shift } from '../../../shared/calendar/hours.ts'

const minute = 60_000
const day = 1_440 * minute

/** Nights on which clocks are changed: Berlin, New York, Tehran, Cairo and Lord Howe, forward and back. */
const changes = [
  ...[Date.UTC(2026, 2, 29), Date.UTC(2026, 9, 25), Date.UTC(2026, 2, 8), Date.UTC(2026, 10, 1)],
  ...[Date.UTC(2021, 2, 21), Date.UTC(2021, 8, 21), Date.UTC(2026, 3, 23), Date.UTC(2026, 9, 29)],
  ...[Date.UTC(2026, 3, 4), Date.UTC(2026, 9, 3)],
]
export const anyMoment = fc
  .tuple(fc.constantFrom(...changes), fc.integer({ min: -3 * 1_440, max: 3 * 1_440 }))
  .map(([from, minutes]) => from + minutes * minute + 17_000)

const time = fc
  .tuple(fc.nat(23), fc.constantFrom('00', '30'))
  .map(([hour, rest]) => `${String(hour).padStart(2, '0')}:${rest}`)

const shift: fc.Arbitrary<Shift> = fc.record({
  days: fc.uniqueArray(fc.constantFrom<1 | 2 | 3 | 4 | 5 | 6 | 7>(1, 2, 3, 4, 5, 6, 7), {
    minLength: 1,
    maxLength: 7,
  }),
  from: time,
  to: time,
})
const places = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Tehran',
  'Africa/Cairo',
  'Australia/Lord_Howe',
]
const schedule = {
  timeZone: fc.constantFrom(...places),
  weekly: fc.array(shift, { minLength: 1, maxLength: 3 }),
}
export const anySchedule: fc.Arbitrary<Schedule> = fc.record(schedule)

const name = fc.constant('Closed')
const date = fc.tuple(fc.constantFrom(...changes), fc.nat(8)).map(([from, days]) => dateOf(from + days * day))
const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10)
const dayIn = (on: CalendarKind) =>
  fc
    .integer({ min: 1, max: 12 })
    .chain((month) =>
      fc.record({ month: fc.constant(month), day: fc.integer({ min: 1, max: mostDays(on, month) }) }),
    )

const holiday: fc.Arbitrary<Holiday> = fc.oneof(
  fc.record(
    { on: fc.constant('date' as const), name, date, days: fc.integer({ min: 1, max: 4 }) },
    { requiredKeys: ['on', 'name', 'date'] },
  ),
  fc
    .constantFrom(...calendarKinds)
    .chain((on) =>
      fc
        .tuple(dayIn(on), fc.integer({ min: 1, max: 9 }))
        .map(([monthDay, days]) => ({ on, name: 'Feast', ...monthDay, days })),
    ),
)
const weekly = fc.array(shift, { minLength: 1, maxLength: 2 })
const exception: fc.Arbitrary<HoursException> = fc
  .constantFrom(...calendarKinds)
  .chain((on) => fc.record({ on: fc.constant(on), name, from: dayIn(on), to: dayIn(on), weekly }))

export const anyHours: fc.Arbitrary<OfficeHours> = fc.record(
  {
    ...schedule,
    weekly: fc.array(shift, { maxLength: 3 }),
    holidays: fc.array(holiday, { maxLength: 4 }),
    exceptions: fc.array(exception, { maxLength: 2 }),
    first: fc.constant('2021-03-21'),
    last: fc.constant('2026-10-25'),
  },
  { requiredKeys: ['timeZone', 'weekly'] },
)
