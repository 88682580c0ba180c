import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seedDemo } from '../../../server/demo/seeding/seed-demo.ts'
import { createLog } from '../../../server/log.ts'
import { systemRandom } from '../../../server/system.ts'
import type { Entry } from '../../../shared/conversation/entry.ts'
import { day } from '../../../shared/limits.ts'
import { success } from '../../../shared/result.ts'
import type { Client } from '../../support/client.ts'
import { handClock } from '../../support/clock.ts'
import { openWorld, type World } from '../../support/world.ts'

const now = Date.UTC(2026, 4, 20, 16)
const from = new Date(now - 40 * day).toISOString()
const to = new Date(now).toISOString()
const period = `from=${from}&to=${to}`
let world: World
let sara: Client

beforeAll(async () => {
  const clock = handClock(now)
  world = await openWorld({ clock })
  const log = createLog({ level: 'error', clock, write: () => undefined })
  await seedDemo({ app: world.app, history: world.history, clock, random: systemRandom, log }, 60)
  const weekly = [{ days: [1, 2, 3, 4, 5] as (1 | 2 | 3 | 4 | 5)[], from: '09:00', to: '17:30' }]
  await world.workspace.change((draft) => {
    draft.targets = []
    draft.calendars = [{ id: 'office', name: 'Office', timeZone: 'UTC', weekly }]
    const [first] = draft.agents
    draft.teams = first ? [{ id: 'owners', name: 'Owners', agents: [first.id] }] : []
    return success(undefined)
  })
  sara = await world.signIn()
}, 60_000)
afterAll(() => world.close())

const get = async (path: string) => {
  const answer = await sara.get(`/api/v1/reports/${path}`)
  expect(answer.status).toBe(200)
  return answer
}

/** Worked out from the entries, slowly and by itself: who waited, from when to when, and whether somebody answered. */
interface Wait {
  from: number
  to: number
  answered: boolean
  first: boolean
}

function waitsIn(entries: readonly Entry[]): Wait[] {
  const waits: Wait[] = []
  let open: number | null = null
  let isFirst = true
  const end = (at: number, answered: boolean) => {
    if (open === null) return
    waits.push({ from: open, to: at, answered, first: isFirst })
    isFirst = false
    open = null
  }
  for (const entry of entries) {
    if (entry.kind === 'closed') end(entry.at, false)
    if (entry.kind === 'reopened') isFirst = true
    if (entry.kind !== 'message' || entry.auto || entry.visibility === 'note') continue
    if (entry.author.kind === 'visitor') open ??= entry.at
    if (entry.author.kind === 'agent') end(entry.at, true)
  }
  end(now, false)
  return waits
}

const minute = 60_000

/** Monday to Friday from 9:00 to 17:30 UTC, looked at day by day. */
function officeTime({ from: start, to: end }: Wait): number {
  let sum = 0
  for (let midnight = Math.floor(start / day) * day; midnight < end; midnight += day) {
    const weekday = new Date(midnight).getUTCDay()
    if (weekday === 0 || weekday === 6) continue
    const [opens, closes] = [midnight + 9 * 60 * minute, midnight + 17.5 * 60 * minute]
    sum += Math.max(0, Math.min(end, closes) - Math.max(start, opens))
  }
  return sum
}

async function allWaits(): Promise<Wait[]> {
  const { items } = await world.history.conversations.list({ order: 'recent', limit: 1_000 })
  const all = await Promise.all(
    items.map(({ conversation }) => world.history.conversations.entries(conversation.id, 0, 10_000)),
  )
  return all.flatMap(waitsIn).filter((wait) => wait.from >= Date.parse(from) && wait.from < now)
}

function figuresOf(lengths: readonly number[]) {
  const sorted = [...lengths].sort((a, b) => a - b)
  const rank = (p: number) => sorted[Math.ceil(p * sorted.length) - 1]
  return { n: sorted.length, p50: rank(0.5), p90: rank(0.9), max: sorted.at(-1) }
}

const cells = (text: string): string[][] => text.split('\r\n').map((line) => line.split(','))

