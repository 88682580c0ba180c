import { randomBytes } from 'node:crypto'
import * as v from 'valibot'
import { makeId, PageId } from '../../../shared/ids.ts'
import { limits } from '../../../shared/limits.ts'
import { Rule } from '../../../shared/triggers/rule.ts'
import { emptyWorkspace } from '../../../shared/workspace.ts'
import { Exposures } from '../../domain/proactive/exposures.ts'
import { House } from '../../domain/proactive/house.ts'
import { createProactive, type LiveProactive } from '../../domain/proactive/proactive.ts'
import { QueueLength } from '../../domain/proactive/proactive-queue.ts'
import { Sorter } from '../../domain/sorter.ts'
import { addView, beginVisit } from '../../domain/visits/visit.ts'
import type { ExposureHistory } from '../../history/exposures.ts'
import { systemClock, systemRandom } from '../../system.ts'
import { type Figure, figure, quantile } from './figures.ts'

const rulesMeasured = 500
const urlCharacters = 2_000
const views = 1_000
const warmUp = 500

/** What a page view costs the server in rules, each view of another visitor on another page with a long address. */
export async function measureRules(): Promise<Figure[]> {
  const full = engine(Array.from({ length: rulesMeasured }, (_, i) => ruleNumber(i)))
  const empty = engine([])
  timesOf(empty, warmUp)
  timesOf(full, warmUp)
  const floor = timesOf(empty, views)
  const taken = timesOf(full, views)
  return [
    figure('rules.evaluate', quantile(taken, 0.5), 'ms', {
      floor: quantile(floor, 0.5),
      note: `${rulesMeasured} rules, addresses of ${urlCharacters} characters; p99 ${quantile(taken, 0.99).toFixed(3)} ms; floor: no rule`,
    }),
  ]
}

const mute = () => undefined
const siteId = makeId('s', 1, randomBytes(10))

function engine(rules: readonly Rule[]): LiveProactive {
  const log = { debug: mute, info: mute, warn: mute, error: mute }
  const agents = { somebodyCanAnswer: () => true, colleagues: () => [], statusOf: () => 'online' as const }
  const settings = emptyWorkspace()
  const workspace = { read: () => settings }
  const history = { conversations: { count: async () => ({ open: 0, waiting: 0 }) } }
  const queue = new QueueLength({ history, clock: systemClock, log })
  const house = new House({ workspace, agents, queue })
  const sorter = new Sorter({
    workspace,
    house,
    visitors: { update: async () => null },
    clock: systemClock,
    log,
  })
  const base = { clock: systemClock, random: systemRandom, log, rules: { list: () => rules } }
  const exposures = new Exposures({ ...base, sorter, history: { exposures: nothingStored } })
  return createProactive({
    ...base,
    ...{ exposures, queue, house, sorter },
    agents,
    sites: { byId: () => null },
    visits: {
      byId: () => null,
      everybody: () => [],
      quieten: async () => undefined,
      tracked: () => undefined,
      onMoved: () => undefined,
    },
    audience: { inviteOffered: mute, inviteWithdrawn: mute },
  })
}

const nothingStored: ExposureHistory = {
  store: async () => undefined,
  past: async () => ({ said: [], open: [] }),
  ofVisitor: async () => [],
  tallies: async () => [],
  invited: async () => ({ items: [], nextCursor: null }),
  expire: async () => 0,
}

/** As a large shop may have them: most for other pages than this, some for this page and other people. */
function ruleNumber(i: number): Rule {
  const places = [`*/category-${i}/*`, `/shop/department-${i}*`, `*product-${i}?ref=*`, '*', `*-${i}`]
  const when: unknown[] = [
    { kind: 'url', glob: places[i % places.length] },
    { kind: 'secondsOnPage', atLeast: 20 },
    i % 2 ? { kind: 'language', anyOf: ['fa', 'ar'] } : { kind: 'pageViews', atLeast: 2 + (i % 9) },
  ]
  const far = {
    kind: 'any',
    of: [
      { kind: 'title', glob: `*${i}*sale*` },
      { kind: 'returning', is: true },
    ],
  }
  return v.parse(Rule, {
    ...{ version: 2, id: makeId('r', i, randomBytes(10)), createdAt: i, siteId },
    ...{ name: `Rule ${i}`, enabled: true, priority: i % 10, say: { en: 'Can I help?' } },
    when: i % 3 ? when : [...when, far],
  })
}

function timesOf(proactive: LiveProactive, count: number): number[] {
  return Array.from({ length: count }, () => {
    const { visit, page } = arrival()
    const began = performance.now()
    proactive.rulesFor(visit, page)
    return performance.now() - began
  })
}

function arrival() {
  const page = v.parse(PageId, randomBytes(16).toString('base64url'))
  const now = systemClock.now()
  const visit = beginVisit(
    {
      ...{ id: makeId('t', now, randomBytes(10)), siteId, key: page, tokenHash: null },
      ...{ consent: 'essential', locale: 'en', device: 'desktop', browser: 'Chrome 156' },
    },
    now,
  )
  addView(visit, page, { url: longAddress(), title: 'A vase, blue and white', referrer: '' }, now)
  return { visit, page }
}

/** As query strings are: many separators, many digits, nothing that any rule looks for. */
function longAddress(): string {
  const begun = 'https://shop.example/catalogue/vases/product-page/?'
  const rest = randomBytes(urlCharacters).toString('base64url').replace(/[_-]/g, '/')
  return (begun + rest).slice(0, Math.min(urlCharacters, limits.urlCharacters))
}
