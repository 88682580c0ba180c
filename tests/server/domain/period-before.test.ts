import { describe, expect, it } from 'vitest'
import { periodBefore } from '../../../server/domain/reporting-question.ts'

const at = (iso: string): number => Date.parse(iso)
const later = at('2027-01-01T00:00Z')
const told = ({ from, to }: { from: number; to: number }) =>
  [from, to].map((one) => new Date(one).toISOString())

describe('M121 the period before', () => {
  it('begins at midnight where clocks were put back in between', () => {
    const week = { from: at('2026-10-23T22:00Z'), to: at('2026-10-30T23:00Z'), timeZone: 'Europe/Berlin' }
    expect(told(periodBefore(week, later))).toEqual(['2026-10-16T22:00:00.000Z', '2026-10-23T22:00:00.000Z'])
  })

  it('begins at midnight where they were put back before it', () => {
    const week = { from: at('2026-10-26T23:00Z'), to: at('2026-11-02T23:00Z'), timeZone: 'Europe/Berlin' }
    expect(told(periodBefore(week, later))).toEqual(['2026-10-19T22:00:00.000Z', '2026-10-26T23:00:00.000Z'])
  })

  it('begins at midnight where they were put forward', () => {
    const day = { from: at('2026-03-29T22:00Z'), to: at('2026-03-30T22:00Z'), timeZone: 'Europe/Berlin' }
    expect(told(periodBefore(day, later))).toEqual(['2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'])
  })

  it('is as long in UTC, where no place is named', () => {
    const day = { from: at('2026-03-29T00:00Z'), to: at('2026-03-30T00:00Z') }
    expect(told(periodBefore(day, later))).toEqual(['2026-03-28T00:00:00.000Z', '2026-03-29T00:00:00.000Z'])
  })
})

describe('M122 of a period that is not over', () => {
  it('the one before goes as far as it has come, by the clock of the place', () => {
    const day = { from: at('2026-03-29T22:00Z'), to: at('2026-03-30T22:00Z'), timeZone: 'Europe/Berlin' }
    expect(told(periodBefore(day, at('2026-03-30T07:30Z')))).toEqual([
      '2026-03-28T23:00:00.000Z',
      '2026-03-29T07:30:00.000Z',
    ])
  })

  it('the one before is whole where it has not begun, or is over', () => {
    const day = { from: at('2026-05-02T00:00Z'), to: at('2026-05-03T00:00Z') }
    const whole = ['2026-05-01T00:00:00.000Z', '2026-05-02T00:00:00.000Z']
    expect(told(periodBefore(day, at('2026-05-01T12:00Z')))).toEqual(whole)
    expect(told(periodBefore(day, at('2026-05-03T00:00Z')))).toEqual(whole)
  })
})
