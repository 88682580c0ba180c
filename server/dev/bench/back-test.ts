import { randomBytes } from 'node:crypto'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import * as v from 'valibot'
import { makeId, type SiteId, type VisitorId } from '../../../shared/ids.ts'
import { day } from '../../../shared/limits.ts'
import { Rule } from '../../../shared/triggers/rule.ts'
import { eventLoopPace } from '../../domain/slices.ts'
import { BackTests } from '../../domain/trials/back-test.ts'
import type { History } from '../../history/history.ts'
import { openHistory } from '../../history/open.ts'
import { systemClock } from '../../system.ts'
import { type Figure, figure, median } from './figures.ts'
import { makeFolder, removeFolder } from './temporary-folder.ts'

export const views = 100_000
const viewsOfVisit = 4
const visitsOfVisitor = 3
export const otherRules = 20
const rounds = 3
const atOnce = 500

/** A rule held against a month of a busy shop, among others that are switched on. */
export async function measureBackTest(): Promise<Figure[]> {
  const folder = makeFolder()
  const history = await openHistory({ dataDir: folder, databaseUrl: null, clock: systemClock })
  try {
    const siteId = makeId('s', 1, randomBytes(10))
    const people = await fill(history, siteId)
    const taken: number[] = []
    const read: number[] = []
    const delays: number[] = []
    for (let round = 0; round < rounds; round++) {
      read.push(await secondsTo(() => readAll(history, siteId, people)))
      const loop = monitorEventLoopDelay({ resolution: 1 })
      loop.enable()
      taken.push(await secondsTo(() => replayAll(history, siteId)))
      loop.disable()
      delays.push(loop.percentile(99) / 1e6)
    }
    const delay = `event loop delay p99 ${median(delays).toFixed(1)} ms`
    const floor = {
      floor: median(read),
      note: `${note}; ${delay}; floor: reading the same without evaluating`,
    }
    return [figure('rules.backtest', median(taken), 's', floor)]
  } finally {
    await history.close()
    removeFolder(folder)
  }
}

const note = `${views.toLocaleString('en')} page views, ${otherRules} other rules`

async function secondsTo(work: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1_000
}

export const period = (siteId: SiteId) => ({ siteId, from: began, to: began + 31 * day })
const began = Date.now() - 30 * day

async function readAll(history: History, siteId: SiteId, people: readonly VisitorId[]): Promise<void> {
  for (let from: number | null = began; from !== null; )
    from = (await history.past.viewers({ ...period(siteId), from }, 5_000)).next
  const each = Math.ceil(400 / (viewsOfVisit * visitsOfVisitor))
  for (let i = 0; i < people.length; i += each)
    await history.past.of(period(siteId), people.slice(i, i + each))
}

async function replayAll(history: History, siteId: SiteId): Promise<void> {
  const others = Array.from({ length: otherRules }, (_, i) => ruleNumber(siteId, i))
  const tests = new BackTests({
    ...{ history, rules: { list: () => others }, clock: systemClock, pace: eventLoopPace },
    settingsOf: () => ({}),
  })
  const { id: ruleId, createdAt: _, ...rule } = ruleNumber(siteId, 99)
  const asked = { rule, ruleId, ...period(siteId), timeZone: 'Asia/Tehran' }
  const answer = await tests.run(asked, new AbortController().signal)
  if (!answer.ok || answer.value.views < views) throw new Error('Not all of the past was gone through.')
}

/** Most ask for other pages, some for time, visits and what was told. */
export function ruleNumber(siteId: SiteId, i: number): Rule {
  const kinds: unknown[] = [
    { kind: 'secondsOnPage', atLeast: 10 + i },
    { kind: 'visits', atLeast: 2 },
    { kind: 'event', name: 'cart', atLeast: 1 },
    { kind: 'scroll', atLeast: 50 },
    { kind: 'secondsOnSite', atLeast: 40 + i },
  ]
  return v.parse(Rule, {
    ...{ version: 2, id: makeId('r', i, randomBytes(10)), createdAt: i, siteId },
    ...{ name: `Rule ${i}`, enabled: true, priority: i % 10, say: { en: 'Can I help?' } },
    when: [{ kind: 'url', glob: i === 99 ? '*' : `/catalogue/${i % 12}*` }, kinds[i % kinds.length]],
  })
}

export async function fill(history: History, siteId: SiteId): Promise<VisitorId[]> {
  const count = Math.ceil(views / (viewsOfVisit * visitsOfVisitor))
  const people: VisitorId[] = []
  for (let from = 0; from < count; from += atOnce) {
    const some = Array.from({ length: Math.min(atOnce, count - from) }, (_, i) => from + i)
    people.push(...(await Promise.all(some.map((number) => oneVisitor(history, siteId, number)))))
  }
  return people
}

async function oneVisitor(history: History, siteId: SiteId, number: number): Promise<VisitorId> {
  const at = began + ((number * 7_919_003) % (25 * day))
  const tokenHash = randomBytes(32).toString('base64url')
  const newId = makeId('v', at, randomBytes(10))
  const { id } = await history.visitors.ensure({ siteId, tokenHash, newId, locale: 'en', at })
  const visits = Array.from({ length: visitsOfVisitor }, (_, i) => at + i * day)
  const records = visits.flatMap((start, visit) => {
    const visitId = makeId('t', start, randomBytes(10))
    return Array.from({ length: viewsOfVisit }, (_, i) => ({
      ...{ visitId, visitorId: id, siteId, at: start + i * 35_000 },
      ...{ url: pageOf(number + visit + i), title: 'A vase, blue and white', referrer: '' },
      ...{ engagedMs: 20_000, scroll: (number * 7 + i * 13) % 100 },
    }))
  })
  await history.visits.record(records)
  const [first] = records
  if (first && number % 4 === 0)
    await history.visits.tell({
      readings: [],
      events: [
        { ...first, at: first.at + 9_000, name: 'cart', count: 1, properties: { items: 2, value: 80 } },
      ],
    })
  return id
}

const pageOf = (n: number): string =>
  `https://shop.example/catalogue/${n % 40}/vases/product-page-with-a-long-name-${n % 400}?ref=list&sort=price`
