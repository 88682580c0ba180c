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
import type { ConversationId } from '../../../shared/ids.ts'
import { day } from '../../../shared/limits.ts'
import { agents } from '../../../shared/metrics/agents.ts'
import { aimingOf } from '../../../shared/metrics/aiming.ts'
import type { ReportQuestion } from '../../../shared/metrics/asked.ts'
import { clockNames } from '../../../shared/metrics/clocks.ts'
import { responseTimes } from '../../../shared/metrics/response-times.ts'
import { hour, noon, type Scene, scene, taken } from '../../support/history-cast.ts'
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

it('M118 of the sums of days only so many are kept, and those of the last questions', () => {
  const sums = new Sums<{ bytes: number }, null>(() => null, 100_000)
  const put = (key: string, parts: number): void => {
    for (let part = 0; part < parts; part++)
      sums
        .of(key, 1)
        .put({ day: part, block: 0 }, { stamp: 1, of: { bytes: 6_000 }, rest: { turns: [], episodes: [] } })
    sums.makeRoom()
  }
  const kept = (key: string): number => Math.round(sums.of(key, 1).bytes / 10_000)
  put('one', 4)
  put('other', 5)
  expect([kept('one'), kept('other')]).toEqual([4, 5])
  put('third', 4)
  expect(kept('other')).toBe(5)
  sums.makeRoom()
  expect(kept('one')).toBe(0)
  // One alone takes no more than all may.
  put('large', 50)
  expect(kept('large')).toBeLessThanOrEqual(10)
})

it('M117 whose clock ran back is told nothing of what came later', () => {
  const sums = new Sums<{ bytes: number }, null>(() => null)
  const place = { day: 1, block: 1 }
  sums.of('one', 10).put(place, { stamp: 5, of: { bytes: 1 }, rest: { turns: [], episodes: [] } })
  expect(sums.of('one', 11).find({ ...place, stamp: 5 })).toBeDefined()
  expect(sums.of('one', 11).find({ ...place, stamp: 6 })).toBeUndefined()
  expect(sums.of('one', 9).find({ ...place, stamp: 5 })).toBeUndefined()
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
