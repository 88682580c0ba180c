import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { locales } from '../../../shared/locale.ts'
import { evaluate } from '../../../shared/triggers/evaluate.ts'
import type { Facts } from '../../../shared/triggers/facts.ts'
import { kinds } from '../../../shared/triggers/kinds/kinds.ts'
import { type Condition, type ConditionKind, Rule } from '../../../shared/triggers/rule.ts'
import { sayCondition } from '../../../shared/triggers/words/words.ts'

const minute = 60_000
/** A Sunday at noon in London, half past three in Tehran. */
const now = Date.UTC(2026, 10, 22, 12)
const shop = 'https://shop.example'

type Asked<Kind extends ConditionKind> = Omit<Extract<Condition, { kind: Kind }>, 'kind'>
/** What is asked, what is known, and whether it holds. */
type Examples = { [Kind in ConditionKind]: [Asked<Kind>, Facts, boolean][] }

const at = (url: string): Facts => ({ url })
const bought = (
  count: number,
  latest: { at: number; properties?: Record<string, string | number> }[],
): Facts => ({
  now,
  events: new Map([['bought', { count, latest }]]),
})
const told = (plan?: string | number | boolean): Facts => ({ attributes: plan === undefined ? {} : { plan } })
const plan = (that: Asked<'attribute'>['that']): Asked<'attribute'> => ({ name: 'plan', that })
const day = { seconds: 86_400 }
const agoIs = (ago: number | null): { at: number | null } => ({ at: ago === null ? null : now - ago * 1_000 })
const office = { timeZone: 'Asia/Tehran', weekly: [{ days: [7 as const], from: '09:00', to: '17:00' }] }
const night = { timeZone: 'Europe/London', weekly: [{ days: [6 as const], from: '22:00', to: '06:00' }] }
const on = (iso: string): Facts => ({ now: Date.parse(iso) })

