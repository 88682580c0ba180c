import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeId } from '../../../shared/ids.ts'
import { times } from '../../../shared/limits.ts'
import { type ContactHistory, holdBack } from '../../../shared/triggers/budget.ts'
import { evaluate, explain, type Facts, secondsToWait, winner } from '../../../shared/triggers/evaluate.ts'
import type { Condition, PageRule } from '../../../shared/triggers/rule.ts'

const facts: Facts = {
  url: 'https://shop.example/demo/pricing/?plan=2',
  secondsOnPage: 30,
  pageViews: 2,
  somebodyCanAnswer: true,
}

const rule = (age: number, when: Condition[], priority = 0): PageRule => ({
  id: makeId('r', age, new Uint8Array(10)),
  priority,
  when,
})
const url = (glob: string): Condition => ({ kind: 'url', glob })
const stays = (atLeast: number): Condition => ({ kind: 'secondsOnPage', atLeast })
const answerable: Condition = { kind: 'somebodyCanAnswer' }

const anyCondition: fc.Arbitrary<Condition> = fc.oneof(
  fc.constantFrom('*', '/demo/*', '/nowhere', 'https://shop.example/*').map(url),
  fc.nat(60).map(stays),
  fc.nat(4).map((atLeast): Condition => ({ kind: 'pageViews', atLeast })),
  fc.constant(answerable),
)
const anyFacts: fc.Arbitrary<Facts> = fc.record({
  url: fc.constantFrom(facts.url, 'https://shop.example', 'https://other.example/demo/'),
  secondsOnPage: fc.nat(60),
  pageViews: fc.nat(4),
  somebodyCanAnswer: fc.boolean(),
})
const anyRules = fc
  .array(fc.tuple(fc.array(anyCondition, { maxLength: 3 }), fc.nat(2)), { maxLength: 5 })
  .map((all) => all.map(([when, priority], age) => rule(age, when, priority)))

describe('a rule', () => {
  it.each<[string, Condition, boolean]>([
    ['a path', url('/demo/pricing*'), true],
    ['a path without its query', url('/demo/pricing/'), false],
    ['a whole address', url('https://*.example/demo/*'), true],
    ['another host', url('https://other.example/*'), false],
    ['the seconds reached', stays(30), true],
    ['the seconds not reached', stays(31), false],
    ['enough pages', { kind: 'pageViews', atLeast: 2 }, true],
    ['too few pages', { kind: 'pageViews', atLeast: 3 }, false],
  ])('T1 is held against %s', (_, condition, fits) =>
    expect(evaluate(rule(1, [condition]), facts)).toBe(fits),
  )

  it('T1 fits when all conditions hold, and without any', () => {
    expect(evaluate(rule(1, [stays(1), answerable]), facts)).toBe(true)
    expect(evaluate(rule(1, [stays(1), stays(99)]), facts)).toBe(false)
    expect(evaluate(rule(1, []), facts)).toBe(true)
  })

  it('T1 takes a host without a path for its home page', () => {
    expect(evaluate(rule(1, [url('/')]), { ...facts, url: 'https://shop.example' })).toBe(true)
  })

  it('T5 holds its tongue while nobody can answer', () => {
    expect(evaluate(rule(1, [answerable]), { ...facts, somebodyCanAnswer: false })).toBe(false)
  })

  it('T7 explains each condition, and agrees with the evaluation', () => {
    expect(explain(rule(1, [stays(99), answerable]), facts)).toEqual([
      { condition: stays(99), holds: false },
      { condition: answerable, holds: true },
    ])
    fc.assert(
      fc.property(fc.array(anyCondition), anyFacts, (when, known) => {
        expect(explain(rule(1, when), known).every(({ holds }) => holds)).toBe(evaluate(rule(1, when), known))
      }),
    )
  })
})

describe('the one that speaks', () => {
  it('T2 has the highest priority, then the greatest age', () => {
    const old = rule(1, [], 5)
    expect(winner([rule(2, [], 5), old, rule(0, [], 4), rule(3, [stays(99)], 9)], facts)).toBe(old)
    expect(winner([rule(1, [stays(99)])], facts)).toBeNull()
  })

  it('T2 fits, and is the same in whatever order the rules stand', () => {
    fc.assert(
      fc.property(anyRules, anyFacts, (rules, known) => {
        const one = winner(rules, known)
        expect(winner([...rules].reverse(), known)).toBe(one)
        if (one) expect(evaluate(one, known)).toBe(true)
        else expect(rules.some((each) => evaluate(each, known))).toBe(false)
      }),
    )
  })
})

describe('waiting', () => {
  it('T1 ends in the very second in which a rule begins to fit', () => {
    fc.assert(
      fc.property(anyRules, anyFacts, (rules, known) => {
        const fitting = (seconds: number): number =>
          rules.filter((each) => evaluate(each, { ...known, secondsOnPage: known.secondsOnPage + seconds }))
            .length
        const wait = secondsToWait(rules, known)
        if (wait === null) expect(fitting(100_000)).toBe(fitting(0))
        else {
          expect(fitting(wait)).toBeGreaterThan(fitting(0))
          expect(fitting(wait - 1)).toBe(fitting(0))
        }
      }),
    )
  })
})

describe('the visitor’s budget', () => {
  const untouched: ContactHistory = {
    shownThisVisit: 0,
    lastShownAt: null,
    quietSince: null,
    inConversation: false,
  }
  const now = 10 * times.proactiveQuiet
  const held = (known: Partial<ContactHistory>): string | null => holdBack({ ...untouched, ...known }, now)

  it('lets the first message through', () => expect(held({})).toBeNull())

  it('T3 allows one message a session', () => {
    expect(held({ shownThisVisit: 1, lastShownAt: now - times.proactiveSpacing })).toBe('onceASession')
    expect(held({ lastShownAt: now - times.proactiveSpacing + 1 })).toBe('tooSoon')
  })

  it('T4 is quiet for a day after a dismissal or a chat', () => {
    expect(held({ quietSince: now - times.proactiveQuiet + 1 })).toBe('quiet')
    expect(held({ quietSince: now - times.proactiveQuiet })).toBeNull()
  })

  it('T4 never speaks into a conversation', () =>
    expect(held({ inConversation: true })).toBe('inConversation'))
})
