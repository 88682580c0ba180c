import { array, assert, constantFrom, integer, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { draw } from '../../../shared/triggers/lot.ts'
import { replay, replaying } from '../../../shared/triggers/past/replay.ts'
import type { Rule } from '../../../shared/triggers/rule.ts'
import {
  aPast,
  aPerson,
  aRule,
  aVisit,
  backTest,
  hour,
  minute,
  newVisitor,
  noon,
  second,
  somebodyThere,
} from './any-past.ts'

const url = (glob: string) => ({ kind: 'url', glob }) as const
const seconds = (atLeast: number) => ({ kind: 'secondsOnPage', atLeast }) as const
const when = (...conditions: Rule['when'][number][]): Partial<Rule> => ({ when: conditions })

describe('a rule replayed against what was recorded', () => {
  it('T73 reaches who was on the page, and says where and when', () => {
    const pasts = [
      aPast([
        aVisit([
          { path: '/', at: 0 },
          { path: '/pricing?plan=a', at: minute },
        ]),
      ]),
      aPast([aVisit([{ path: '/pricing', at: 3 * hour }])]),
      aPast([aVisit([{ path: '/', at: 0 }])]),
    ]
    const result = backTest(aRule(when(url('/pricing*'))), pasts)
    expect(result).toMatchObject({ views: 4, visits: 3, visitors: 3, reached: { visits: 2, visitors: 2 } })
    expect(result.byPage).toEqual([{ page: '/pricing', visits: 2 }])
    // 21 March 2026 is a Saturday.
    expect(result.byHour[5]?.[12]).toBe(1)
    expect(result.byHour[5]?.[15]).toBe(1)
    expect(result.sample.map(({ outcome, page }) => [outcome, page])).toEqual([
      ['reached', '/pricing'],
      ['reached', '/pricing'],
    ])
  })

  it('T73 asks at each moment of a view at which time could change the answer', () => {
    const past = aPast([
      aVisit([
        { path: '/a', at: 0 },
        { path: '/b', at: 45 * second },
      ]),
    ])
    const rule = aRule(when(seconds(30)))
    expect(backTest(rule, [past]).sample).toMatchObject([
      { outcome: 'reached', at: noon + 30 * second, page: '/a' },
    ])
    const late = aRule(when(url('/a'), seconds(50)))
    expect(backTest(late, [past])).toMatchObject({ reached: { visits: 0 }, undecided: { visits: 0 } })
    const site = aRule(when({ kind: 'secondsOnSite', atLeast: 60 }))
    expect(backTest(site, [past]).sample).toMatchObject([
      { outcome: 'reached', at: noon + 60 * second, page: '/b' },
    ])
  })

  it('T73 knows events, the cart and what they were told with, as far as they had happened', () => {
    const cart = { name: 'cart', count: 1, at: 10 * second, properties: { items: 2, value: 80 } }
    const visit = aVisit([{ path: '/cart', at: 0, engagedMs: 10 * minute }], [cart])
    const abandoned = aRule(when({ kind: 'cartAbandoned', seconds: 120, worth: 50 }))
    expect(backTest(abandoned, [aPast([visit])]).sample).toMatchObject([{ at: noon + 130 * second }])
    const event = aRule(when({ kind: 'event', name: 'cart', atLeast: 1 }))
    expect(backTest(event, [aPast([visit])]).sample).toMatchObject([{ at: noon + 10 * second }])
  })

  it('T73 T123 counts what was told together, and keeps the cart whatever else was told', () => {
    const told = (name: string, at: number, count = 1) => ({ name, count, at: at * second })
    const others = Array.from({ length: 150 }, (_, i) => told('looked at', 20 + i / 10))
    const visit = aVisit(
      [{ path: '/cart', at: 0, engagedMs: 10 * minute }],
      [told('cart', 10), told('added', 15, 6), ...others],
    )
    const abandoned = aRule(when({ kind: 'cartAbandoned', seconds: 120 }))
    expect(backTest(abandoned, [aPast([visit])]).sample).toMatchObject([{ at: noon + 130 * second }])
    const added = (atLeast: number) =>
      aRule(when({ kind: 'event', name: 'added', atLeast, withinSeconds: 60 }))
    expect(backTest(added(6), [aPast([visit])]).reached.visits).toBe(1)
    expect(backTest(added(7), [aPast([visit])]).reached.visits).toBe(0)
  })

  it('T73 counts visits back from today, and knows who was here before', () => {
    const visits = [0, 1, 2].map((day) => aVisit([{ path: '/', at: day * 24 * hour }]))
    const past = aPast(visits, { person: aPerson({ visits: 4, createdAt: noon }), visitsLater: 1 })
    const third = aRule({ ...when({ kind: 'visits', atLeast: 3 }), limits: { often: { kind: 'onceEver' } } })
    expect(backTest(third, [past]).sample).toMatchObject([{ at: noon + 48 * hour }])
    const back = aRule(when({ kind: 'returning', is: true }))
    expect(backTest(back, [past]).reached.visits).toBe(2)
    const soon = aRule(when({ kind: 'lastSeen', ago: 'atMost', seconds: 36 * 3600 }))
    expect(backTest(soon, [past]).reached.visits).toBe(2)
  })

  it('T73 keeps to the limits of the rule and to the budget of the visitor', () => {
    const visits = [0, 1, 2, 3].map((day) =>
      aVisit([
        { path: '/a', at: day * 24 * hour },
        { path: '/b', at: day * 24 * hour + 10 * minute },
      ]),
    )
    const often = (kind: 'onceEver' | 'onceASession') => ({ limits: { often: { kind } } }) as const
    expect(backTest(aRule(often('onceEver')), [aPast(visits)])).toMatchObject({
      ...{ reached: { visits: 1, visitors: 1 }, heldBack: [{ because: 'ruleOnceEver', visits: 3 }] },
    })
    expect(backTest(aRule(often('onceASession')), [aPast(visits)]).reached).toEqual({
      visits: 4,
      visitors: 1,
    })
    const times: Partial<Rule> = { limits: { often: { kind: 'times', times: 2 } } }
    expect(backTest(aRule(times), [aPast(visits)]).reached.visits).toBe(2)
  })

  it('T73 leaves in peace who talks or has just talked, as it was', () => {
    const visit = aVisit([
      { path: '/a', at: 0 },
      { path: '/b', at: hour },
      { path: '/c', at: 30 * hour },
    ])
    const chat = { opened: [noon - minute], closed: [noon + minute], said: [noon - minute], moved: [noon] }
    const at = (path: string) =>
      backTest(aRule(when(url(path))), [aPast([visit], { chats: [chat] })]).heldBack
    expect(at('/a')).toEqual([{ because: 'inConversation', visits: 1 }])
    expect(at('/b')).toEqual([{ because: 'quiet', visits: 1 }])
    expect(at('/c')).toEqual([])
  })

  it('T73 holds out those whom the lot holds out, and counts them apart', () => {
    const rule = aRule({ holdout: 0.5 })
    const pasts = Array.from({ length: 60 }, () => aPast([aVisit([{ path: '/', at: 0 }])]))
    const out = pasts.filter(({ visitorId }) => draw(`${rule.id} holdout ${visitorId}`) < 0.5).length
    expect(out).toBeGreaterThan(0)
    expect(backTest(rule, pasts)).toMatchObject({
      heldOut: { visits: out, visitors: out },
      reached: { visits: 60 - out, visitors: 60 - out },
    })
  })

  it('T73 counts who is held out as often as a rule would have spoken to them', () => {
    const rule = aRule({ holdout: 0.5, limits: { often: { kind: 'onceEver' } } })
    const visits = [0, 1, 2].map((day) => aVisit([{ path: '/', at: day * 24 * hour }]))
    const all = Array.from({ length: 20 }, () => aPast(visits))
    const out = all.find(({ visitorId }) => draw(`${rule.id} holdout ${visitorId}`) < 0.5)
    expect(backTest(rule, out ? [out] : [])).toMatchObject({
      ...{ heldOut: { visits: 1, visitors: 1 }, reached: { visits: 0, visitors: 0 } },
    })
  })

  it('T73 loses to what ranks higher at the same moment or has spoken before, and takes the turn of others', () => {
    const high = aRule({ name: 'High', priority: 9, when: [url('/a')] })
    const low = aRule({ name: 'Low', priority: 1 })
    const visits = [
      aVisit([{ path: '/a', at: 0 }]),
      aVisit([
        { path: '/a', at: 0 },
        { path: '/b', at: minute },
      ]),
      aVisit([{ path: '/b', at: 0 }]),
    ]
    const pasts = visits.map((visit) => aPast([visit]))
    const everywhere = backTest(aRule(), pasts, { others: [high, low] })
    expect(everywhere.lostTo).toEqual([{ ruleId: high.id, name: 'High', visits: 2 }])
    expect(everywhere.beats).toEqual([{ ruleId: low.id, name: 'Low', visits: 1 }])
    expect(everywhere).toMatchObject({ reached: { visits: 1 }, lost: { visits: 2 } })
    const onB = backTest(aRule(when(url('/b'))), pasts, { others: [high] })
    expect(onB.lostTo).toEqual([{ ruleId: high.id, name: 'High', visits: 1 }])
    const off = backTest(aRule(), pasts, { others: [{ ...high, enabled: false }] })
    expect(off.reached.visits).toBe(3)
  })
})

describe('what rules call by a name', () => {
  const keen = { id: 'keen', when: [{ kind: 'pageViews' as const, atLeast: 2 }] }
  const score = {
    halfLifeSeconds: 3600,
    parts: [{ id: 'a', name: 'A', when: [url('/a')], points: 10 }],
  }
  const pasts = [
    aPast([
      aVisit([
        { path: '/a', at: 0 },
        { path: '/b', at: minute },
      ]),
    ]),
  ]

  it('T73 is a segment or a score as it is set up today', () => {
    const settings = { sorting: { segments: [keen], score } }
    const segment = aRule(when({ kind: 'segment', segment: 'keen' }))
    expect(backTest(segment, pasts, { settings }).sample).toMatchObject([{ page: '/b' }])
    const scored = aRule(when({ kind: 'leadScore', atLeast: 9 }))
    expect(backTest(scored, pasts, { settings }).sample).toMatchObject([{ page: '/a' }])
    const leaving = { ...keen, when: [{ kind: 'exitIntent' as const }] }
    const unknown = { sorting: { segments: [leaving], score: null } }
    expect(backTest(segment, pasts, { settings: unknown }).missing).toEqual([{ fact: 'segments', visits: 1 }])
  })

  it('T73 is a calendar, by its hours', () => {
    const calendars = (from: string, to: string) =>
      new Map([['office', { timeZone: 'UTC', weekly: [{ days: [6 as const], from, to }] }]])
    const rule = aRule(when({ kind: 'schedule', timeZone: 'UTC', weekly: [], calendar: 'office' }))
    const at = (from: string, to: string) =>
      backTest(rule, pasts, { settings: { calendars: calendars(from, to) } }).reached.visits
    expect([at('11:00', '13:00'), at('13:00', '14:00')]).toEqual([1, 0])
  })
})

describe('each step of a visit', () => {
  it('T75 says what happened, what came of it, and what was known', () => {
    const tried = aRule(when(url('/b'), { kind: 'event', name: 'tried', atLeast: 1 }))
    const past = aPast([
      aVisit(
        [
          { path: '/a', at: 0 },
          { path: '/b', at: minute },
        ],
        [{ name: 'tried', count: 1, at: 80 * second }],
      ),
    ])
    const given = replaying([], tried, { assumed: somebodyThere, thorough: true })
    expect(
      [...replay(past, given)].map(({ at, cause, because }) => [(at - noon) / second, cause.kind, because]),
    ).toEqual([
      [0, 'view', 'conditions'],
      [60, 'view', 'conditions'],
      [80, 'event', 'shown'],
    ])
  })
})

const anyPage = record({ path: constantFrom('/', '/a', '/b?x=1'), after: integer({ min: 1, max: 3_000 }) })
const anyPasts = array(
  array(array(anyPage, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }),
  {
    maxLength: 5,
  },
)

describe('any past', () => {
  it('T73 a rule that fits always reaches every visit once, as its limits have it', () => {
    assert(
      property(anyPasts, (people) => {
        const pasts = people.map((visits) => {
          let at = 0
          const made = visits.map((pages) => {
            at += hour
            return aVisit(
              pages.map(({ path, after }) => {
                at += after * second
                return { path, at }
              }),
            )
          })
          return aPast(made, { visitorId: newVisitor() })
        })
        const visits = pasts.reduce((sum, past) => sum + past.visits.length, 0)
        expect(backTest(aRule(), pasts).reached).toEqual({ visits, visitors: pasts.length })
        const once = aRule({ limits: { often: { kind: 'onceEver' } } })
        expect(backTest(once, pasts).reached).toEqual({ visits: pasts.length, visitors: pasts.length })
        const nobody = backTest(aRule(when({ kind: 'not', of: [url('*')] })), pasts)
        expect(nobody.reached.visits + nobody.undecided.visits).toBe(0)
      }),
      { numRuns: 50 },
    )
  })
})