const examples: Examples = {
  url: [
    [{ glob: '/demo/pricing*' }, at(`${shop}/demo/pricing/?plan=2`), true],
    [{ glob: '/demo/pricing/' }, at(`${shop}/demo/pricing/?plan=2`), false],
    [{ glob: 'https://*.example/demo/*' }, at(`${shop}/demo/`), true],
    [{ glob: 'https://other.example/*' }, at(`${shop}/demo/`), false],
    [{ glob: '/' }, at(shop), true],
    [{ glob: '/pricing' }, at(`${shop}/pricing?utm_source=news&utm_term=a`), true],
    [{ glob: `${shop}/pricing#/yearly` }, at(`${shop}/pricing?utm_source=news#/yearly`), true],
    [{ glob: '/pricing' }, at(`${shop}/pricing?utm_source=news&plan=2`), false],
    [{ glob: '/pricing?utm_source=news' }, at(`${shop}/pricing?utm_source=news`), true],
    [{ glob: '/pricing?utm_source=news' }, at(`${shop}/pricing`), false],
  ],
  urlIs: [
    [{ address: '/a?b=1' }, at(`${shop}/a?b=1`), true],
    [{ address: '/a?b=*' }, at(`${shop}/a?b=1`), false],
    [{ address: `${shop}/a` }, at(`${shop}/a`), true],
    [{ address: '/a' }, at(`${shop}/a/`), false],
    [{ address: '/a' }, at(`${shop}/a?utm_campaign=spring`), true],
    [{ address: `${shop}/` }, at(`${shop}/?utm_campaign=spring`), true],
    [{ address: '/a?b=1' }, at(`${shop}/a?b=1&utm_campaign=spring`), false],
  ],
  title: [
    [{ glob: '*Vases*' }, { title: 'All Vases' }, true],
    [{ glob: 'Vases' }, { title: 'All Vases' }, false],
  ],
  pageViews: [
    [{ atLeast: 2 }, { pageViews: 2 }, true],
    [{ atLeast: 3 }, { pageViews: 2 }, false],
  ],
  referrer: [
    [{ glob: '*search.example*' }, { referrer: 'https://search.example/' }, true],
    [{ glob: '*search.example*' }, { referrer: '' }, false],
  ],
  utm: [
    [{ field: 'source', glob: 'news*' }, { utm: { source: 'newsletter' } }, true],
    [{ field: 'campaign', glob: '?*' }, { utm: { source: 'newsletter' } }, false],
  ],
  secondsOnPage: [
    [{ atLeast: 30 }, { secondsOnPage: 30 }, true],
    [{ atLeast: 31 }, { secondsOnPage: 30 }, false],
  ],
  scroll: [
    [{ atLeast: 50 }, { scroll: 80 }, true],
    [{ atLeast: 50 }, { scroll: 49 }, false],
  ],
  idle: [
    [{ atLeast: 20 }, { idle: 20 }, true],
    [{ atLeast: 20 }, { idle: 3 }, false],
  ],
  exitIntent: [
    [{}, { exitIntent: true }, true],
    [{}, { exitIntent: false }, false],
  ],
  widgetOpened: [
    [{}, { widgetOpened: true }, true],
    [{}, { widgetOpened: false }, false],
  ],
  click: [
    [{ selector: '#buy' }, { click: new Set(['#buy']) }, true],
    [{ selector: '#buy' }, { click: new Set() }, false],
  ],
  elementSeen: [
    [{ selector: '.price' }, { elementSeen: new Set(['.price']) }, true],
    [{ selector: '.price' }, { elementSeen: new Set(['#buy']) }, false],
  ],
  event: [
    [{ name: 'bought', atLeast: 2 }, bought(2, []), true],
    [{ name: 'bought', atLeast: 3 }, bought(2, []), false],
    [{ name: 'sold', atLeast: 1 }, bought(2, []), false],
    [{ name: 'bought', atLeast: 1, withinSeconds: 60 }, bought(1, [{ at: now - minute }]), true],
    [
      { name: 'bought', atLeast: 2, withinSeconds: 60 },
      bought(9, [{ at: now - minute - 1 }, { at: now }]),
      false,
    ],
    [
      { name: 'bought', atLeast: 1, where: { property: 'price', that: { op: 'atLeast', value: 10 } } },
      bought(2, [
        { at: now, properties: { price: 9 } },
        { at: now, properties: { price: 10 } },
      ]),
      true,
    ],
    [
      { name: 'bought', atLeast: 1, where: { property: 'price', that: { op: 'is', value: 'x' } } },
      bought(1, [{ at: now }]),
      false,
    ],
  ],
  cartAbandoned: [
    [{ seconds: 60, worth: 20 }, { now, cart: { items: 1, value: 20, at: now - minute } }, true],
    [{ seconds: 60, worth: 21 }, { now, cart: { items: 1, value: 20, at: now - minute } }, false],
    [{ seconds: 60 }, { now, cart: { items: 1, value: 0, at: now - minute + 1 } }, false],
    [{ seconds: 60 }, { now, cart: null }, false],
  ],
  visits: [
    [{ atLeast: 3 }, { visits: 3 }, true],
    [{ atLeast: 3 }, { visits: 2 }, false],
  ],
  returning: [
    [{ is: true }, { returning: true }, true],
    [{ is: false }, { returning: true }, false],
    [{ is: false }, { returning: false }, true],
  ],
  secondsOnSite: [
    [{ atLeast: 60 }, { now, secondsOnSite: 60 }, true],
    [{ atLeast: 60 }, { now, secondsOnSite: 59 }, false],
  ],
  attribute: [
    [plan({ op: 'is', value: 'gold' }), told('Gold'), true],
    [plan({ op: 'is', value: 3 }), told('3'), true],
    [plan({ op: 'is', value: 'gold' }), told(), false],
    [plan({ op: 'isNot', value: 'gold' }), told('silver'), true],
    [plan({ op: 'isNot', value: 'gold' }), told(), true],
    [plan({ op: 'contains', value: 'OLD' }), told('golden'), true],
    [plan({ op: 'contains', value: 'old' }), told(), false],
    [plan({ op: 'atLeast', value: 5 }), told('5'), true],
    [plan({ op: 'atLeast', value: 5 }), told(), false],
    [plan({ op: 'atLeast', value: 0 }), told(''), false],
    [plan({ op: 'atMost', value: 5 }), told(6), false],
    [plan({ op: 'exists' }), told(false), true],
    [plan({ op: 'missing' }), told(), true],
    [{ name: 'constructor', that: { op: 'exists' } }, told(), false],
  ],
  tag: [
    [{ tag: 'vip' }, { tags: new Set(['vip']) }, true],
    [{ tag: 'vip' }, { tags: new Set() }, false],
  ],
  segment: [
    [{ segment: 'buyers' }, { segments: new Map([['buyers', true]]) }, true],
    [{ segment: 'buyers' }, { segments: new Map() }, false],
    [{ segment: 'buyers' }, { segments: new Map([['buyers', false]]) }, false],
  ],
  leadScore: [
    [{ atLeast: 50 }, { leadScore: 50 }, true],
    [{ atLeast: 50 }, { leadScore: 49.9 }, false],
  ],
  language: [
    [{ anyOf: ['en', 'fa'] }, { language: 'fa-IR' }, true],
    [{ anyOf: ['fa-IR'] }, { language: 'fa' }, false],
    [{ anyOf: ['fa'] }, { language: 'far' }, false],
  ],
  device: [
    [{ is: 'phone' }, { device: 'phone' }, true],
    [{ is: 'phone' }, { device: 'desktop' }, false],
  ],
  country: [
    [{ anyOf: ['IR', 'IQ'] }, { country: 'IQ' }, true],
    [{ anyOf: ['IR'] }, { country: null }, false],
  ],
  lastChat: [
    [{ ...day, ago: 'atLeast' }, { now, lastChatAt: agoIs(86_400).at }, true],
    [{ ...day, ago: 'atLeast' }, { now, lastChatAt: agoIs(86_399).at }, false],
    [{ ...day, ago: 'atMost' }, { now, lastChatAt: agoIs(86_401).at }, false],
    [{ ...day, ago: 'atLeast' }, { now, lastChatAt: null }, false],
  ],
  lastSeen: [
    [{ ...day, ago: 'atMost' }, { now, lastSeenAt: agoIs(86_400).at }, true],
    [{ ...day, ago: 'atMost' }, { now, lastSeenAt: null }, false],
  ],
  somebodyCanAnswer: [
    [{}, { somebodyCanAnswer: true }, true],
    [{}, { somebodyCanAnswer: false }, false],
  ],
  agentsOnline: [
    [{ atLeast: 2 }, { agentsOnline: 2 }, true],
    [{ atLeast: 2 }, { agentsOnline: 1 }, false],
  ],
  teamOnline: [
    [{ team: 'Sales' }, { teamsOnline: new Set(['Sales']) }, true],
    [{ team: 'Sales' }, { teamsOnline: new Set(['Care']) }, false],
  ],
  queueBelow: [
    [{ below: 3 }, { queue: 2 }, true],
    [{ below: 3 }, { queue: 3 }, false],
  ],
  schedule: [
    [office, { now }, true],
    [office, on('2026-11-22T13:29:59Z'), true],
    [office, on('2026-11-22T13:30:00Z'), false],
    [office, on('2026-11-23T08:00:00Z'), false],
    [{ ...office, except: ['2026-11-22'] }, { now }, false],
    [{ ...office, first: '2026-11-23' }, { now }, false],
    [{ ...office, last: '2026-11-22' }, { now }, true],
    [night, on('2026-11-21T22:00:00Z'), true],
    [night, on('2026-11-22T05:59:00Z'), true],
    [night, on('2026-11-22T06:00:00Z'), false],
    [night, on('2026-11-22T23:00:00Z'), false],
    // A night whose Saturday is a holiday does not begin; the morning after belongs to it.
    [{ ...night, except: ['2026-11-21'] }, on('2026-11-22T05:00:00Z'), false],
    // In summer London is an hour ahead.
    [night, on('2026-07-04T21:00:00Z'), true],
    [{ timeZone: 'UTC', weekly: [], first: '2026-11-22', last: '2026-11-22' }, { now }, true],
  ],
}

