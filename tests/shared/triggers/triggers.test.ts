import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeId } from '../../../shared/ids.ts'
import { isGroup, type Node, weigh } from '../../../shared/triggers/answer.ts'
import { evaluate, explain, type Finding } from '../../../shared/triggers/evaluate.ts'
import type { Facts } from '../../../shared/triggers/facts.ts'
import {
  fitsPage,
  type PageNode,
  type PageRule,
  pageWinner,
  secondsToWait,
} from '../../../shared/triggers/page.ts'
import type { RuleNode } from '../../../shared/triggers/rule.ts'
import { allFacts, anyPageFacts, anyWhen, someFacts } from './any-rule.ts'

const stays = (atLeast: number) => ({ kind: 'secondsOnPage' as const, atLeast })
const seen = (atLeast: number): RuleNode => ({ kind: 'pageViews', atLeast })
const answerable = { kind: 'somebodyCanAnswer' as const }
const holds = (when: readonly RuleNode[], facts: Facts) => evaluate({ when }, facts)
const leaves = (findings: readonly Finding[]): Finding[] =>
  findings.flatMap((finding) => (isGroup(finding) ? leaves(finding.of) : [finding]))

describe('a rule', () => {
  it('T1 fits when all conditions hold, and without any', () => {
    const facts = { secondsOnPage: 30, somebodyCanAnswer: true }
    expect(holds([stays(1), answerable], facts)).toBe(true)
    expect(holds([stays(1), stays(99)], facts)).toBe(false)
    expect(holds([], facts)).toBe(true)
  })

  it('T5 holds its tongue while nobody can answer', () => {
    expect(holds([answerable], { somebodyCanAnswer: false })).toBe(false)
  })

  it.each<[RuleNode['kind'], boolean[], boolean]>([
    ['all', [true, true], true],
    ['all', [true, false], false],
    ['any', [false, true], true],
    ['any', [false, false], false],
    ['not', [false, false], true],
    ['not', [true, false], false],
  ])('T11 %s of %j is %s', (kind, parts, fits) => {
    if (kind !== 'all' && kind !== 'any' && kind !== 'not') throw new Error(kind)
    const of = parts.map((part) => seen(part ? 1 : 9))
    expect(holds([{ kind, of }], { pageViews: 3 })).toBe(fits)
  })

  it('T9 is undecided while that which would decide it is not known', () => {
    expect(holds([seen(1), stays(1)], { pageViews: 3 })).toBe('unknown')
    expect(holds([seen(9), stays(1)], { pageViews: 3 })).toBe(false)
    expect(holds([{ kind: 'any', of: [seen(1), stays(1)] }], { pageViews: 3 })).toBe(true)
    expect(holds([{ kind: 'not', of: [stays(1)] }], {})).toBe('unknown')
  })

  it('T9 stays as it was decided, whatever becomes known', () => {
    fc.assert(
      fc.property(anyWhen, someFacts, allFacts, (when, known, all) => {
        const before = holds(when, known)
        const after = holds(when, { ...all, ...known })
        if (before !== 'unknown') expect(after).toBe(before)
        expect(after).not.toBe('unknown')
      }),
    )
  })

  it('T7 is explained condition by condition, and the explanation agrees with the evaluation', () => {
    const group: RuleNode = { kind: 'any', of: [stays(99), answerable] }
    expect(explain({ when: [seen(2), group] }, { pageViews: 3, secondsOnPage: 5 })).toEqual({
      fires: 'unknown',
      findings: [
        { kind: 'pageViews', path: 'when.0', condition: seen(2), holds: true, seen: 3, known: 'server' },
        {
          ...{ kind: 'any', path: 'when.1', holds: 'unknown' },
          of: [
            {
              kind: 'secondsOnPage',
              path: 'when.1.of.0',
              condition: stays(99),
              holds: false,
              seen: 5,
              known: 'page',
            },
            {
              kind: 'somebodyCanAnswer',
              path: 'when.1.of.1',
              condition: answerable,
              holds: 'unknown',
              seen: null,
              known: 'both',
            },
          ],
        },
      ],
    })
  })

  it('T7 evaluate is what explain says, for every rule and whatever is known', () => {
    fc.assert(
      fc.property(anyWhen, someFacts, (when, facts) => {
        const { fires, findings } = explain({ when }, facts)
        expect(evaluate({ when }, facts)).toBe(fires)
        for (const one of leaves(findings))
          if ('condition' in one) expect(holds([one.condition], facts)).toBe(one.holds)
      }),
    )
  })
})

const pageRule = (age: number, when: readonly PageNode[], priority = 0): PageRule => ({
  id: makeId('r', age, new Uint8Array(10)),
  priority,
  when,
})
const anyPageNode: fc.Arbitrary<Node<PageNode>> = fc.oneof(
  fc.nat(5).map(stays),
  fc.constant(answerable),
  fc.record({ kind: fc.constant('not' as const), of: fc.tuple(fc.nat(5).map(stays)) }),
)
const anyRules = fc
  .array(fc.tuple(fc.array(anyPageNode, { maxLength: 3 }), fc.nat(2)), { maxLength: 5 })
  .map((all) => all.map(([when, priority], age) => pageRule(age, when, priority)))
const pageFacts = fc.record(anyPageFacts)

describe('the one a page asks for', () => {
  it('T2 has the highest priority, then the greatest age', () => {
    const old = pageRule(1, [], 5)
    const rules = [pageRule(2, [], 5), old, pageRule(0, [], 4), pageRule(3, [stays(99)], 9)]
    expect(pageWinner(rules, { secondsOnPage: 3 })).toBe(old)
    expect(pageWinner([pageRule(1, [stays(99)])], { secondsOnPage: 3 })).toBeNull()
  })

  it('T2 fits, and is the same in whatever order the rules stand', () => {
    fc.assert(
      fc.property(anyRules, pageFacts, (rules, known) => {
        const one = pageWinner(rules, known)
        expect(pageWinner([...rules].reverse(), known)).toBe(one)
        if (one) expect(fitsPage(one, known)).toBe(true)
        else expect(rules.some((each) => fitsPage(each, known))).toBe(false)
      }),
    )
  })

  it('T1 waiting ends in the very second in which a rule begins to fit', () => {
    fc.assert(
      fc.property(anyRules, pageFacts, (rules, known) => {
        const open = rules.filter((each) => !fitsPage(each, known))
        const fitting = (seconds: number): boolean =>
          open.some((each) => fitsPage(each, { ...known, secondsOnPage: known.secondsOnPage + seconds }))
        const wait = secondsToWait(rules, known)
        if (wait === null) for (let seconds = 0; seconds < 9; seconds++) expect(fitting(seconds)).toBe(false)
        else {
          expect(fitting(wait)).toBe(true)
          for (let seconds = 0; seconds < wait; seconds++) expect(fitting(seconds)).toBe(false)
        }
      }),
    )
  })
})

it('T11 asks nothing that cannot change the answer', () => {
  const asked: string[] = []
  weigh({ kind: 'any', of: [{ kind: 'a' }, { kind: 'b' }] }, ({ kind }) => {
    asked.push(kind)
    return true
  })
  expect(asked).toEqual(['a'])
})
