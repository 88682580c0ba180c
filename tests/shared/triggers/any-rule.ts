import fc from 'fast-check'
import type { Facts } from '../../../shared/triggers/facts.ts'
import type { Condition, RuleNode } from '../../../shared/triggers/rule.ts'

const noon = Date.UTC(2026, 10, 22, 12)
const globs = fc.constantFrom('*', '/demo/*', '/nowhere', 'https://shop.example/*', '*shop*demo*')
const few = fc.nat(4)
const words = fc.constantFrom('cart', 'plan', 'gold')
const that = fc.oneof(
  fc.record({
    op: fc.constantFrom('is' as const, 'isNot' as const),
    value: fc.constantFrom('gold', 3, true),
  }),
  fc.record({ op: fc.constantFrom('atLeast' as const, 'atMost' as const), value: few }),
  fc.record({ op: fc.constantFrom('exists' as const, 'missing' as const) }),
)
const ago = {
  ago: fc.constantFrom('atLeast' as const, 'atMost' as const),
  seconds: fc.integer({ min: 1, max: 60 }),
}
const sundays: { days: 7[]; from: string; to: string } = { days: [7], from: '09:00', to: '17:00' }
const schedule = { timeZone: fc.constant('Asia/Tehran'), weekly: fc.subarray([sundays]) }

/** One of every kind. */
export const anyCondition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ kind: fc.constantFrom('url' as const, 'title' as const, 'referrer' as const), glob: globs }),
  fc.record({
    kind: fc.constant('urlIs' as const),
    address: fc.constantFrom('/demo/', '/', 'https://shop.example'),
  }),
  fc.record({
    kind: fc.constant('utm' as const),
    field: fc.constant('source' as const),
    glob: fc.constantFrom('news*', ''),
  }),
  fc.record({
    kind: fc.constantFrom(
      ...([
        'secondsOnPage',
        'secondsOnSite',
        'pageViews',
        'visits',
        'scroll',
        'idle',
        'leadScore',
        'agentsOnline',
      ] as const),
    ),
    atLeast: few,
  }),
  fc.record({
    kind: fc.constantFrom('exitIntent' as const, 'widgetOpened' as const, 'somebodyCanAnswer' as const),
  }),
  fc.record({
    kind: fc.constantFrom('click' as const, 'elementSeen' as const),
    selector: fc.constantFrom('#buy', '.price'),
  }),
  fc.record({ kind: fc.constant('returning' as const), is: fc.boolean() }),
  fc.record({
    kind: fc.constant('device' as const),
    is: fc.constantFrom('desktop' as const, 'phone' as const),
  }),
  fc.record({ kind: fc.constant('queueBelow' as const), below: few }),
  fc.record({ kind: fc.constant('tag' as const), tag: words }),
  fc.record({ kind: fc.constant('segment' as const), segment: words }),
  fc.record({ kind: fc.constant('teamOnline' as const), team: words }),
  fc.record({ kind: fc.constant('attribute' as const), name: words, that }),
  fc.record({ kind: fc.constant('language' as const), anyOf: fc.subarray(['fa', 'en'], { minLength: 1 }) }),
  fc.record({ kind: fc.constant('country' as const), anyOf: fc.subarray(['IR', 'DE'], { minLength: 1 }) }),
  fc.record({ kind: fc.constantFrom('lastChat' as const, 'lastSeen' as const), ...ago }),
  fc.record({ kind: fc.constant('cartAbandoned' as const), seconds: fc.nat(60) }),
  fc.record({ kind: fc.constant('schedule' as const), ...schedule }),
  fc.record(
    {
      kind: fc.constant('event' as const),
      name: words,
      atLeast: fc.integer({ min: 1, max: 3 }),
      withinSeconds: fc.nat(60),
      where: fc.record({ property: words, that }),
    },
    { requiredKeys: ['kind', 'name', 'atLeast'] },
  ),
)

export const anyNode: fc.Arbitrary<RuleNode> = fc.letrec<{ node: RuleNode }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    anyCondition,
    fc.record({
      kind: fc.constantFrom('all' as const, 'any' as const, 'not' as const),
      of: fc.array(tie('node'), { minLength: 1, maxLength: 3 }),
    }),
  ),
})).node

export const anyWhen = fc.array(anyNode, { maxLength: 3 })

const setOf = (...all: string[]) => fc.subarray(all).map((some) => new Set(some))
const moment = fc.nat(90).map((ago) => noon - ago * 1_000)

/** What a page can see. */
export const anyPageFacts = {
  secondsOnPage: fc.nat(5),
  scroll: fc.nat(5),
  idle: fc.nat(5),
  exitIntent: fc.boolean(),
  widgetOpened: fc.boolean(),
  somebodyCanAnswer: fc.boolean(),
  click: setOf('#buy', '.price'),
  elementSeen: setOf('#buy', '.price'),
}

/** What a server can know. */
export const anyServerFacts = {
  now: fc.constant(noon),
  url: fc.constantFrom('https://shop.example/demo/', 'https://shop.example', 'https://other.example/demo/x'),
  title: fc.constantFrom('/demo/', ''),
  referrer: fc.constantFrom('', 'https://shop.example/x'),
  utm: fc.constantFrom({}, { source: 'newsletter' }),
  secondsOnSite: fc.nat(5),
  pageViews: fc.nat(5),
  visits: fc.nat(5),
  returning: fc.boolean(),
  events: fc
    .dictionary(
      words,
      fc.array(fc.record({ at: moment, properties: fc.dictionary(words, few) }), { maxLength: 3 }),
    )
    .map(
      (all) => new Map(Object.entries(all).map(([name, latest]) => [name, { count: latest.length, latest }])),
    ),
  cart: fc.option(fc.record({ items: few, value: few, at: moment })),
  attributes: fc.dictionary(words, fc.oneof(few, fc.constantFrom('gold', true))),
  tags: setOf('cart', 'plan', 'gold'),
  segments: fc.dictionary(words, fc.boolean()).map((all) => new Map(Object.entries(all))),
  leadScore: fc.nat(5),
  language: fc.constantFrom('fa', 'fa-IR', 'en', 'far'),
  device: fc.constantFrom('desktop' as const, 'phone' as const),
  country: fc.constantFrom(null, 'IR', 'DE'),
  agentsOnline: fc.nat(5),
  teamsOnline: setOf('cart', 'plan', 'gold'),
  queue: fc.nat(5),
  lastChatAt: fc.option(moment),
  lastSeenAt: fc.option(moment),
}

/** Everything that can be known. */
export const allFacts: fc.Arbitrary<Facts> = fc.record({ ...anyServerFacts, ...anyPageFacts })
/** Some of it. */
export const someFacts: fc.Arbitrary<Facts> = fc.record(
  { ...anyServerFacts, ...anyPageFacts },
  { requiredKeys: [] },
)
