import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { day } from '../../../shared/limits.ts'
import { agents } from '../../../shared/metrics/agents.ts'
import { aimingOf } from '../../../shared/metrics/aiming.ts'
import { wallClock } from '../../../shared/metrics/clocks.ts'
import { bucketOf, Column, type Value } from '../../../shared/metrics/column.ts'
import { foldLedger } from '../../../shared/metrics/fold.ts'
import type { Ledger } from '../../../shared/metrics/ledger.ts'
import { openedTurn } from '../../../shared/metrics/opened-turn.ts'
import { overview } from '../../../shared/metrics/overview.ts'
import { localTime, type Question, weekHour } from '../../../shared/metrics/question.ts'
import { responseTimes } from '../../../shared/metrics/response-times.ts'
import { satisfaction } from '../../../shared/metrics/satisfaction.ts'
import { percentile, summarise } from '../../../shared/metrics/statistics.ts'
import { volume } from '../../../shared/metrics/volume.ts'
import { agentId, conversationId, hour, minute, omid, Story, sara, siteId } from '../story.ts'
import { anyRecord } from './any-record.ts'

const start = Date.parse('2026-03-02T00:00Z')
const at = (hours: number, minutes = 0): number => start + hours * hour + minutes * minute

const sales = { id: 'sales', name: 'Sales', agents: [agentId(sara), agentId(omid)] }
const question = (more: Partial<Question> = {}): Question => ({
  ...{ from: start, to: start + 3 * day, now: start + 3 * day, timeZone: 'UTC', clock: wallClock },
  aiming: aimingOf({ sites: [], teams: [sales] }),
  ...more,
})
const about = { language: 'fa', page: 'https://shop.example/pricing', proactive: false }
const fold = (story: Story): Ledger => foldLedger({ id: conversationId, siteId }, story.entries)

/** Three chats: answered in 2 min and reopened, transferred and answered in 9, closed unanswered. */
const chats = (): Ledger[] => {
  const one = new Story().visitor(at(10)).agent(at(10, 2)).close(at(10, 4)).visitor(at(22)).agent(at(22, 1))
  const two = new Story()
    .visitor(at(34))
    .assign(at(34, 2), sara)
    .assign(at(34, 5), omid)
    .agent(at(34, 9), omid)
  two.visitor(at(34, 9)).close(at(34, 10)).rate(at(34, 11), 5)
  const three = new Story().visitor(at(35)).close(at(36))
  return [one, two, three].map(fold)
}

function report(asked = question(), ledgers = chats()) {
  const [times, work, amount] = [responseTimes(asked), agents(asked), volume(asked)]
  for (const { turns, episodes } of ledgers) {
    for (const turn of turns) {
      times.turn(turn)
      work.turn(turn)
    }
    for (const episode of episodes) {
      times.episode(episode, about)
      work.episode(episode)
      amount.episode(episode, about)
    }
  }
  return { times: times.answer(), work: work.answer(), amount: amount.answer() }
}

describe('values by the hundred thousand', () => {
  const values = fc.array(
    fc.record({
      ...{ ms: fc.nat(100), censored: fc.boolean(), open: fc.boolean() },
      ...{ group: fc.nat(4), broken: fc.option(fc.boolean()) },
    }),
    { maxLength: 700 },
  )

  const naive = (all: Value[]) => {
    const sorted = all.map(({ ms }) => ms).sort((a, b) => a - b)
    const aimed = all.filter(({ broken }) => broken !== null)
    const decided = aimed.filter(({ broken, open }) => !open || broken)
    const inTime = aimed.filter(({ broken, censored }) => !censored && !broken)
    const n = all.length
    const none = n === 0
    return {
      ...{ n, p50: none ? null : percentile(sorted, 0.5), p90: none ? null : percentile(sorted, 0.9) },
      mean: none ? null : sorted.reduce((sum, ms) => sum + ms, 0) / n,
      max: sorted.at(-1) ?? null,
      censored: all.filter(({ censored }) => censored).length,
      withinTarget: decided.length === 0 ? null : inTime.length / decided.length,
    }
  }

  it('M38 have the figures of a list, together and by group', () => {
    fc.assert(
      fc.property(values, (all) => {
        const column = new Column(2)
        for (const one of all) column.add(one, [0, one.group])
        expect(column.figures()).toEqual(naive(all))
        const groups = [0, 1, 2, 3, 4].map((group) => all.filter((one) => one.group === group))
        expect(column.figuresBy(1, 5)).toEqual(groups.map(naive))
        expect(column.figuresBy(0, 1)).toEqual([naive(all)])
      }),
    )
  })

  it('M38 stand in one bucket each, a bound in the lower one', () => {
    const column = new Column()
    for (const ms of [0, 5, 6, 10, 11]) column.add({ ms, censored: false, open: false })
    expect(column.distribution([5, 10])).toEqual([2, 2, 1])
    expect([5, 6, 11].map((ms) => bucketOf(ms, [5, 10]))).toEqual([0, 1, 2])
  })

  it('M38 leave a list as it was', () => {
    const list = [3, 1, 2]
    summarise(list)
    summarise(Float64Array.from(list))
    expect(list).toEqual([3, 1, 2])
  })
})

