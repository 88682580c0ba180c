import { describe, expect, it } from 'vitest'
import { shortHours, typicalDay } from '../../agent-console/reports/staffing.ts'
import { heatInWords, heatOf } from '../../agent-console/reports/week-heat.tsx'
import { createWords } from '../../agent-console/ui/words.ts'

const minute = 60_000
const level = (mean: number, max = Math.ceil(mean)) => ({ mean, max })
const at = (hour: number, day = 1) => Date.UTC(2026, 2, day, hour)

describe('the heat of a week', () => {
  it.each([
    [0, null, 0],
    [3, minute, 1],
    [3, minute + 1, 2],
    [3, 5 * minute + 1, 3],
    [3, 60 * minute + 1, 4],
  ])('M75 of %i waits of %s ms is of degree %i', (n, p50, degree) => {
    expect(heatOf({ n, p50 })).toBe(degree)
  })

  it('M75 is said in words as well', () => {
    const cell = { weekday: 7, hour: 14, n: 12, p50: 4 * minute }
    expect(heatInWords(createWords('en'), cell)).toBe('Sunday, 2:00 PM: 12 waits, half of them up to 4 min')
    expect(heatInWords(createWords('fa'), { ...cell, n: 0, p50: null })).toContain('یکشنبه')
  })
})

describe('staffing', () => {
  const hours = [
    { at: at(9), waiting: level(2), online: level(1) },
    { at: at(9, 2), waiting: level(4), online: level(3) },
    { at: at(10), waiting: level(0.5), online: level(2) },
    { at: at(11), waiting: level(3), online: level(0) },
  ]

  it('M83 shows a typical day by the clocks of the place', () => {
    expect(typicalDay(hours, 'UTC')).toEqual([
      { hour: 9, waiting: 3, online: 2 },
      { hour: 10, waiting: 0.5, online: 2 },
      { hour: 11, waiting: 3, online: 0 },
    ])
    expect(typicalDay(hours, 'Asia/Tehran').map(({ hour }) => hour)).toEqual([12, 13, 14])
  })

  it('M83 names the hours in which more waited than were there, the shortest of people first', () => {
    expect(shortHours(hours, 2).map((one) => one.at)).toEqual([at(11), at(9)])
  })
})
