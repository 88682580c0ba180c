import { makeId, type VisitorId } from '../../../shared/ids.ts'
import type { Assumed } from '../../../shared/triggers/past/past-facts.ts'
import type { Past, PastPerson, PastView, PastVisit } from '../../../shared/triggers/past/recorded.ts'
import { replay, replaying, type Settings } from '../../../shared/triggers/past/replay.ts'
import { Tally } from '../../../shared/triggers/past/tally.ts'
import type { Rule } from '../../../shared/triggers/rule.ts'

export const shop = 'https://shop.example'
export const noon = Date.UTC(2026, 2, 21, 12)
export const second = 1_000
export const minute = 60 * second
export const hour = 60 * minute

let numbers = 0
const bytes = () =>
  Uint8Array.from({ length: 10 }, (_, i) => (i === 9 ? ++numbers % 256 : numbers >> 8) & 255)

const siteId = makeId('s', 1, new Uint8Array(10))

/** Speaks to everybody, whoever is there, and holds nobody out. */
export const aRule = (more: Partial<Rule> = {}): Rule => ({
  ...{ version: 2, id: makeId('r', ++numbers, bytes()), siteId, createdAt: 1, name: 'Greet' },
  ...{ enabled: true, priority: 5, when: [], say: { en: 'Hello' }, holdout: 0 },
  ...more,
})

type Seen = Partial<PastView> & { path: string; at: number }

/** A visit of these pages, at ms after noon. */
export function aVisit(pages: readonly Seen[], events: PastVisit['events'] = []): PastVisit {
  const views = pages.map(({ path, at, ...more }) => ({
    ...{ at: noon + at, url: shop + path, title: path, referrer: '', engagedMs: minute },
    ...more,
  }))
  const startedAt = views[0]?.at ?? noon
  const told = events.map((event) => ({ ...event, at: noon + event.at }))
  return { visitId: makeId('t', startedAt, bytes()), startedAt, views, events: told }
}

export const aPerson = (more: Partial<PastPerson> = {}): PastPerson => ({
  ...{ createdAt: noon, name: null, attributes: {}, tags: [], visits: 1, quietSince: null },
  ...more,
})

export const aPast = (visits: readonly PastVisit[], more: Partial<Past> = {}): Past => ({
  ...{ visitorId: newVisitor(), person: aPerson({ visits: visits.length }), visits },
  ...{ visitsLater: 0, seenBefore: null, chats: [] },
  ...more,
})

export const newVisitor = (): VisitorId => makeId('v', noon, bytes())

export const somebodyThere: Assumed = { somebodyCanAnswer: true }

/** What the rule would have done, among the others. */
export function backTest(
  tried: Rule,
  pasts: readonly Past[],
  {
    others = [],
    assumed = somebodyThere,
    settings = {},
  }: { others?: readonly Rule[]; assumed?: Assumed; settings?: Settings } = {},
) {
  const given = replaying(others, tried, { assumed, settings })
  const tally = new Tally(given, 'UTC')
  for (const past of pasts) {
    tally.begin(past)
    for (const step of replay(past, given)) tally.step(step, past)
    tally.end(past)
  }
  return tally.result()
}
