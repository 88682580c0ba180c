import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SiteId } from '../../../shared/ids.ts'
import type { CasesWanted } from '../../../shared/metrics/case-figures.ts'
import { businessClock, type ClockName } from '../../../shared/metrics/clocks.ts'
import { foldLedger } from '../../../shared/metrics/fold.ts'
import { measuredOf, responseOf, rulerOfEpisode, rulerOfTurn } from '../../../shared/metrics/lengths.ts'
import type { Case } from '../../../shared/metrics/opened-case.ts'
import { playHistory, type Subject, sara, worksByHours } from '../../support/any-history.ts'
import type { Client } from '../../support/client.ts'
import { handClock } from '../../support/clock.ts'
import { waitsIn } from '../../support/counted-waits.ts'
import { disagreements, figuresOf, type Opened, type Told } from '../../support/figures-opened.ts'
import { hour } from '../../support/history-cast.ts'
import { openWorld, type World } from '../../support/world.ts'

/** As things stand long after. */
const now = Date.UTC(2026, 4, 20, 16)
/** Around the moments at which clocks were changed, or were not. */
const stories = [
  { seed: 1, around: Date.UTC(2026, 2, 8, 7), zone: 'America/New_York' },
  { seed: 2, around: Date.UTC(2025, 9, 26, 1), zone: 'Europe/Berlin' },
  { seed: 3, around: Date.UTC(2026, 3, 4, 15), zone: 'Australia/Lord_Howe' },
  { seed: 4, around: Date.UTC(2026, 0, 1, 20, 30), zone: 'Asia/Tehran' },
] as const

let world: World
let client: Client
let sites: SiteId[]
const records = new Map<number, Subject[]>()

beforeAll(async () => {
  world = await openWorld({ clock: handClock(now) })
  await world.workspace.change(worksByHours)
  const [first] = world.app.domain.sites.list()
  if (!first) throw new Error('No site was made.')
  const { id: _, key: __, createdAt: ___, calendar: ____, ...draft } = first
  const second = await world.app.domain.sites.create({ ...draft, name: 'Second' })
  if (!second.ok) throw new Error(second.error.message)
  sites = [first.id, second.value.id]
  for (const { seed, around } of stories)
    records.set(seed, await playHistory(world.history, { seed, around, sites }))
  client = await world.signIn()
}, 60_000)
afterAll(() => world.close())

const get = async (path: string, query: Record<string, string>) => {
  const answer = await client.get(`/api/v1/reports/${path}?${new URLSearchParams(query)}`)
  if (answer.status !== 200) throw new Error(`${path} ${JSON.stringify(query)}: ${answer.text}`)
  return answer
}

const periodOf = (around: number) => ({
  from: new Date(around - 26 * hour).toISOString(),
  to: new Date(around + 27 * hour).toISOString(),
})

/** What is wanted, in the words of the interface. */
function asQuery({
  by,
  longerThan,
  upTo,
  outcome,
  unanswered,
  ...rest
}: CasesWanted): Record<string, string> {
  const isBucket = longerThan !== undefined || upTo !== undefined
  return {
    ...Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, `${value}`])),
    ...(isBucket && { bucket: `${upTo ?? 'more'}` }),
    ...(by && { by: by.respect, ...(by.key !== null && { key: by.key }) }),
    ...(outcome !== undefined && { outcome: outcome ? 'yes' : 'no' }),
    ...(unanswered && { unanswered: 'yes' }),
  }
}

const opening =
  (query: Record<string, string>) =>
  async (wanted: CasesWanted): Promise<Opened> => {
    const items: Case[] = []
    let amount = 0
    for (let cursor = ''; ; ) {
      const asked = { ...query, ...asQuery(wanted), limit: '500', ...(cursor && { cursor }) }
      const page = Object((await get('cases', asked)).json)
      items.push(...page.items)
      amount += page.amount ?? 0
      if (page.nextCursor === null) return { items, total: page.total, amount }
      cursor = page.nextCursor
    }
  }

async function toldOf(query: Record<string, string>): Promise<Told> {
  const [times, said, volume, agents] = await Promise.all(
    ['response-times', 'satisfaction', 'volume', 'agents'].map(
      async (name) => Object((await get(name, query)).json) as never,
    ),
  )
  return { times, said, volume, agents } as unknown as Told
}

const cells = (text: string): string[][] => text.split('\r\n').map((line) => line.split(','))

