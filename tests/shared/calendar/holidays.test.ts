import { expect, it } from 'vitest'
import { intlCalendar } from '../../../shared/calendar/dates.ts'
import type { Holiday, HoursException, OfficeHours } from '../../../shared/calendar/hours.ts'
import { workClock } from '../../../shared/calendar/work-clock.ts'

const hour = 3_600_000
const at = (text: string): number => Date.parse(text)
const office = (more: Partial<OfficeHours>) =>
  workClock({
    timeZone: 'UTC',
    weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '09:00', to: '17:00' }],
    ...more,
  })
const opensOn = (clock: ReturnType<typeof office>, date: string): boolean =>
  clock.isOpen(at(`${date}T12:00Z`))

/** Which of these days are closed. */
const closed = (holidays: Holiday[], dates: string[]): string[] =>
  dates.filter((date) => !opensOn(office({ holidays }), date))

it('K6 a holiday of one date lasts its days', () => {
  const party: Holiday = { on: 'date', name: 'Party', date: '2026-12-30', days: 3 }
  const days = ['2026-12-29', '2026-12-30', '2026-12-31', '2027-01-01', '2027-01-02', '2027-12-30']
  expect(closed([party], days)).toEqual(['2026-12-30', '2026-12-31', '2027-01-01'])
})

it('K6 a yearly holiday comes back, and over the new year too', () => {
  const winter: Holiday = { on: 'gregorian', name: 'Winter', month: 12, day: 31, days: 2 }
  const days = ['2025-12-30', '2025-12-31', '2026-01-01', '2026-01-02', '2033-12-31', '2034-01-01']
  expect(closed([winter], days)).toEqual(['2025-12-31', '2026-01-01', '2033-12-31', '2034-01-01'])
})

it('K6 a yearly holiday is left out in years that do not have its day', () => {
  const leap: Holiday = { on: 'gregorian', name: 'Leap day', month: 2, day: 29 }
  expect(closed([leap], ['2027-02-28', '2027-03-01', '2028-02-29', '2028-03-01'])).toEqual(['2028-02-29'])
  const lastOfEsfand: Holiday = { on: 'jalali', name: 'Last of the year', month: 12, day: 30 }
  expect(closed([lastOfEsfand], ['2025-03-20', '2026-03-20', '2026-03-21'])).toEqual(['2025-03-20'])
})

it('K7 a yearly Jalali holiday falls on the days the almanac has for it', () => {
  const nowruz: Holiday = { on: 'jalali', name: 'نوروز', month: 1, day: 1, days: 4 }
  const first = [
    '2017-03-21',
    '2021-03-21',
    '2024-03-20',
    '2025-03-21',
    '2026-03-21',
    '2028-03-20',
    '2030-03-21',
  ]
  expect(closed([nowruz], first)).toEqual(first)
  expect(closed([nowruz], ['2024-03-19', '2025-03-20', '2026-03-20', '2026-03-25', '2030-03-20'])).toEqual([])
  const yalda: Holiday = { on: 'jalali', name: 'یلدا', month: 9, day: 30 }
  expect(closed([yalda], ['2025-12-20', '2025-12-21', '2025-12-22'])).toEqual(['2025-12-21'])
})

it('K7 a yearly Hijri holiday falls where Umm al-Qura has it', () => {
  expect(intlCalendar.hijri).toBe('islamic-umalqura')
  const ramadan: Holiday = { on: 'hijri', name: 'رمضان', month: 9, day: 1 }
  const first = ['2023-03-23', '2024-03-11', '2025-03-01', '2026-02-18']
  expect(closed([ramadan], first)).toEqual(first)
  const fitr: Holiday = { on: 'hijri', name: 'عيد الفطر', month: 10, day: 1, days: 3 }
  const days = ['2026-03-19', '2026-03-20', '2026-03-21', '2026-03-22', '2026-03-23']
  expect(closed([fitr], days)).toEqual(['2026-03-20', '2026-03-21', '2026-03-22'])
})

it('K6 two holidays in a row leave nothing between them, and the night before runs on to its end', () => {
  const clock = office({
    weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '20:00', to: '04:00' }],
    holidays: [
      { on: 'date', name: 'One', date: '2026-11-24' },
      { on: 'date', name: 'Two', date: '2026-11-25' },
    ],
  })
  expect(clock.spans(at('2026-11-23T12:00Z'), at('2026-11-27T00:00Z'))).toEqual([
    { from: at('2026-11-23T20:00Z'), to: at('2026-11-24T04:00Z') },
    { from: at('2026-11-26T20:00Z'), to: at('2026-11-27T00:00Z') },
  ])
})

const ramadanHours: HoursException = {
  ...{ on: 'hijri', name: 'رمضان', from: { month: 9, day: 1 }, to: { month: 9, day: 30 } },
  weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '10:00', to: '15:00' }],
}

it('K8 an exception has hours of its own for its days, also in a month of 29', () => {
  const clock = office({ exceptions: [ramadanHours] })
  const worked = (date: string) => clock.between(at(`${date}T00:00Z`), at(`${date}T24:00Z`)) / hour
  expect(['2026-02-17', '2026-02-18', '2026-03-19', '2026-03-20'].map(worked)).toEqual([8, 5, 5, 8])
  expect(['2025-02-28', '2025-03-01', '2025-03-29', '2025-03-30'].map(worked)).toEqual([8, 5, 5, 8])
})

it('K8 an exception can run over the new year; the first that holds a day counts, a holiday before it', () => {
  const weekly: HoursException['weekly'] = [{ days: [1, 2, 3, 4, 5, 6, 7], from: '10:00', to: '12:00' }]
  const clock = office({
    holidays: [{ on: 'gregorian', name: 'New year', month: 1, day: 1 }],
    exceptions: [
      { on: 'gregorian', name: 'Turn', from: { month: 12, day: 30 }, to: { month: 1, day: 2 }, weekly },
      {
        ...{ on: 'date', name: 'Later', from: '2027-01-02', to: '2027-01-03' },
        weekly: [{ days: [6, 7], from: '06:00', to: '07:00' }],
      },
    ],
  })
  const worked = (date: string) => clock.between(at(`${date}T00:00Z`), at(`${date}T24:00Z`)) / hour
  const dates = ['2026-12-29', '2026-12-31', '2027-01-01', '2027-01-02', '2027-01-03', '2027-01-04']
  expect(dates.map(worked)).toEqual([8, 2, 0, 2, 1, 8])
})
