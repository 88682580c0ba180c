import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeId } from '../../../shared/ids.ts'
import { times } from '../../../shared/limits.ts'
import { locales } from '../../../shared/locale.ts'
import { type Contact, type ContactHistory, historyOf, holdBack } from '../../../shared/triggers/budget.ts'
import { decide, type Reason, reasons, type Standing } from '../../../shared/triggers/decide.ts'
import { draw, isHeldOut, variantFor } from '../../../shared/triggers/lot.ts'
import type { Often, RuleNode } from '../../../shared/triggers/rule.ts'
import { sayReason } from '../../../shared/triggers/words/words.ts'
import { anyWhen, someFacts } from './any-rule.ts'

const now = 10 * times.proactiveQuiet
const visitId = makeId('t', 1, new Uint8Array(10))
const formerVisit = makeId('t', 0, new Uint8Array(10))
const untouched: ContactHistory = {
  ...{ shownThisVisit: 0, lastShownAt: null, quietSince: null, inConversation: false },
  ofRules: new Map(),
}
const ruleId = (age: number) => makeId('r', age, new Uint8Array(10))
interface More {
  priority?: number
  when?: RuleNode[]
  enabled?: boolean
  holdout?: number
  often?: Often
}
const rule = (age: number, { often, ...more }: More = {}) => ({
  ...{ id: ruleId(age), enabled: true, priority: 0, when: [], holdout: 0, ...more },
  ...(often ? { limits: { often } } : {}),
})
const standing = (more: Partial<Standing> = {}): Standing => ({
  history: untouched,
  visitor: 'amir',
  ...more,
})
const there = { somebodyCanAnswer: true }

/** Why the only rule there is does not speak; null when it does. */
const because = (more: More, known: Partial<ContactHistory> = {}, facts: object = there): Reason | null =>
  decide([rule(1, more)], facts, standing({ history: { ...untouched, ...known } }), now).losers[0]?.because ??
  null