describe('days and hours of a place', () => {
  it('M39 are those of its clock, also where it is changed', () => {
    const asked = { ...{ from: Date.parse('2026-03-27T23:00Z'), to: Date.parse('2026-03-29T22:00Z') } }
    const time = localTime({ ...asked, timeZone: 'Europe/Berlin' })
    expect([time.days, time.nameOf(0), time.nameOf(1)]).toEqual([2, '2026-03-28', '2026-03-29'])
    expect(time.at(Date.parse('2026-03-28T22:59Z')).day).toBe(0)
    expect(time.at(Date.parse('2026-03-28T23:00Z')).day).toBe(1)
    const hours = (timeZone: string, moment: string) =>
      weekHour(localTime({ ...asked, timeZone }).at(Date.parse(moment)).hourOfWeek)
    expect(hours('Europe/Berlin', '2026-03-29T00:59Z')).toEqual({ weekday: 7, hour: 1 })
    expect(hours('Europe/Berlin', '2026-03-29T01:00Z')).toEqual({ weekday: 7, hour: 3 })
    expect(hours('Asia/Tehran', '2026-03-02T20:29Z')).toEqual({ weekday: 1, hour: 23 })
    expect(hours('Asia/Tehran', '2026-03-02T20:30Z')).toEqual({ weekday: 2, hour: 0 })
  })
})

describe('the report of response times', () => {
  it('M39 counts each wait where it began, and each resolution where it was closed', () => {
    const { measures } = report().times
    expect(measures['firstResponse.customer']).toMatchObject({
      n: 4,
      censored: 1,
      max: hour,
      withinTarget: 0.5,
    })
    expect(measures.response).toMatchObject({ n: 5, censored: 2 })
    expect(measures['resolution.episode']).toMatchObject({ n: 3, withinTarget: null, max: hour })
    expect(measures['firstResponse.agent']).toMatchObject({ n: 4, censored: 1 })
    expect(report(question({ from: at(34) })).times.measures['firstResponse.customer'].n).toBe(2)
    expect(report(question({ to: at(34) })).times.measures.response.n).toBe(2)
  })

  it('M39 has a day without answers, and all hours of the week', () => {
    const { series, week } = report().times
    expect(series).toEqual([
      { day: '2026-03-02', n: 2, p50: minute, p90: 2 * minute },
      { day: '2026-03-03', n: 2, p50: 9 * minute, p90: hour },
      { day: '2026-03-04', n: 0, p50: null, p90: null },
    ])
    expect(week).toHaveLength(168)
    expect(week.filter(({ n }) => n > 0).map(({ weekday, hour: at }) => [weekday, at])).toEqual([
      [1, 10],
      [1, 22],
      [2, 10],
      [2, 11],
    ])
    const inTehran = report(question({ timeZone: 'Asia/Tehran', to: start + 2 * day })).times
    expect(inTehran.series.map(({ day: name, n }) => [name, n])).toEqual([
      ['2026-03-02', 1],
      ['2026-03-03', 3],
      ['2026-03-04', 0],
    ])
  })

  it('M39 tells them apart by what is known of them', () => {
    const { by, distribution } = report().times
    expect(by.page).toMatchObject([{ key: about.page, n: 4 }])
    expect(by.proactive).toMatchObject([{ key: 'no', n: 4 }])
    expect(by.team.map(({ key, n }) => [key, n])).toEqual([
      ['sales', 3],
      [null, 1],
    ])
    expect(by.agent.map(({ key, n }) => [key, n]).sort()).toEqual(
      [
        [sara.id, 3],
        [omid.id, 1],
      ].sort(),
    )
    expect(distribution.map(({ n }) => n)).toEqual([2, 1, 2, 0, 0])
  })

  it('M39 shares out of those of which it is decided', () => {
    const { abandoned, missed, promiseKept } = report().times.shares
    expect(abandoned).toMatchObject({ n: 0, of: 4, share: 0 })
    expect(missed).toMatchObject({ n: 1, of: 4, share: 0.25 })
    expect(promiseKept).toEqual({ n: 0, of: 0, share: null, low: null, high: null })
  })

  it('M3 drops no wait of any record', () => {
    const all = question({ from: 0, to: Number.MAX_SAFE_INTEGER / 1_000, now: 1_900_000_000_000 })
    fc.assert(
      fc.property(anyRecord, (entries) => {
        const ledger = foldLedger({ id: conversationId, siteId }, entries)
        const builder = responseTimes({ ...all, to: 1_900_000_000_000, from: 1_799_000_000_000 })
        for (const turn of ledger.turns) builder.turn(turn)
        for (const episode of ledger.episodes) builder.episode(episode, about)
        const { measures, series, week } = builder.answer()
        expect(measures.response.n).toBe(ledger.turns.filter(({ forPeople }) => forPeople).length)
        const firsts = ledger.episodes.filter((one) => one.forPeople && one.firstMessageAt !== null).length
        expect(measures['firstResponse.customer'].n).toBe(firsts)
        for (const groups of [series, week]) expect(groups.reduce((sum, { n }) => sum + n, 0)).toBe(firsts)
      }),
      { numRuns: 30 },
    )
  })
})

