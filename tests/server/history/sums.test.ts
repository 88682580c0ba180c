import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Attendance } from '../../../server/history/ledger/attendance.ts'
import { clockOf } from '../../../server/history/ledger/clocks.ts'
import { aboutOf } from '../../../server/history/ledger/narrow.ts'
import { eachFact, type Ledger } from '../../../server/history/ledger/read.ts'
import { figures } from '../../../server/history/ledger/reports.ts'
import { Shelf } from '../../../server/history/ledger/shelf.ts'
import { Sums } from '../../../server/history/ledger/sums.ts'
import { openHistory } from '../../../server/history/open.ts'
import { openSqlite } from '../../../server/history/sqlite-engine.ts'
import type { ConversationFacts } from '../../../shared/conversation/facts.ts'
import type { ConversationId } from '../../../shared/ids.ts'
import { day } from '../../../shared/limits.ts'
import { agents } from '../../../shared/metrics/agents.ts'
import { aimingOf } from '../../../shared/metrics/aiming.ts'
import type { ReportQuestion } from '../../../shared/metrics/asked.ts'
import { clockNames, wallClock } from '../../../shared/metrics/clocks.ts'
import { foldLedger } from '../../../shared/metrics/fold.ts'
import { responseTimes } from '../../../shared/metrics/response-times.ts'
import { conversationId, Story, siteId as storySite } from '../../shared/story.ts'
import { hour, newSiteId, noon, type Scene, scene, taken } from '../../support/history-cast.ts'
import { packAll } from '../../support/packing.ts'
import { question } from '../../support/question.ts'
import { useTemporary } from '../../support/temporary.ts'

const directory = useTemporary()

type Act = (scene: Scene, id: ConversationId, at: number) => Promise<unknown>

const acts: Act[] = [
  ({ says }, _, at) => says('Hello', at),
  ({ answers }, id, at) => answers(id, 'Hi', at),
  ({ closes }, id, at) => closes(id, at),
  ({ does, sara }, id, at) => does(id, { type: 'assign', agent: sara, by: sara }, at),
  ({ history }) => packAll(history.reports),
  ({ history, sara }, _, at) =>
    history.agentStates.record([{ agentId: sara.id, server: 'one', at, state: 'online' }]),
  // Said of days gone by.
  ({ history, sara }, _, at) =>
    history.agentStates.record([{ agentId: sara.id, server: 'one', at: at - 3 * day, state: 'offline' }]),
]

const step = fc.record({
  pause: fc.integer({ min: 0, max: 20 * hour }),
  who: fc.integer({ min: 0, max: 2 }),
  act: fc.integer({ min: 0, max: acts.length - 1 }),
})
const asking = fc.record({
  before: fc.integer({ min: 0, max: 60 * hour }),
  length: fc.integer({ min: hour, max: 14 * day }),
  clock: fc.constantFrom(...clockNames),
  timeZone: fc.constantFrom('UTC', 'Asia/Tehran'),
  one: fc.boolean(),
})
const round = fc.record({ steps: fc.array(step, { maxLength: 8 }), packs: fc.nat(3), asking })
const play = fc.array(round, {
  minLength: 2,
  maxLength: 6,
})

/** From the facts themselves, all at once. */
async function anew(ledger: Ledger, question: ReportQuestion) {
  const asked = {
    ...{ from: question.from, to: question.to, now: question.now, timeZone: question.timeZone },
    ...{ clock: await clockOf(ledger, question), aiming: aimingOf(question.house) },
  }
  const [waits, work] = [responseTimes(asked), agents(asked)]
  await eachFact(ledger, question, {
    turn(turn) {
      waits.turn(turn)
      work.turn(turn)
    },
    episode(episode) {
      waits.episode(episode, aboutOf(episode))
      work.episode(episode)
    },
  })
  return { waits: waits.answer(), work: work.answer() }
}

