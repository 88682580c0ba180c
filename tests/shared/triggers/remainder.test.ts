import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeId } from '../../../shared/ids.ts'
import { evaluate } from '../../../shared/triggers/evaluate.ts'
import type { Facts } from '../../../shared/triggers/facts.ts'
import { fitsPage } from '../../../shared/triggers/page.ts'
import { pageRule, remainder } from '../../../shared/triggers/remainder.ts'
import type { RuleNode } from '../../../shared/triggers/rule.ts'
import { anyPageFacts, anyServerFacts, anyWhen } from './any-rule.ts'

const stays = (atLeast: number) => ({ kind: 'secondsOnPage' as const, atLeast })
const url = (glob: string): RuleNode => ({ kind: 'url', glob })
const scrolled = { kind: 'scroll' as const, atLeast: 50 }
const shoes: Facts = { url: 'https://shop.example/shoes', now: 1_000_000 }

describe('what is left for the page', () => {
  it.each<[string, RuleNode[], ReturnType<typeof remainder>]>([
    ['nothing of a rule that fits already', [url('/shoes')], []],
    ['no rule that the server has decided against', [url('/hats'), stays(5)], null],
    ['what only the page sees', [url('/shoes'), stays(5), scrolled], [stays(5), scrolled]],
    ['one of several ways', [{ kind: 'any', of: [url('/hats'), stays(5)] }], [stays(5)]],
    ['nothing where one way is taken', [{ kind: 'any', of: [url('/shoes'), stays(5)] }], []],
    ['the reverse', [{ kind: 'not', of: [scrolled] }], [{ kind: 'not', of: [scrolled] }]],
    ['no rule that needs what nobody knows', [{ kind: 'tag', tag: 'vip' }], null],
    ['nor its reverse', [{ kind: 'not', of: [{ kind: 'tag', tag: 'vip' }, scrolled] }], null],
  ])('T10 is %s', (_, when, left) => expect(remainder({ when }, shoes)).toEqual(left))

  it('T10 with what the page sees is the answer of the whole rule, whoever knows what', () => {
    const server = fc.record(anyServerFacts, { requiredKeys: ['now'] })
    const page = fc.record(anyPageFacts, { requiredKeys: [] })
    fc.assert(
      fc.property(anyWhen, server, page, (when, known, seen) => {
        const left = remainder({ when }, known)
        const together = left !== null && fitsPage({ when: left }, seen)
        expect(together).toBe(evaluate({ when }, { ...known, ...seen }) === true)
      }),
      { numRuns: 500 },
    )
  })

  it('T10 counts by the page towards what time alone brings about', () => {
    const soon: RuleNode = { kind: 'secondsOnSite', atLeast: 60 }
    const facts = { ...shoes, secondsOnSite: 20 }
    // Forty seconds are left, and the page was shown ten seconds ago.
    expect(remainder({ when: [soon] }, facts, 990_000)).toEqual([stays(50)])
    expect(remainder({ when: [soon] }, facts)).toBeNull()
    const later: RuleNode = { kind: 'lastChat', ago: 'atLeast', seconds: 3 * 86_400 }
    expect(remainder({ when: [later] }, { ...facts, lastChatAt: 900_000 }, 990_000)).toBeNull()
  })

  it('T15 waits for somebody who can answer, unless the rule says otherwise', () => {
    const rule = { id: makeId('r', 1, new Uint8Array(10)), priority: 3, when: [url('/shoes')] }
    const { id, priority } = rule
    expect(pageRule(rule, shoes, 0)).toEqual({ id, priority, when: [{ kind: 'somebodyCanAnswer' }] })
    expect(pageRule({ ...rule, limits: { needsSomebody: false } }, shoes, 0)).toEqual({
      id,
      priority,
      when: [],
    })
    const asked = { ...rule, when: [{ kind: 'somebodyCanAnswer' as const }] }
    expect(pageRule(asked, { ...shoes, somebodyCanAnswer: false }, 0)?.when).toEqual(asked.when)
  })
})