describe('the one that speaks', () => {
  it('T2 T13 is the first in rank of those that may, and the others were outranked', () => {
    const [low, high, off] = [rule(1), rule(2, { priority: 2 }), rule(3, { priority: 9, enabled: false })]
    const verdict = decide([low, high, off], there, standing(), now)
    expect(verdict.winner).toEqual({ rule: high, variant: null })
    expect(verdict.losers).toEqual([
      { rule: off, because: 'off' },
      { rule: low, because: 'outranked' },
    ])
  })

  it('T13 is one at most, and every other has a reason', () => {
    const anyRules = fc
      .array(
        fc.record({
          when: anyWhen,
          priority: fc.nat(2),
          holdout: fc.constantFrom(0, 0.5),
          enabled: fc.boolean(),
        }),
        { maxLength: 6 },
      )
      .map((all) => all.map((more, age) => rule(age, more)))
    fc.assert(
      fc.property(anyRules, someFacts, fc.string(), (rules, facts, visitor) => {
        const { winner, losers } = decide(rules, facts, standing({ visitor }), now)
        expect(losers.length + (winner ? 1 : 0)).toBe(rules.length)
        for (const loser of losers) expect(reasons).toContain(loser.because)
        expect(decide([...rules].reverse(), facts, standing({ visitor }), now).winner?.rule).toBe(
          winner?.rule,
        )
      }),
    )
  })

  it.each<[Reason, More, Partial<ContactHistory>, object?]>([
    ['off', { enabled: false }, {}],
    ['conditions', { when: [{ kind: 'pageViews', atLeast: 9 }] }, {}, { ...there, pageViews: 1 }],
    ['undecided', { when: [{ kind: 'pageViews', atLeast: 9 }] }, {}],
    ['nobodyOnline', {}, {}, { somebodyCanAnswer: false }],
    ['inConversation', {}, { inConversation: true }],
    ['quiet', {}, { quietSince: now - times.proactiveQuiet + 1 }],
    ['tooSoon', {}, { lastShownAt: now - times.proactiveSpacing + 1 }],
    ['onceASession', {}, { shownThisVisit: 1, lastShownAt: now - times.proactiveSpacing }],
    ['heldOut', { holdout: 1 }, {}],
  ])('T13 is silent for the reason %s', (reason, more, known, facts = there) => {
    expect(because(more, known, facts)).toBe(reason)
    expect(because({})).toBeNull()
  })

  it('P3 T13 is nobody where consent was denied', () => {
    expect(decide([rule(1)], there, standing({ consent: 'denied' }), now).losers[0]?.because).toBe('consent')
  })

  it.each<[Often, { ever: number; thisVisit: number; lastAt: number }, Reason | null]>([
    [{ kind: 'onceEver' }, { ever: 1, thisVisit: 0, lastAt: 0 }, 'ruleOnceEver'],
    [{ kind: 'onceASession' }, { ever: 4, thisVisit: 1, lastAt: 0 }, 'ruleOnceASession'],
    [{ kind: 'onceASession' }, { ever: 4, thisVisit: 0, lastAt: 0 }, null],
    [{ kind: 'every', seconds: 60 }, { ever: 1, thisVisit: 1, lastAt: now - 59_999 }, 'ruleTooSoon'],
    [{ kind: 'every', seconds: 60 }, { ever: 9, thisVisit: 1, lastAt: now - 60_000 }, null],
    [{ kind: 'times', times: 3 }, { ever: 3, thisVisit: 0, lastAt: 0 }, 'ruleOften'],
    [{ kind: 'times', times: 3 }, { ever: 2, thisVisit: 1, lastAt: 0 }, null],
  ])('T15 that may speak %j, and has %j, is held back: %s', (often, said, reason) => {
    expect(because({ often }, { ofRules: new Map([[ruleId(1), said]]) })).toBe(reason)
  })

  it('T15 may speak with nobody there only if it says so', () => {
    const alone = { ...rule(1), limits: { needsSomebody: false } }
    expect(decide([alone], {}, standing(), now).winner?.rule).toBe(alone)
  })

  it('T14 leaves its turn to the next for those who are held out of it', () => {
    const [first, next] = [rule(1, { priority: 5, holdout: 1 }), rule(2)]
    const verdict = decide([first, next], there, standing(), now)
    expect(verdict.winner?.rule).toBe(next)
    expect(verdict.losers).toEqual([{ rule: first, because: 'heldOut' }])
    // Who would not have been shown it anyway tells nothing of its effect.
    expect(decide([rule(3, { priority: 9 }), first], there, standing(), now).losers).toEqual([
      { rule: first, because: 'outranked' },
    ])
  })

  it('T6 T10 by the word of the page is only the rule it asks for, and only in what the page can see', () => {
    const seen = rule(1, { when: [{ kind: 'exitIntent' }] })
    expect(decide([seen], there, standing(), now).losers[0]?.because).toBe('undecided')
    expect(decide([seen], there, standing({ claimed: seen.id }), now).winner?.rule).toBe(seen)
    const unknown = rule(1, { when: [{ kind: 'tag', tag: 'vip' }] })
    expect(decide([unknown], there, standing({ claimed: unknown.id }), now).winner).toBeNull()
  })
})

describe('the visitor’s budget', () => {
  const contact = (by: Contact['by'], more: Partial<Contact> = {}): Contact => ({
    by,
    visitId,
    at: now - times.proactiveSpacing,
    ...more,
  })
  const present = { visitId, quietSince: null, inConversation: false }

  it.each<Contact['by']>(['rule', 'survey', 'announcement', 'agent'])(
    'T3 T15 is spent by whatever was shown: %s',
    (by) => {
      expect(holdBack(historyOf([contact(by)], present), now)).toBe('onceASession')
      expect(holdBack(historyOf([contact(by, { at: now - 1 })], present), now)).toBe('tooSoon')
      expect(holdBack(historyOf([contact(by, { visitId: formerVisit })], present), now)).toBeNull()
    },
  )

  it('T15 counts what each rule has said', () => {
    const said = [
      contact('rule', { ruleId: ruleId(1), visitId: formerVisit, at: 5 }),
      contact('rule', { ruleId: ruleId(1), at: 9 }),
    ]
    expect(historyOf(said, present).ofRules.get(ruleId(1))).toEqual({ ever: 2, thisVisit: 1, lastAt: 9 })
  })

  it('T15 can be another than the usual one', () => {
    const generous = { perVisit: 3, spacing: 0, quiet: 0 }
    expect(holdBack({ ...untouched, shownThisVisit: 2, quietSince: now }, now, generous)).toBeNull()
    expect(holdBack({ ...untouched, shownThisVisit: 3 }, now, generous)).toBe('onceASession')
  })
})

