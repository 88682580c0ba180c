import { describe, expect, it } from 'vitest'
import {
  goalInWords,
  noLift,
  points,
  reached,
  reachOf,
  verdict,
  whyNoLift,
} from '../../agent-console/reports/outcome-words.ts'
import { createWords } from '../../agent-console/ui/words.ts'
import { makeId } from '../../shared/ids.ts'
import { proactiveReport, type RuleOutcome, type Tally } from '../../shared/metrics/proactive.ts'
import type { Goal } from '../../shared/triggers/rule.ts'

const words = createWords('en')
const chat: Goal = { kind: 'chat', withinSeconds: 3_600 }
const lift = (low: number, high: number) => ({ low, high, difference: (low + high) / 2 })

const tally = (more: Partial<Tally>): Tally => ({
  ...{ heldOut: false, variant: null, n: 0, seen: 0, opened: 0, replied: 0 },
  goal: { n: 0, reached: 0, open: 0 },
  ...more,
})
const outcome = (goal: Goal | null, ...tallies: Tally[]): RuleOutcome => ({
  rule: { id: makeId('r', 1, new Uint8Array(10)), name: 'Greet', enabled: true, goal },
  ...proactiveReport(tallies),
})
const plain = (text: string): string => text.replace(/[\u2066-\u2069\u200e]/g, '')

describe('what a rule did, in words', () => {
  it('M12 is a difference in points, and whether it may be chance', () => {
    expect([0.047, -0.1, 0].map((one) => plain(points(words, one)))).toEqual(['+4.7', '-10', '0'])
    expect(verdict(lift(0.01, 0.1))).toBe('outcomeMore')
    expect(verdict(lift(-0.1, -0.01))).toBe('outcomeLess')
    expect(verdict(lift(-0.1, 0.1))).toBe('outcomeEither')
  })

  it('M9 M12 says what is lacking where nothing is told', () => {
    const few = outcome(chat, tally({ goal: { n: 140, reached: 9, open: 0 } }), tally({ heldOut: true }))
    expect(noLift(words, few)).toBe('Not enough data')
    expect(whyNoLift(words, few)).toContain('140 were shown the message and 0 were held out')
    expect(noLift(words, outcome(null, tally({ n: 9 })))).toBe('No goal yet')
    expect(whyNoLift(words, outcome(null))).toContain('no goal')
  })

  it('M14 tells the share of those whose time is over, and none where it is over for nobody', () => {
    expect(reached(words, { n: 200, reached: 50, open: 3 })).toBe('25% of 200')
    expect(reached(words, { n: 0, reached: 0, open: 3 })).toBeNull()
  })

  it('T16 names the goal, and an address in it reads as addresses do in every language', () => {
    const thanks: Goal = { kind: 'url', glob: '/thanks*', withinSeconds: 86_400 }
    expect(plain(goalInWords(words, thanks))).toBe('Goal: a visit to /thanks* within 1 day')
    expect(goalInWords(createWords('fa'), thanks)).toContain('\u2066/thanks*\u2069')
    expect(plain(goalInWords(words, chat))).toBe('Goal: a chat within 1 hr')
  })

  it('M12 is drawn on one axis, as far as the widest of them, in tens of points', () => {
    expect(reachOf([lift(-0.03, 0.145), null, lift(0, 0.05)])).toBe(0.2)
    expect(reachOf([null])).toBe(0.1)
    expect(reachOf([lift(-1, 1)])).toBe(1)
  })
})