describe('M59 the figures agree with the entries', () => {
  it.each(['wall', 'business'] as const)(
    'to the millisecond by the %s clock, and in the file',
    async (clock) => {
      const lengthOf = clock === 'wall' ? (wait: Wait) => wait.to - wait.from : officeTime
      const waits = await allWaits()
      const { json } = await get(`response-times?${period}&clock=${clock}`)
      const { measures, distribution } = Object(json)
      const [all, first] = [waits, waits.filter((wait) => wait.first)].map((some) => some.map(lengthOf))
      expect(all?.length).toBeGreaterThan(60)
      expect(measures.response).toMatchObject(figuresOf(all ?? []))
      expect(measures['firstResponse.customer']).toMatchObject(figuresOf(first ?? []))
      expect(measures.response.censored).toBe(waits.filter(({ answered }) => !answered).length)
      const within = (all ?? []).filter((length) => length <= minute).length
      expect(distribution[0]).toEqual({ upTo: minute, n: within })
      const { text } = await get(`response-times?${period}&clock=${clock}&format=csv`)
      const row = cells(text).find(([name]) => name === 'response')
      const { n, p50, p90, mean, max, censored } = measures.response
      expect(row?.slice(2, 8)).toEqual([n, p50, p90, mean, max, censored].map(String))
    },
  )

  it('and with the turns behind them, as a list and as a file', async () => {
    const waits = await allWaits()
    const lengths = waits.map((wait) => wait.to - wait.from).sort((a, b) => a - b)
    const { json } = await get(`turns?${period}&limit=1000`)
    const { items, total } = Object(json)
    expect(total).toBe(lengths.length)
    const listed: number[] = items.map((turn: { response: { wall: number } }) => turn.response.wall)
    expect(listed.sort((a, b) => a - b)).toEqual(lengths)
    for (const { whole, pieces } of items)
      expect(pieces.reduce((sum: number, piece: { wall: number }) => sum + piece.wall, 0)).toBe(whole.wall)
    const { text } = await get(`turns?${period}&format=csv`)
    const inFile = cells(text).flatMap((row) =>
      row[8] && Number.isFinite(Number(row[8])) ? Number(row[8]) : [],
    )
    expect(inFile.sort((a, b) => a - b)).toEqual(lengths)
  })

  it.each(['turns?', 'cases?figure=response&'])('M138 M139 and %sformat=json-file has all', async (list) => {
    const part = Object((await get(`${list}${period}&limit=3`)).json)
    const { json, headers } = await get(`${list}${period}&limit=3&format=json-file`)
    expect(headers.get('content-disposition')).toMatch(/filename="(turns|cases-response)\.json"/)
    const { items, nextCursor, ...rest } = Object(json)
    expect([items.length, nextCursor]).toEqual([part.total, null])
    expect({ ...rest, items: items.slice(0, 3) }).toEqual({ ...part, nextCursor: undefined })
    const [head = [], ...rows] = cells((await get(`${list}${period}&format=csv`)).text.trim())
    expect(new Set(head).size).toBe(head.length)
    expect(rows.map((row) => row.slice(-4))).toEqual(items.map(() => ['wall', 'UTC', from, to]))
  })

  it('M97 and with what was late, by team and aim, in the file as well', async () => {
    const waits = await allWaits()
    const { json } = await get(`response-times?${period}`)
    const { breaches, measures } = Object(json)
    const { text } = await get(`response-times?${period}&format=csv`)
    for (const aim of ['firstResponse', 'response'] as const) {
      const own = waits.filter(({ first }) => first === (aim === 'firstResponse'))
      const late = own.filter((wait) => officeTime(wait) > 5 * minute)
      const decided = own.filter((wait) => wait.to < now || late.includes(wait))
      const told: { n: number; of: number }[] = breaches.filter((one: { aim: string }) => one.aim === aim)
      expect(told.reduce((sum, { n }) => sum + n, 0)).toBe(late.length)
      expect(told.reduce((sum, { of }) => sum + of, 0)).toBe(decided.length)
      const inFile = cells(text).filter(([name]) => name === `late.${aim}`)
      expect(inFile.map((row) => [Number(row[2]), Number(row[9])])).toEqual(told.map(({ n, of }) => [n, of]))
    }
    const answered = waits.filter((wait) => wait.answered && officeTime(wait) <= 5 * minute).length
    const decided = waits.filter((wait) => wait.to < now || officeTime(wait) > 5 * minute).length
    expect(measures.response.withinTarget).toBeCloseTo(answered / decided, 10)
  })

  it('of each bar of the distribution', async () => {
    const { json } = await get(`response-times?${period}`)
    for (const { upTo, n } of Object(json).distribution) {
      const turns = await get(`turns?${period}&bucket=${upTo ?? 'more'}&limit=1`)
      expect(Object(turns.json).total).toBe(n)
    }
  })
})

