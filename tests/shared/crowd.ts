import fc from 'fast-check'
import { makeId, type VisitId } from '../../shared/ids.ts'
import { type RosterQuery, rosterOrders } from '../../shared/roster-query.ts'
import type { LiveVisitor } from '../../shared/visitor.ts'
import { conversationId, siteId } from './story.ts'

export const visitOf = (n: number): VisitId => makeId('t', 0, new Uint8Array(10).fill(n))

/** Somebody on the site, the same for the same number but for what is given. */
export const guest = (n: number, more: Partial<LiveVisitor> = {}): LiveVisitor => ({
  visitId: visitOf(n),
  siteId,
  ...{ visitorId: null, name: null, email: null, conversationId: null },
  page: { url: 'https://shop.example/', title: 'Home', at: n },
  landing: { url: 'https://shop.example/', referrer: '' },
  ...{ pageViews: 1, startedAt: n, activeAt: n, state: 'active', locale: 'en', device: 'desktop' },
  ...{ browser: 'Chrome 156', consent: 'essential' },
  ...more,
})

const anyPage = fc.constantFrom('/', '/shoes?size=43', '/shoes', '/hats#red').map((path) => ({
  url: `https://shop.example${path}`,
  title: path,
  at: 1,
}))

/** Anybody of a small crowd, as they may be at any moment. */
export const anyGuest: fc.Arbitrary<LiveVisitor> = fc
  .record({
    n: fc.nat(25),
    page: anyPage,
    startedAt: fc.nat(3),
    activeAt: fc.nat(9),
    pageViews: fc.nat(4),
    device: fc.constantFrom('desktop' as const, 'phone' as const),
    locale: fc.constantFrom('en' as const, 'fa' as const),
    visits: fc.constantFrom(1, 2),
    tags: fc.subarray(['vip', 'press']),
    conversationId: fc.constantFrom(null, conversationId),
    name: fc.constantFrom(null, 'Mina', 'علي'),
    segments: fc.subarray(['buyers', 'keen']),
    score: fc.constantFrom(undefined, { points: -3, reasons: [] }, { points: 20, reasons: [] }),
  })
  .map(({ n, score, ...more }) => guest(n, { ...more, ...(score ? { score } : {}) }))

export const anyQuery: fc.Arbitrary<RosterQuery> = fc.record(
  {
    page: fc.constantFrom('/shoes', '/*', '*hats'),
    came: fc.constantFrom('new' as const, 'returning' as const),
    device: fc.constantFrom('desktop' as const, 'phone' as const),
    locale: fc.constantFrom('en' as const, 'fa' as const),
    chat: fc.constantFrom('with' as const, 'without' as const),
    tag: fc.constantFrom('vip', 'press'),
    segment: fc.constantFrom('buyers', 'keen'),
    scoreAtLeast: fc.constantFrom(-10, 1),
    search: fc.constantFrom('mina', 'علی'),
    order: fc.constantFrom(...rosterOrders),
    grouped: fc.boolean(),
  },
  { requiredKeys: ['order', 'grouped'] },
)