it('M117 what days came to before gives the same figures as if they were worked out anew', async () => {
  await fc.assert(
    fc.asyncProperty(play, async (rounds) => {
      const dataDir = directory()
      const history = await openHistory({ dataDir, clock: { now: () => noon } })
      const scenes = [0, 1, 2].map(() => scene(history))
      let now = noon
      const ids: ConversationId[] = []
      for (const { says } of scenes) ids.push(taken(await says('First', now)).conversation.id)
      const engine = openSqlite(`${dataDir}/history.db`, 'reader')
      const lasting = figures(engine)
      const teams = [{ id: 't', name: 'T', agents: scenes.slice(0, 1).map(({ sara }) => sara.id) }]
      for (const { steps, packs, asking } of rounds) {
        for (const { pause, who, act } of steps) {
          now += pause
          const [one, id] = [scenes[who], ids[who]]
          if (one && id) await acts[act]?.(one, id, now)
        }
        if (packs > 0) await packAll(history.reports)
        await history.conversations.count()
        const { before, length, clock, timeZone, one } = asking
        const to = now - before
        const of = one ? { agentIds: teams[0]?.agents ?? [] } : {}
        const steady: ReportQuestion = {
          ...{ from: noon - day, to: now, now, clock: 'wall', timeZone: 'UTC', of: {} },
          house: { sites: [], teams },
        }
        const other = { ...steady, from: to - length, to, clock, timeZone, of }
        for (const asked of [other, steady]) {
          const ledger = { queries: engine, shelf: new Shelf(engine), attendance: new Attendance(engine) }
          const { waits, work } = await anew(ledger, asked)
          expect(await lasting.responseTimes(asked)).toEqual(waits)
          if (!asked.of.agentIds) expect(await lasting.agents(asked)).toEqual(work)
          expect(await lasting.overview(asked)).toMatchObject({
            ...{ response: waits.measures.response, series: waits.series },
          })
        }
        now += hour
      }
      await engine.close()
      await history.close()
    }),
    { numRuns: 6 },
  )
}, 120_000)

const place = { day: 1, block: 1 }
const ofBytes = (bytes: number) => ({ stamp: 5, of: { bytes }, rest: { turns: [], episodes: [] } })

it('M118 of the sums of days only so many are kept, and those of the last questions', () => {
  const sums = new Sums<{ bytes: number }>({ bytes: 100_000, questions: 10 })
  const put = (key: string, parts: number): void => {
    for (let part = 0; part < parts; part++) {
      sums.of(key, 1).put({ day: part, block: 0 }, ofBytes(6_000))
      expect(sums.bytes).toBeLessThanOrEqual(100_000)
    }
  }
  const kept = (key: string): number =>
    Array.from({ length: 60 }, (_, day) => sums.of(key, 1).find({ day, block: 0, stamp: 5 })).filter(Boolean)
      .length
  put('one', 4)
  put('other', 4)
  expect([kept('other'), kept('one')]).toEqual([4, 4])
  put('third', 4)
  expect([kept('other'), kept('one'), kept('third')]).toEqual([0, 4, 4])
  // One alone takes no more than all may.
  put('large', 50)
  expect([kept('one'), kept('third'), kept('large')]).toEqual([0, 0, 9])
})

it('M118 of questions only so many are known, and none of which nothing is kept', () => {
  const sums = new Sums<{ bytes: number }>({ bytes: 1_000_000, questions: 10 })
  for (let page = 0; page < 1_000; page++)
    expect(sums.of(`today on /${page}`, 1).find({ ...place, stamp: 5 })).toBeUndefined()
  expect([sums.questions, sums.bytes]).toEqual([0, 0])
  for (let page = 0; page < 1_000; page++) sums.of(`yesterday on /${page}`, 1).put(place, ofBytes(1))
  expect(sums.questions).toBe(10)
  expect(sums.bytes).toBeLessThan(50_000)
  expect(sums.of('yesterday on /999', 1).find({ ...place, stamp: 5 })).toBeDefined()
  expect(sums.of('yesterday on /989', 1).find({ ...place, stamp: 5 })).toBeUndefined()
  // Too large to be kept at all: neither is the question.
  new Array(20).fill(0).forEach((_, n) => {
    sums.of(`large ${n}`, 1).put(place, ofBytes(2_000_000))
  })
  expect(sums.questions).toBe(10)
})

it('M119 of parts that are not there as they were no sum is kept, nor what was begun before', async () => {
  const sums = new Sums<{ bytes: number }>()
  const other = { day: 4, block: 1 }
  for (const one of [place, other]) sums.of('one', 1).put(one, ofBytes(1))
  sums.of('gone', 1).put(place, ofBytes(1))
  const begun = sums.of('begun', 1)
  const half = sums.bytes / 3
  await sums.refresh(async (first, last) => {
    expect([first, last]).toEqual([1, 4])
    return [
      { ...place, stamp: 6 },
      { ...other, stamp: 5 },
    ]
  })
  begun.put(place, ofBytes(1))
  expect([sums.questions, sums.bytes]).toEqual([1, half])
  expect(sums.of('one', 1).find({ ...place, stamp: 5 })).toBeUndefined()
  expect(sums.of('one', 1).find({ ...other, stamp: 5 })).toBeDefined()
})