describe('the other reports', () => {
  it('M40 count episodes and their messages where they began', () => {
    const { totals, series, week } = report().amount
    expect(totals).toEqual({
      ...{ conversations: 3, episodes: 4, visitorMessages: 5, agentMessages: 3, proactive: 0 },
    })
    expect(series.map(({ day: name, episodes }) => [name, episodes])).toEqual([
      ['2026-03-02', 2],
      ['2026-03-03', 2],
      ['2026-03-04', 0],
    ])
    expect(week.reduce((sum, { n }) => sum + n, 0)).toBe(4)
  })

  it('M41 charge each agent with what they owned alone', () => {
    const { agents: all } = report().work
    const of = (id: string) => all.find(({ agentId }) => agentId === id)
    expect(of(omid.id)).toMatchObject({
      ...{ turns: 2, closed: 1, csat: { n: 1, score: 1 } },
      response: { n: 2, censored: 1, max: 4 * minute },
      firstResponse: { n: 1, max: 4 * minute },
      handle: { n: 1, max: 5 * minute },
    })
    expect(of(sara.id)).toMatchObject({
      ...{ turns: 3, closed: 1, csat: { n: 0, score: null } },
      response: { n: 2, censored: 1, max: 3 * minute },
      firstResponse: { n: 3, censored: 1 },
      handle: { n: 2, max: 3 * minute },
    })
  })

  it('M42 stand together in the overview as they stand alone', () => {
    const { times, amount } = report()
    const { csat } = satisfaction().answer()
    const whole = overview({ responseTimes: times, volume: amount, csat })
    expect(whole.firstResponse).toEqual(times.measures['firstResponse.customer'])
    expect(whole).toMatchObject({ volume: amount.totals, missed: times.shares.missed, csat: { answered: 0 } })
  })

  it('M34 open a turn into segments that add up to it', () => {
    const clocks = { wall: wallClock, business: wallClock, staffed: wallClock }
    const cuts = { open: () => [{ from: 0, to: at(34, 4) }], online: () => [{ from: 0, to: at(40) }] }
    const turn = chats()[1]?.turns[0]
    const opened = turn && openedTurn(turn, { clocks, cuts, now: at(60) })
    expect(opened?.whole).toEqual({ wall: 9 * minute, business: 9 * minute, staffed: 9 * minute })
    expect(opened?.segments.map(({ labels, wall }) => [labels.join(' '), wall / minute])).toEqual([
      ['queue', 2],
      [`assigned:${sara.id}`, 2],
      [`assigned:${sara.id} outOfHours`, 1],
      [`transferred:${omid.id} outOfHours`, 4],
    ])
  })
})
