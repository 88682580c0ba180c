import { describe, expect, it } from 'vitest'
import type { Rule } from '../../../shared/triggers/rule.ts'
import { aPast, aRule, aVisit, backTest } from './any-past.ts'

const url = (glob: string) => ({ kind: 'url', glob }) as const
const seconds = (atLeast: number) => ({ kind: 'secondsOnPage', atLeast }) as const
const when = (...conditions: Rule['when'][number][]): Partial<Rule> => ({ when: conditions })

describe('what nobody has recorded', () => {
  it('T74 leaves a visit undecided, and the fact is named', () => {
    const past = aPast([aVisit([{ path: '/cart', at: 0 }])])
    expect(backTest(aRule(when(url('/cart'), { kind: 'exitIntent' })), [past])).toMatchObject({
      ...{ reached: { visits: 0 }, undecided: { visits: 1 }, missing: [{ fact: 'exitIntent', visits: 1 }] },
    })
    expect(backTest(aRule(when(url('/other'), { kind: 'exitIntent' })), [past]).undecided.visits).toBe(0)
    const either = aRule(when({ kind: 'any', of: [{ kind: 'exitIntent' }, seconds(5)] }))
    expect(backTest(either, [past])).toMatchObject({ reached: { visits: 1 }, undecided: { visits: 0 } })
  })

  it('T74 is whether somebody was there, unless it is assumed', () => {
    const past = aPast([aVisit([{ path: '/', at: 0 }])])
    const asked = (assumed: Parameters<typeof backTest>[2]) => backTest(aRule(), [past], assumed)
    expect(asked({ assumed: {} })).toMatchObject({
      ...{ undecided: { visits: 1 }, missing: [{ fact: 'somebodyCanAnswer', visits: 1 }] },
    })
    expect(asked({ assumed: { somebodyCanAnswer: false } }).heldBack).toEqual([
      { because: 'nobodyOnline', visits: 1 },
    ])
    expect(asked({ assumed: { somebodyCanAnswer: true } }).reached.visits).toBe(1)
    const free = aRule({ limits: { needsSomebody: false } })
    expect(backTest(free, [past], { assumed: {} }).reached.visits).toBe(1)
  })

  it('T74 is how long somebody stayed on a last page that never told', () => {
    const visit = aVisit([{ path: '/', at: 0 }])
    const silent = { ...visit, views: visit.views.map(({ engagedMs: _, ...untold }) => untold) }
    expect(backTest(aRule(when(seconds(20))), [aPast([silent])])).toMatchObject({
      ...{ undecided: { visits: 1 }, missing: [{ fact: 'secondsOnPage', visits: 1 }] },
    })
    expect(backTest(aRule(when(seconds(20))), [aPast([visit])]).reached.visits).toBe(1)
    expect(backTest(aRule(when(seconds(90))), [aPast([visit])]).undecided.visits).toBe(0)
  })

  it('T74 is not when a page was scrolled, which its end tells', () => {
    const past = aPast([aVisit([{ path: '/', at: 0, scroll: 60 }])])
    const scroll = (atLeast: number) => aRule(when({ kind: 'scroll', atLeast }))
    expect(backTest(scroll(50), [past])).toMatchObject({ reached: { visits: 1 }, undecided: { visits: 0 } })
    expect(backTest(scroll(70), [past])).toMatchObject({ reached: { visits: 0 }, undecided: { visits: 0 } })
    const untold = aPast([aVisit([{ path: '/', at: 0 }])])
    expect(backTest(scroll(50), [untold]).missing).toEqual([{ fact: 'scroll', visits: 1 }])
  })

  it('T74 names the other rules of which nobody knows what they would have said', () => {
    const exit = aRule({ name: 'Exit', priority: 9, when: [{ kind: 'exitIntent' }] })
    const { unplayed, reached } = backTest(aRule(), [aPast([aVisit([{ path: '/', at: 0 }])])], {
      others: [exit],
    })
    expect(unplayed).toEqual([{ ruleId: exit.id, name: 'Exit', visits: 1, facts: ['exitIntent'] }])
    expect(reached.visits).toBe(1)
  })
})
