import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeId } from '../../../shared/ids.ts'
import { enoughForLift, liftOf, newcombe } from '../../../shared/metrics/lift.ts'
import {
  type Exposure,
  firstOfEach,
  proactiveDefinitions,
  proactiveReport,
  tallied,
} from '../../../shared/metrics/proactive.ts'

const bytes = new Uint8Array(10)
const side = (reached: number, n: number) => ({ reached, n })
const exposure = (more: Partial<Exposure>): Exposure => ({
  ...{ heldOut: false, variant: null, seen: false, opened: false, replied: false, goal: 'missed' },
  ...more,
})
const reportOf = (exposures: readonly Exposure[]) => proactiveReport(tallied(exposures))
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
    const report = reportOf([
      ...times(3, { heldOut: true }),
      ...times(1, { heldOut: true, goal: 'reached' }),
      ...times(10, {}),
      ...times(5, { seen: true }),
      ...times(2, { opened: true }),
      ...times(1, { replied: true, goal: 'reached' }),
    ])
    expect(report).toMatchObject({ eligible: 22, heldOut: { n: 4, goal: { n: 4, reached: 1, open: 0 } } })
    expect(report).toMatchObject({
      shown: 18,
      seen: 8,
      opened: 3,
      replied: 1,
      lift: null,
      goal: { n: 18, reached: 1, open: 0 },
    })
  })

  it('M13 compares each variant with who was held out, and with the first text', () => {
    const { lift, variants } = reportOf([
      ...times(180, { heldOut: true }),
      ...times(20, { heldOut: true, goal: 'reached' }),
      ...times(160, {}),
      ...times(40, { goal: 'reached' }),
      ...times(60, { variant: 'B' }),
      ...times(60, { variant: 'B', goal: 'reached' }),
      ...times(9, { variant: 'C', goal: 'reached' }),
    ])
    expect(lift?.difference).toBeCloseTo(109 / 329 - 0.1)
    expect(variants.map(({ variant, shown, goal }) => [variant, shown, goal.reached])).toEqual([
      [null, 200, 40],
      ['B', 120, 60],
      ['C', 9, 9],
    ])
    expect(variants[0]?.overFirst).toBeNull()
    expect(variants[0]?.lift?.difference).toBeCloseTo(0.1)
    expect(variants[1]?.overFirst?.difference).toBeCloseTo(0.3)
    expect(variants[2]).toMatchObject({ lift: null, overFirst: null })
  })

  it('M13 M14 leaves out of both shares who may still reach the goal, also who has', () => {
    const { goal, heldOut, lift, shown } = reportOf([
      ...times(60, { goal: 'reached' }),
      ...times(140, { goal: 'missed' }),
      ...times(500, { goal: 'open' }),
      ...times(10, { heldOut: true, goal: 'reached' }),
      ...times(90, { heldOut: true }),
      ...times(7, { heldOut: true, goal: 'open' }),
      ...times(3, { goal: 'none' }),
    ])
    expect([shown, goal]).toEqual([703, { n: 200, reached: 60, open: 500 }])
    expect(heldOut).toEqual({ n: 107, goal: { n: 100, reached: 10, open: 7 } })
    expect(lift).toEqual(newcombe(side(60, 200), side(10, 100)))
    expect(reportOf([...times(200, { goal: 'open' }), ...times(100, { heldOut: true })]).lift).toBeNull()
  })

  it('M14 counts a visitor once for a rule, the first time', () => {
    const [one, other] = [makeId('v', 1, bytes), makeId('v', 2, bytes)]
    const [rule, another] = [makeId('r', 1, bytes), makeId('r', 2, bytes)]
    const made = (at: number, ruleId: typeof rule, visitorId: typeof one | null) => ({
      ...{ id: makeId('i', at, bytes), ruleId, visitorId },
    })
    const [first, second, elsewhere] = [made(1, rule, one), made(2, rule, one), made(3, another, one)]
    const rest = [made(4, rule, other), made(5, rule, null), made(6, rule, null)]
    expect(firstOfEach([second, first, elsewhere, ...rest])).toEqual([first, elsewhere, ...rest])
  })

  it('M13 never has a step larger than the one before', () => {
    const any: fc.Arbitrary<Exposure> = fc.record({
      ...{ heldOut: fc.boolean(), variant: fc.constantFrom(null, 'B'), seen: fc.boolean() },
      ...{
        opened: fc.boolean(),
        replied: fc.boolean(),
        goal: fc.constantFrom('none', 'open', 'reached', 'missed'),
      },
    })
    fc.assert(
      fc.property(fc.array(any), (exposures) => {
        const { eligible, heldOut, shown, seen, opened, replied, variants } = reportOf(exposures)
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