const questions: [ClockName, Record<string, string>][] = [
  ['wall', {}],
  ['business', { agent: sara.id }],
  ['staffed', { language: 'fa', proactive: 'no' }],
  ['business', { team: 'day', page: '/pricing' }],
]

describe.each(stories)(
  'M110 M111 a history around the change of clocks in $zone',
  ({ seed, around, zone }) => {
    const [clock, filters] = questions[seed % questions.length] ?? ['wall', {}]
    const query = { ...periodOf(around), timeZone: zone, clock, ...filters }

    it(`has figures (${clock}, ${JSON.stringify(filters)}) that open just what they count`, async () => {
      const told = await toldOf(query)
      expect(told.times.measures.response.n).toBeGreaterThan(3)
      // All of them are looked at in the test of the finder: here, of each history other ones.
      const some = { first: seed % 4, each: 4 }
      expect(await disagreements(told, clock, opening(query), some)).toEqual([])
    })

    it('says in its files what it answers', async () => {
      const { times } = await toldOf(query)
      const whole = cells((await get('response-times', { ...query, format: 'csv' })).text)
      for (const [measure, { n, p50, p90, mean, max, censored }] of Object.entries(times.measures)) {
        const row = whole.find(([name]) => name === measure)
        expect(row?.slice(2, 8)).toEqual([n, p50, p90, mean, max, censored].map((one) => `${one ?? ''}`))
        expect(row?.slice(-4)).toEqual([clock, zone, query.from, query.to])
      }
      for (const figure of ['response', 'resolution.episode', 'missed', 'csat'] as const) {
        const { items } = await opening(query)({ figure })
        const [head = [], ...rows] = cells((await get('cases', { ...query, figure, format: 'csv' })).text)
        const column = { wall: 'ms', business: 'business ms', staffed: 'staffed ms' }[clock]
        const at = head.indexOf(column)
        expect(rows.flatMap((row) => (row[0] ? [Number(row[at])] : []))).toEqual(
          items.map(({ measured }) => measured[clock]),
        )
      }
    })

    it('comes to what its entries say by the definition of each measure', async () => {
      const { from, to } = periodOf(around)
      const [start, end] = [Date.parse(from), Date.parse(to)]
      const isIn = (at: number | null) => at !== null && at >= start && at < end
      const { sites: held, teams: own, calendars } = world.workspace.read()
      const business = businessClock({ sites: held, teams: own, calendars })
      const ledgers = (records.get(seed) ?? []).map(({ entries, ...subject }) => foldLedger(subject, entries))
      const { measures } = (await toldOf({ ...periodOf(around), clock: 'business', timeZone: zone })).times
      const episodes = ledgers.flatMap((one) => one.episodes)
      for (const id of ['firstResponse.customer', 'wait', 'resolution.episode', 'resolution.last'] as const) {
        const lengths = episodes.flatMap((episode) => {
          const measured = measuredOf(id, episode, now)
          const at = id.startsWith('resolution') ? episode.closedAt : episode.firstMessageAt
          return measured && isIn(at) ? [rulerOfEpisode(business, episode)(measured)] : []
        })
        expect(measures[id]).toMatchObject(figuresOf(lengths))
      }
      const turns = ledgers.flatMap((one) => one.turns).filter(({ openedAt }) => isIn(openedAt))
      const waits = turns.flatMap((turn) => {
        const measured = responseOf(turn, now)
        return measured ? [rulerOfTurn(business, turn)(measured)] : []
      })
      expect(measures.response).toMatchObject(figuresOf(waits))
    })

    it('comes to what is counted by hand, by the wall', async () => {
      const { from, to } = periodOf(around)
      const waits = (records.get(seed) ?? [])
        .flatMap(({ entries }) => waitsIn(entries, now))
        .filter((wait) => wait.from >= Date.parse(from) && wait.from < Date.parse(to))
      const { times } = await toldOf({ ...periodOf(around), timeZone: zone })
      expect(times.measures.response).toMatchObject(figuresOf(waits.map((wait) => wait.to - wait.from)))
      const local = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' })
      const first = waits.filter((wait) => wait.first)
      for (const { day: date, n } of times.series)
        expect([date, n]).toEqual([date, first.filter((wait) => local.format(wait.from) === date).length])
    })
  },
)

