import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { enoughForLift, liftOf, newcombe } from '../../../shared/metrics/lift.ts'
import { type Exposure, proactiveDefinitions, proactiveReport } from '../../../shared/metrics/proactive.ts'

const side = (reached: number, n: number) => ({ reached, n })
const exposure = (more: Partial<Exposure>): Exposure => ({
  ...{ heldOut: false, variant: null, seen: false, opened: false, replied: false, goal: false },
  ...more,
})
const times = (n: number, more: Partial<Exposure>): Exposure[] =>
  Array.from({ length: n }, () => exposure(more))

describe('the lift', () => {
  // R. G. Newcombe, "Interval estimation for the difference between independent proportions", Statistics in
  // Medicine 17 (1998), table II, method 10.
  it.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [0, 10, 0, 10, -0.2775, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
    [10, 10, 0, 10, 0.6075, 1],
  ])('M12 %i/%i against %i/%i lies between the published bounds', (...published) => {
    const [a, m, b, n, low, high] = published
    const lift = newcombe(side(a, m), side(b, n))
    expect(lift?.difference).toBeCloseTo(a / m - b / n)
    expect(lift?.low).toBeCloseTo(low, 4)
    expect(lift?.high).toBeCloseTo(high, 4)
  })

  it('M12 is the reverse seen from the other side, and always within its bounds', () => {
    const anySide = fc.nat(300).chain((n) => fc.record({ n: fc.constant(n + 1), reached: fc.nat(n + 1) }))
    fc.assert(
      fc.property(anySide, anySide, (one, other) => {
        const lift = newcombe(one, other)
        const reverse = newcombe(other, one)
        if (!lift || !reverse) throw new Error('There was somebody on both sides.')
        expect(lift.low).toBeLessThanOrEqual(lift.difference)
        expect(lift.high).toBeGreaterThanOrEqual(lift.difference)
        expect(reverse.low).toBeCloseTo(-lift.high)
        expect(reverse.high).toBeCloseTo(-lift.low)
      }),
    )
  })

  it('M12 is not told below a hundred a side', () => {
    const [few, enough] = [side(50, enoughForLift - 1), side(50, enoughForLift)]
    expect(liftOf(few, enough)).toBeNull()
    expect(liftOf(enough, few)).toBeNull()
    expect(liftOf(enough, enough)?.difference).toBe(0)
    expect(newcombe(side(0, 0), enough)).toBeNull()
  })
})

describe('what a rule has done', () => {
  it('M13 is told step by step, from who was eligible to who reached the goal', () => {
    const report = proactiveReport([
      ...times(3, { heldOut: true }),
      ...times(1, { heldOut: true, goal: true }),
      ...times(10, {}),
      ...times(5, { seen: true }),
      ...times(2, { opened: true }),
      ...times(1, { replied: true, goal: true }),
    ])
    expect(report).toMatchObject({ eligible: 22, heldOut: { n: 4, goal: 1 } })
    expect(report).toMatchObject({ shown: 18, seen: 8, opened: 3, replied: 1, goal: 1, lift: null })
  })

  it('M13 compares each variant with who was held out, and with the first text', () => {
    const { lift, variants } = proactiveReport([
      ...times(180, { heldOut: true }),
      ...times(20, { heldOut: true, goal: true }),
      ...times(160, {}),
      ...times(40, { goal: true }),
      ...times(60, { variant: 'B' }),
      ...times(60, { variant: 'B', goal: true }),
      ...times(9, { variant: 'C', goal: true }),
    ])
    expect(lift?.difference).toBeCloseTo(109 / 329 - 0.1)
    expect(variants.map(({ variant, shown, goal }) => [variant, shown, goal])).toEqual([
      [null, 200, 40],
      ['B', 120, 60],
      ['C', 9, 9],
    ])
    expect(variants[0]?.overFirst).toBeNull()
    expect(variants[0]?.lift?.difference).toBeCloseTo(0.1)
    expect(variants[1]?.overFirst?.difference).toBeCloseTo(0.3)
    expect(variants[2]).toMatchObject({ lift: null, overFirst: null })
  })

  it('M13 never has a step larger than the one before', () => {
    const any = fc.record({
      ...{ heldOut: fc.boolean(), variant: fc.constantFrom(null, 'B'), seen: fc.boolean() },
      ...{ opened: fc.boolean(), replied: fc.boolean(), goal: fc.boolean() },
    })
    fc.assert(
      fc.property(fc.array(any), (exposures) => {
        const { eligible, heldOut, shown, seen, opened, replied, variants } = proactiveReport(exposures)
        expect(heldOut.n + shown).toBe(eligible)
        const steps = [eligible, shown, seen, opened, replied]
        expect([...steps].sort((a, b) => b - a)).toEqual(steps)
        expect(variants.reduce((sum, one) => sum + one.shown, 0)).toBe(shown)
      }),
    )
  })

  it('M13 is explained in the words of its definition', () => {
    for (const { meaning, formula } of Object.values(proactiveDefinitions)) {
      expect(meaning.length).toBeGreaterThan(20)
      expect(formula).toContain('÷')
    }
  })
})