describe('what reports are asked for', () => {
  it('M57 is echoed by each of them, and stands in the file', async () => {
    const asked = `${period}&team=owners&device=phone&language=fa&page=/products&proactive=no&timeZone=Asia/Tehran&clock=business`
    for (const name of [
      'response-times',
      'satisfaction',
      'volume',
      'agents',
      'overview',
      'staffing',
      'turns',
    ]) {
      const { json } = await get(`${name}?${asked}`)
      expect(json).toMatchObject({
        ...{ from, to, timeZone: 'Asia/Tehran', clock: 'business' },
        filters: {
          ...{ site: null, team: 'owners', agent: null, segment: null },
          ...{ language: 'fa', page: '/products', device: 'phone', proactive: false },
        },
      })
      expect((await get(`${name}?${asked}&format=csv`)).text).toContain('timeZone')
    }
  })

  it('M57 leaves out whom it is not asked of', async () => {
    const nobody = await get(`volume?${period}&team=owners`)
    expect(nobody.json).toMatchObject({ totals: { episodes: 0 } })
    const all = Object((await get(`volume?${period}`)).json)
    expect(all.totals.conversations).toBe(60)
    expect(all.week).toHaveLength(168)
    const agents = Object((await get(`agents?${period}`)).json).agents
    const [busiest] = agents
    const own = await get(`agents?${period}&agent=${busiest.agentId}`)
    expect(own.json).toMatchObject({ agents: [busiest] })
  })

  it('M58 M112 is compared with the period before', async () => {
    const half = new Date(now - 15 * day).toISOString()
    const { json } = await get(`volume?from=${half}&to=${to}&compare=previous`)
    const before = new Date(now - 30 * day).toISOString()
    const alone = Object((await get(`volume?from=${before}&to=${half}`)).json)
    expect(Object(json).before).toMatchObject({ from: before, to: half, totals: alone.totals })
    expect(Object(json).before).not.toHaveProperty('series')
    const agents = Object((await get(`agents?from=${half}&to=${to}&compare=previous`)).json)
    const then = Object((await get(`agents?from=${before}&to=${half}`)).json)
    expect(agents.before).toMatchObject({ from: before, to: half, agents: then.agents })
    for (const name of ['response-times', 'overview', 'satisfaction'])
      expect(Object((await get(`${name}?${period}&compare=previous`)).json)).toHaveProperty('before.from')
  })

  it('M124 says of what messages did in which time zone and of which days it is', async () => {
    const asked = `proactive?${period}&timeZone=Asia/Tehran`
    expect((await get(asked)).json).toMatchObject({ timeZone: 'Asia/Tehran', from, to, rules: [] })
    const { text } = await get(`${asked}&format=csv`)
    expect(cells(text)[0]?.slice(-4)).toEqual(['clock', 'timeZone', 'from', 'to'])
  })

  it('M42 is in the overview as in each report', async () => {
    const overview = Object((await get(`overview?${period}`)).json)
    const times = Object((await get(`response-times?${period}`)).json)
    const { csat } = Object((await get(`satisfaction?${period}`)).json)
    expect(overview.firstResponse).toEqual(times.measures['firstResponse.customer'])
    expect(overview.csat).toMatchObject({ answered: csat.answered, score: csat.score })
  })
})
