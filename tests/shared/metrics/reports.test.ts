import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Rating } from '../../../shared/conversation/entry.ts'
import { limits } from '../../../shared/limits.ts'
import { definitions } from '../../../shared/metrics/definitions.ts'
import { percentile, summarise, wilson } from '../../../shared/metrics/statistics.ts'
import type { RatedEpisode } from '../../../shared/metrics/turns.ts'
import { reported } from '../../support/satisfaction.ts'
import { conversationId, sara, siteId } from '../story.ts'

const episode = (survey: RatedEpisode['survey']): RatedEpisode => ({
  ...{ conversationId, siteId, episode: 1, startedAt: 0, closedAt: 1, agentId: sara.id },
  survey,
  asks: { csat: survey },
  firstResponse: null,
})
const csat = (episodes: readonly RatedEpisode[]) => reported(episodes).csat
const comments = (episodes: readonly RatedEpisode[]) => reported(episodes).comments
const rated = (rating: Rating): RatedEpisode => episode({ state: 'answered', rating, comment: '', at: 2 })

describe('the figures of a set', () => {
  it('M7 are values that were measured', () => {
    expect(summarise([50, 15, 35, 20, 40])).toEqual({ n: 5, p50: 35, p90: 50, mean: 32, max: 50 })
    expect(summarise([10, 20])).toMatchObject({ p50: 10, p90: 20 })
    expect(summarise([])).toEqual({ n: 0, p50: null, p90: null, mean: null, max: null })
  })

  it('M7 are not exceeded by their share of the values, and are the least such', () => {
    const some = fc.array(fc.nat(100), { minLength: 1 })
    fc.assert(
      fc.property(some, fc.constantFrom(0.5, 0.9, 0.95, 0.99), (values, p) => {
        const value = percentile(
          [...values].sort((a, b) => a - b),
          p,
        )
        expect(values).toContain(value)
        const share = (fits: (one: number) => boolean): number => values.filter(fits).length / values.length
        expect(share((one) => one <= value)).toBeGreaterThanOrEqual(p - 1e-9)
        expect(share((one) => one < value)).toBeLessThan(p)
      }),
    )
  })
})

describe('the interval of a share', () => {
  // R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('M8 of %i in %i is the published one', (hits, n, low, high) => {
    const interval = wilson(hits, n)
    expect(interval?.low).toBeCloseTo(low, 4)
    expect(interval?.high).toBeCloseTo(high, 4)
  })

  it('M8 lies around the share, within 0 and 1, and narrows with more answers', () => {
    const counts = fc.nat(500).chain((n) => fc.tuple(fc.nat(n), fc.constant(n)))
    fc.assert(
      fc.property(counts, ([hits, n]) => {
        const interval = wilson(hits, n)
        expect(interval === null).toBe(n === 0)
        if (!interval) return
        const { low, high } = interval
        expect(0 <= low && low <= hits / n + 1e-9 && hits / n <= high + 1e-9 && high <= 1).toBe(true)
        const more = wilson(hits * 4, n * 4) ?? { low: 0, high: 9 }
        expect(more.high - more.low).toBeLessThan(high - low)
      }),
    )
  })
})

describe('the definitions', () => {
  it('explain themselves', () => {
    for (const [id, definition] of Object.entries(definitions)) {
      expect(definition.id).toBe(id)
      expect(definition.meaning).toMatch(/\.$/)
      expect(definition.formula).not.toBe('')
    }
  })
})

describe('satisfaction', () => {
  it('M8 is the share of good ratings among the answered ones', () => {
    const episodes = [
      ...([5, 5, 4, 3, 1] as const).map(rated),
      ...[episode({ state: 'skipped' }), episode({ state: 'shown' }), episode({ state: 'due' })],
      episode({ state: 'neverDue' }),
    ]
    expect(csat(episodes)).toMatchObject({
      ...{ episodes: 9, shown: 7, skipped: 1, answered: 5, score: 0.6, mean: 3.6 },
      distribution: { '1': 1, '2': 0, '3': 1, '4': 1, '5': 2 },
    })
  })

  it('M10 shows the latest comments first, and no rating without words', () => {
    const said = (at: number, comment: string) => episode({ state: 'answered', rating: 4, comment, at })
    const episodes = [said(1, 'first'), said(3, 'last'), said(2, ' '), rated(5), episode({ state: 'shown' })]
    expect(comments(episodes)).toEqual([
      { conversationId, rating: 4, comment: 'last', at: 3, agentId: sara.id },
      { conversationId, rating: 4, comment: 'first', at: 1, agentId: sara.id },
    ])
    const many = Array.from({ length: 60 }, (_, at) => said(at, `comment ${at}`))
    expect(comments(many)).toHaveLength(limits.commentsInReport)
    expect(comments(many)[0]?.comment).toBe('comment 59')
  })

  it('M8 is null, not nought, when nobody answered', () => {
    expect(csat([episode({ state: 'skipped' })])).toMatchObject({
      ...{ score: null, low: null, high: null, mean: null, answered: 0, skipped: 1 },
    })
  })
})