it.each(stories)(
  'M42 M57 an agent of $zone has the same figures wherever they stand',
  async ({ around, zone }) => {
    const query = { ...periodOf(around), timeZone: zone }
    const { agents } = await toldOf(query)
    expect(agents.agents.length).toBeGreaterThan(1)
    for (const row of agents.agents) {
      const own = { ...query, agent: row.agentId }
      const told = await toldOf(own)
      expect(told.agents.agents).toEqual([row])
      const { csat } = told.said
      expect(row.csat).toEqual({ n: csat.answered, score: csat.score, low: csat.low, high: csat.high })
      const overview = Object((await get('overview', own)).json)
      expect(overview.csat).toMatchObject({ answered: csat.answered, shown: csat.shown, score: csat.score })
    }
  },
)

describe('M116 what a list is asked for', () => {
  const asked = { ...periodOf(stories[0].around), figure: 'wait' }
  it.each([
    ['an unknown figure', { figure: 'mood' }, 'query.figure'],
    ['none', { figure: '' }, 'query.figure'],
    ['a break-down that no report has', { by: 'team' }, 'query.by'],
    ['a line of no break-down', { key: 'day' }, 'query.key'],
    ['an outcome of what is no share', { outcome: 'yes' }, 'query.outcome'],
    ['a state of what is not asked', { state: 'shown' }, 'query.state'],
    ['an answer to nothing', { answer: '5' }, 'query.answer'],
    ['a day that there is not', { day: '2026-02-30' }, 'query.day'],
    ['an hour that there is not', { hour: '24' }, 'query.hour'],
    ['a step that there is not', { bucket: '1' }, 'query.bucket'],
    ['a weekday of one hour', { figure: 'waiting', weekday: '1' }, 'query.weekday'],
    ['nobody’s answer to a question', { figure: 'csat', unanswered: 'yes' }, 'query.unanswered'],
    ['lengths of an answer', { figure: 'nps', bucket: 'more' }, 'query.bucket'],
    ['a period that runs back', { from: '2026-05-02', to: '2026-05-01' }, 'query.from'],
    ['more than a year', { from: '2020-01-01', to: '2026-01-01' }, 'query.from'],
    ['a place that there is not', { timeZone: 'Mars/Olympus' }, 'query.timeZone'],
  ])('is refused with %s', async (_, more, path) => {
    const answer = await client.get(`/api/v1/reports/cases?${new URLSearchParams({ ...asked, ...more })}`)
    expect([answer.status, Object(answer.json).error?.path]).toEqual([400, path])
  })

  it('is nothing where there is nothing', async () => {
    const empty = { figure: 'wait', from: '2020-01-01', to: '2020-01-02' }
    expect((await get('cases', empty)).json).toMatchObject({
      items: [],
      nextCursor: null,
      total: 0,
      amount: 0,
    })
    expect((await get('cases', { ...asked, cursor: 'nowhere' })).json).toMatchObject({ items: [] })
  })

  it('is told to nobody who is not signed in', async () => {
    const answer = await fetch(`${world.url}/api/v1/reports/cases?figure=wait`)
    expect(answer.status).toBe(401)
  })

  it('M110 is each case once, a part at a time', async () => {
    const all = await opening(asked)({ figure: 'episodes' })
    const seen: string[] = []
    for (let cursor = ''; ; ) {
      const part = { ...asked, figure: 'episodes', limit: '3', ...(cursor && { cursor }) }
      const { items, nextCursor } = Object((await get('cases', part)).json)
      seen.push(...items.map((one: Case) => `${one.conversationId} ${one.episode}`))
      if (nextCursor === null) break
      cursor = nextCursor
    }
    expect(seen).toEqual(all.items.map((one) => `${one.conversationId} ${one.episode}`))
    expect(new Set(seen).size).toBe(all.total)
  })
})

it('M56 M110 who waited in an hour is listed, one by one', async () => {
  const { around, zone } = stories[1]
  const query = { ...periodOf(around), timeZone: zone }
  const { hours } = Object((await get('staffing', query)).json)
  const local = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
  // Some of them: each is asked for by itself.
  for (const [i, { at, waiting }] of hours.entries()) {
    if (i % 3 > 0) continue
    const [date = '', time = ''] = local.format(new Date(at)).split(' ')
    const wanted = { figure: 'waiting', day: date, hour: `${Number(time.slice(0, 2))}` } as const
    const { json } = await get('cases', { ...query, ...wanted })
    const start = Date.parse(at)
    const overlap = Object(json).items.reduce((sum: number, { measured: { from, to } }: OnTheWire) => {
      return sum + Math.max(0, Math.min(Date.parse(to), start + hour) - Math.max(Date.parse(from), start))
    }, 0)
    expect(overlap / hour).toBeCloseTo(waiting.mean, 9)
  }
})

interface OnTheWire {
  measured: { from: string; to: string }
}
