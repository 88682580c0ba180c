import { describe, expect, it } from 'vitest'
import type { TargetHouse } from '../../../shared/dues.ts'
import { day } from '../../../shared/limits.ts'
import type { Narrowing } from '../../../shared/metrics/asked.ts'
import type { Target } from '../../../shared/targets.ts'
import { hour, minute, newSiteId, noon, scene, taken } from '../history-cast.ts'
import { packAll } from '../packing.ts'
import { all, question, responses } from '../question.ts'
import { history } from './held.ts'

const turnsOf = async (from: number, to: number, of: Narrowing) =>
  (await history().reports.turns(question(from, to, of), responses, all)).items

describe('reports', () => {
  it('M1 a period has the turns that opened in it, from start inclusive to end exclusive', async () => {
    const siteId = newSiteId()
    const openings = [noon - 1, noon, noon + hour - 1, noon + hour]
    for (const at of openings) await scene(history(), siteId).says('Hello', at)
    const turns = await turnsOf(noon, noon + hour, { siteId })
    expect(turns.map(({ openedAt }) => openedAt)).toEqual([noon + hour - 1, noon])
  })

  it('M6 a turn of a later episode counts where it opened', async () => {
    const { says, answers, closes, siteId } = scene(history())
    const { conversation } = taken(await says('Hello', noon))
    await answers(conversation.id, 'Hi', noon + minute)
    await closes(conversation.id, noon + 2 * minute)
    await says('Back again', noon + 3 * hour)
    const later = await turnsOf(noon + 2 * hour, noon + 4 * hour, { siteId })
    expect(later).toMatchObject([{ episode: 2, first: true, openedAt: noon + 3 * hour }])
    expect(await turnsOf(0, noon + 4 * hour, { siteId })).toHaveLength(2)
  })

  it('M3 a turn nobody answered is there, measured up to now', async () => {
    const { says, siteId } = scene(history())
    await says('Hello', noon)
    const asked = question(noon, noon + hour, { siteId }, { now: noon + 7 * minute })
    const { items } = await history().reports.turns(asked, responses, all)
    expect(items).toMatchObject([
      {
        end: { by: 'nothing' },
        censored: true,
        response: { wall: 7 * minute },
        pieces: [{ labels: ['queue'] }],
      },
    ])
  })

  it('M8 episodes count where they closed, with their rating', async () => {
    const { says, answers, closes, does, siteId } = scene(history())
    const { conversation } = taken(await says('Hello', noon))
    await answers(conversation.id, 'Hi', noon + 1)
    await says('Thanks', noon + 2)
    await closes(conversation.id, noon + hour)
    await does(conversation.id, { type: 'rate', rating: 5, comment: 'warm' }, noon + 2 * hour)
    const { reports } = history()
    const before = await reports.satisfaction(question(noon, noon + hour, { siteId }))
    expect(before).toMatchObject({ csat: { answered: 0 }, comments: [] })
    const then = await reports.satisfaction(question(noon + hour, noon + hour + 1, { siteId }))
    expect(then).toMatchObject({ csat: { answered: 1, mean: 5 }, comments: [{ rating: 5, comment: 'warm' }] })
  })

  it('M4 an agent’s report has the turns they answered or owned, and no other', async () => {
    const siteId = newSiteId()
    const [one, other] = [scene(history(), siteId), scene(history(), siteId)]
    for (const { says, answers, closes } of [one, other]) {
      const { conversation } = taken(await says('Hello', noon))
      await answers(conversation.id, 'Hi', noon + minute)
      await closes(conversation.id, noon + 2 * minute)
    }
    const of = { siteId, agentIds: [one.sara.id] }
    expect(await turnsOf(noon, noon + hour, of)).toMatchObject([{ end: { agentId: one.sara.id } }])
    const { agents } = await history().reports.agents(question(noon, noon + hour, of))
    expect(agents).toMatchObject([{ agentId: one.sara.id, turns: 1, closed: 1 }])
  })

  it('M53 reports say the same before and after it is packed', async () => {
    const { says, answers, closes, siteId } = scene(history())
    const { conversation } = taken(await says('Hello', noon))
    await answers(conversation.id, 'Hi', noon + minute)
    await says('And?', noon + 2 * minute)
    await closes(conversation.id, noon + hour)
    const { reports } = history()
    const asked = question(noon, noon + hour + 1, { siteId })
    const made = async () => [
      await reports.responseTimes(asked),
      await reports.volume(asked),
      await reports.overview(asked),
      await reports.turns(asked, responses, all),
    ]
    const before = await made()
    await packAll(reports)
    expect(await made()).toEqual(before)
    expect(before[0]).toMatchObject({ measures: { response: { n: 2, max: 58 * minute } } })
  })

  it('M96 M98 M99 holds each wait to the targets of its team and priority then, as these are now, packed or not', async () => {
    const siteId = newSiteId()
    const { says, answers, closes, does, sara } = scene(history(), siteId)
    const { conversation } = taken(await says('Hello', noon))
    const { id } = conversation
    await answers(id, 'Hi', noon + 3 * minute)
    await does(id, { type: 'prioritise', priority: 'urgent', by: sara }, noon + 4 * minute)
    await says('And?', noon + 5 * minute)
    await answers(id, 'Yes', noon + 8 * minute)
    await closes(id, noon + hour)
    const team = { id: 'Sales', name: 'Sales', agents: [sara.id] }
    const targets: Target[] = [
      { team: 'Sales', priority: 'urgent', firstResponse: minute, response: 2 * minute },
      { team: 'Sales', response: 4 * minute, resolution: 30 * minute },
    ]
    const told = async (house: TargetHouse) => {
      const asked = question(noon, noon + 2 * hour, { siteId }, { house })
      const { measures, breaches } = await history().reports.responseTimes(asked)
      const late = breaches.map((one) => [one.team, one.aim, one.n, one.of])
      return { late, response: measures.response.withinTarget }
    }
    const expected = {
      response: 0.5,
      late: [
        ['Sales', 'firstResponse', 0, 1],
        ['Sales', 'response', 1, 1],
        ['Sales', 'resolution', 1, 1],
      ],
    }
    expect(await told({ sites: [], teams: [team], targets })).toEqual(expected)
    await packAll(history().reports)
    expect(await told({ sites: [], teams: [team], targets })).toEqual(expected)
    const usual = {
      response: 1,
      late: [
        ['Sales', 'firstResponse', 0, 1],
        ['Sales', 'response', 0, 1],
      ],
    }
    expect(await told({ sites: [], teams: [team] })).toEqual(usual)
  })

  it('M54 the turns behind a bar of the distribution are those of its length', async () => {
    const siteId = newSiteId()
    const waits = [10 * minute, minute, 5 * minute, minute + 1]
    for (const wait of waits) {
      const { says, answers } = scene(history(), siteId)
      const { conversation } = taken(await says('Hello', noon))
      await answers(conversation.id, 'Hi', noon + wait)
    }
    const { reports } = history()
    const asked = question(noon, noon + hour, { siteId })
    const { distribution } = await reports.responseTimes(asked)
    expect(distribution.map(({ n }) => n)).toEqual([1, 2, 1, 0, 0])
    for (const measure of ['response', 'firstResponse.customer'] as const) {
      const bar = { measure, longerThan: minute, upTo: 5 * minute }
      const { items, total } = await reports.turns(asked, bar, all)
      expect(total).toBe(2)
      expect(items.map(({ response }) => response?.wall).sort()).toEqual([5 * minute, minute + 1].sort())
    }
    const nobody = await reports.turns(asked, { ...responses, weekday: 1, hour: 13 }, all)
    expect(nobody.total).toBe(0)
    const noonOnMonday = await reports.turns(asked, { ...responses, weekday: 1, hour: 12 }, all)
    expect(noonOnMonday.total).toBe(4)
  })

  it('M11 M105 shows its arithmetic a part at a time, each turn once, however many began in one moment or day', async () => {
    const siteId = newSiteId()
    const openings = [0, 0, 0, 0, 1, 3 * day, 3 * day + 1, 9 * day].map((after) => noon + after)
    for (const at of openings) await scene(history(), siteId).says('Hello', at)
    const asked = question(noon, noon + 10 * day, { siteId })
    for (const measure of ['response', 'firstResponse.customer'] as const) {
      const seen: { conversationId: string; openedAt: number }[] = []
      for (let cursor: string | undefined; ; ) {
        const part = await history().reports.turns(asked, { measure }, { limit: 2, cursor })
        expect(part.total).toBe(openings.length)
        seen.push(...part.items)
        if (part.nextCursor === null) break
        cursor = part.nextCursor
      }
      expect(seen.map(({ openedAt }) => openedAt)).toEqual(openings.toReversed())
      expect(new Set(seen.map(({ conversationId }) => conversationId)).size).toBe(openings.length)
    }
    const nowhere = { limit: 2, cursor: 'nowhere' }
    expect((await history().reports.turns(asked, responses, nowhere)).items).toEqual([])
  })
})
