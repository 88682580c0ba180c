import { describe, expect, it } from 'vitest'
import { drawing, niceScale } from '../../agent-console/reports/drawing.ts'
import { shownDuration, shownPercentile, shownScore } from '../../agent-console/reports/figures.ts'
import { duration, roughly } from '../../agent-console/ui/format.ts'
import { createWords } from '../../agent-console/ui/words.ts'
import { day } from '../../shared/limits.ts'
import type { Satisfaction } from '../../shared/metrics/satisfaction.ts'

const words = createWords('en')
const csat = (answered: number, more: Partial<Satisfaction> = {}): Satisfaction => ({
  episodes: 50,
  shown: 40,
  skipped: 3,
  answered,
  responseRate: answered / 40,
  coverage: 0.8,
  unasked: 0,
  score: answered ? 0.8 : null,
  low: answered ? 0.6 : null,
  high: answered ? 0.9 : null,
  mean: answered ? 4.25 : null,
  distribution: { '1': 0, '2': 0, '3': 0, '4': 0, '5': 0 },
  ...more,
})
const measure = { n: 9, p50: 60_000, p90: 125_000, mean: 70_000, max: 200_000, censored: 0, withinTarget: 1 }

describe('figures', () => {
  it('M8 show the score with its interval', () => {
    expect(shownScore(words, csat(40))).toMatchObject({
      score: { known: true, text: '80%' },
      interval: '60% to 90% with 95% certainty',
      mean: '4.3',
    })
  })

  it.each([
    [19, true],
    [20, false],
  ])('M8 M9 of %i ratings are greyed: %s', (answered, grey) => {
    expect(shownScore(words, csat(answered)).grey).toBe(grey)
  })

  it('M9 say so when there is nothing to measure', () => {
    expect(shownScore(words, csat(0)).score).toEqual({ known: false, text: 'Not enough data' })
    expect(shownDuration(words, null)).toEqual({ known: false, text: 'Not enough data' })
  })

  it('M9 give no ninetieth percentile of a handful', () => {
    expect(shownPercentile(words, measure)).toEqual({ known: true, text: '2 min 5 sec' })
    expect(shownPercentile(words, { ...measure, n: 4 }).known).toBe(false)
  })

  it.each([
    [400, '0.4 sec'],
    [14_000, '14 sec'],
    [59_900, '1 min'],
    [134_000, '2 min 14 sec'],
    [7_500_000, '2 hr 5 min'],
    [2 * day, '2 days'],
  ])('say %i ms as %s', (ms, said) => expect(duration(words, ms)).toBe(said))

  it('are in the digits of the language', () => {
    expect(roughly(createWords('fa'), 240_000)).toContain('۴')
    expect(roughly(createWords('ar'), 240_000)).toContain('٤')
  })
})

describe('the chart', () => {
  const points = ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04'].map((one, i) => ({
    day: one,
    n: 9,
    p50: i === 1 ? null : 30_000,
    p90: i === 1 ? null : 90_000,
  }))

  it('has fewer days below it, and keeps its labels to the size of the screen, on a phone', () => {
    const month = Array.from({ length: 30 }, (_, i) => {
      const day = new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10)
      return { day, n: 2, p50: 1_000, p90: 2_000 }
    })
    const [wide, narrow] = [drawing(month, 'ltr'), drawing(month, 'ltr', 'narrow')]
    expect([wide.days.length, narrow.days.length]).toEqual([6, 4])
    expect([wide.width, narrow.width]).toEqual([560, 360])
  })

  it('lets time run in the direction of writing', () => {
    const [ltr, rtl] = [drawing(points, 'ltr'), drawing(points, 'rtl')]
    expect(ltr.days.map(({ x }) => x)).toEqual(rtl.days.map(({ x }) => ltr.width - x))
    expect(ltr.days[0]?.x).toBeLessThan(ltr.days[1]?.x ?? 0)
  })

  it('breaks the line where a day has no value', () => {
    expect(drawing(points, 'ltr').typical.match(/M/g)).toHaveLength(2)
  })

  it('has at most five round marks, the last above every value', () => {
    const { top } = drawing(points, 'ltr')
    const marks = niceScale(top)
    expect(marks.length).toBeLessThanOrEqual(5)
    expect(marks.at(-1)).toBeGreaterThanOrEqual(90_000)
  })
})