it('M117 whose clock ran back is told nothing of what came later', () => {
  const sums = new Sums<{ bytes: number }>()
  sums.of('one', 10).put(place, ofBytes(1))
  expect(sums.of('one', 11).find({ ...place, stamp: 5 })).toBeDefined()
  expect(sums.of('one', 11).find({ ...place, stamp: 6 })).toBeUndefined()
  // Both are told at once: who asks of later first still ends after who asks of earlier.
  const [later, earlier] = [sums.of('one', 12), sums.of('one', 9)]
  expect(earlier.find({ ...place, stamp: 5 })).toBeUndefined()
  earlier.put(place, ofBytes(1))
  later.put(place, ofBytes(1))
  expect(earlier.find({ ...place, stamp: 5 })).toBeUndefined()
})

it('M117 who still waits has waited until now, however often is asked', async () => {
  const dataDir = directory()
  const history = await openHistory({ dataDir, clock: { now: () => noon } })
  await scene(history).says('Hello', noon)
  await history.conversations.count()
  await packAll(history.reports)
  const engine = openSqlite(`${dataDir}/history.db`, 'reader')
  const lasting = figures(engine)
  for (const days of [2, 5]) {
    const now = noon + days * day
    const { measures } = await lasting.responseTimes(question(noon - day, now))
    expect(measures.response).toMatchObject({ n: 1, max: days * day })
    expect(measures['firstResponse.customer']).toMatchObject({ n: 1, max: days * day })
  }
  await engine.close()
  await history.close()
})

const onPage = (path: string): ConversationFacts => ({
  ...{ segments: ['Buyers'], page: `https://shop.example${path}`, language: 'en' },
  ...{ device: 'desktop', proactive: false },
})

it('M117 days that had other pages, in another order, come to the same by page', async () => {
  const dataDir = directory()
  const history = await openHistory({ dataDir, clock: { now: () => noon } })
  const siteId = newSiteId()
  const days = [
    ['/a', '/b', '/b'],
    ['/c', '/b'],
    ['/b', '/c', '/a', '/b'],
  ]
  for (const [index, paths] of days.entries())
    for (const [second, path] of paths.entries()) {
      const { begins, closes } = scene(history, siteId)
      const at = noon + index * day + second * 1_000
      await closes(taken(await begins('Hello', onPage(path), at)).conversation.id, at + hour)
    }
  await history.conversations.count()
  await packAll(history.reports)
  const engine = openSqlite(`${dataDir}/history.db`, 'reader')
  const lasting = figures(engine)
  const asked = question(noon - 2 * day, noon + 5 * day)
  // As they are read, and as they came to.
  for (const _ of ['first', 'again']) {
    const { by } = await lasting.responseTimes(asked)
    expect(by.page.map(({ key, n }) => [key, n])).toEqual([
      ['/b', 5],
      ['/a', 2],
      ['/c', 2],
    ])
  }
  const one = await lasting.responseTimes({ ...asked, from: noon + day - 12 * hour })
  expect(one.by.page.map(({ key, n }) => [key, n])).toEqual([
    ['/b', 3],
    ['/c', 2],
    ['/a', 1],
  ])
  await engine.close()
  await history.close()
})

it('M118 the names that a sum tells apart are counted with it, and what it was asked is not kept', () => {
  const asked = {
    ...{ from: noon, to: noon + day, now: noon + day, timeZone: 'UTC' },
    ...{ clock: wallClock, aiming: aimingOf({ sites: [] }) },
  }
  const story = new Story()
    .visitor(noon)
    .agent(noon + 60_000)
    .close(noon + hour)
  const { episodes } = foldLedger({ id: conversationId, siteId: storySite }, story.entries)
  const sumOn = (page: string | null) => {
    const sum = responseTimes(asked)
    for (const one of episodes) sum.episode(one, { language: 'en', page, proactive: false })
    sum.trim()
    return sum
  }
  expect(sumOn(`/${'a'.repeat(999)}`).bytes - sumOn(null).bytes).toBe(2_000)
  expect(() => sumOn(null).answer()).toThrow('takes nothing more')
  const work = agents(asked)
  work.trim()
  for (const one of episodes) expect(() => work.episode(one)).toThrow('takes nothing more')
})