const cases = kinds.flatMap(({ id }) =>
  examples[id].map(([asked, facts, holds]) => ({
    id,
    condition: v.parse(Rule.entries.when, [{ kind: id, ...asked }]),
    facts,
    holds,
  })),
)

describe('a condition', () => {
  it.each(cases)('T1 T18 $id $condition: $holds', ({ condition, facts, holds }) => {
    expect(evaluate({ when: condition }, facts)).toBe(holds)
  })

  it.each(kinds.map(({ id }) => id))(
    'T9 T18 %s is undecided without its facts, and has examples of both answers',
    (id) => {
      const own = cases.filter((one) => one.id === id)
      expect(new Set(own.map(({ holds }) => holds))).toEqual(new Set([true, false]))
      for (const { condition, facts } of own)
        for (const missing of Object.keys(facts))
          expect(evaluate({ when: condition }, { ...facts, [missing]: undefined })).toBe('unknown')
    },
  )

  it.each(locales)('T18 of every kind is said in words of its own, in %s', (locale) => {
    const said = kinds.map(({ id }) =>
      sayCondition(cases.find((one) => one.id === id)?.condition[0] ?? nothing, locale),
    )
    expect(new Set(said).size).toBe(kinds.length)
    for (const one of said) expect(one).not.toMatch(/[{}!]|^$/)
  })
})

const nothing = { kind: 'all' as const, of: [] }