it.each(locales)('T13 every reason has words of its own in %s', (locale) => {
  const said = reasons.map((reason) => sayReason(reason, locale))
  expect(new Set(said).size).toBe(reasons.length)
  expect(said.every((one) => one.length > 8 && !one.includes('!'))).toBe(true)
})

describe('the lot', () => {
  const visitors = Array.from({ length: 20_000 }, (_, i) => `v_${i.toString(36)}`)
  /** Pearson’s statistic of counts that should be alike. */
  const chiSquare = (counts: number[]): number => {
    const expected = counts.reduce((sum, one) => sum + one, 0) / counts.length
    return counts.reduce((sum, one) => sum + (one - expected) ** 2 / expected, 0)
  }
  const spread = (bins: number, binOf: (visitor: string) => number): number[] => {
    const counts = Array.from({ length: bins }, () => 0)
    for (const visitor of visitors) counts[binOf(visitor)] = (counts[binOf(visitor)] ?? 0) + 1
    return counts
  }

  it.each([1, 2, 3, 4, 5])('T14 falls evenly, by rule %i', (age) => {
    // The thousandth part of chance for 19 degrees of freedom.
    expect(
      chiSquare(spread(20, (visitor) => Math.floor(draw(`${ruleId(age)} holdout ${visitor}`) * 20))),
    ).toBeLessThan(43.8)
  })

  it('T14 holds out the share it is to, always the same ones', () => {
    const held = visitors.filter((visitor) => isHeldOut(rule(1), visitor, 0.1))
    expect(held).toEqual([])
    const tenth = visitors.filter((visitor) => isHeldOut({ id: ruleId(1) }, visitor, 0.1))
    expect(tenth.length / visitors.length).toBeCloseTo(0.1, 2)
    expect(tenth.every((visitor) => isHeldOut({ id: ruleId(1) }, visitor, 0.1))).toBe(true)
  })

  it('T14 spreads variants evenly, among those shown as among those held out, and by each rule anew', () => {
    const say = { en: 'Hi' }
    const variants = [
      { id: 'B', say },
      { id: 'C', say },
    ]
    const one = { id: ruleId(1), variants }
    const names = [null, 'B', 'C']
    const shown = (visitor: string) => Number(isHeldOut(one, visitor, 0.5))
    const cells = spread(6, (visitor) => names.indexOf(variantFor(one, visitor)) * 2 + shown(visitor))
    expect(chiSquare(cells)).toBeLessThan(20.5)
    const both = spread(
      9,
      (visitor) =>
        names.indexOf(variantFor(one, visitor)) * 3 +
        names.indexOf(variantFor({ ...one, id: ruleId(2) }, visitor)),
    )
    expect(chiSquare(both)).toBeLessThan(26.1)
  })
})

it('T96 what a clock that ran ahead has dated into the future holds nobody back once it is put right', () => {
  const ahead = now + 400 * times.proactiveQuiet
  const said = new Map([[ruleId(1), { ever: 1, thisVisit: 0, lastAt: ahead }]])
  expect(because({}, { quietSince: ahead, lastShownAt: ahead })).toBeNull()
  expect(because({ often: { kind: 'every', seconds: 60 } }, { ofRules: said })).toBeNull()
  expect(because({}, { quietSince: now + 1_000 })).toBe('quiet')
  expect(because({}, { lastShownAt: now + 1_000 })).toBe('tooSoon')
})
