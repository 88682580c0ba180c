import { describe, expect, it } from 'vitest'
import { foldTurns } from '../../../shared/metrics/turns.ts'
import { hour, minute, newSiteId, noon, scene, taken } from '../history-cast.ts'
import { history, setTime } from './held.ts'

describe('reports', () => {
  it('M1 a period has the turns that opened in it, from start inclusive to end exclusive', async () => {
    const siteId = newSiteId()
    const openings = [noon - 1, noon, noon + hour - 1, noon + hour]
    for (const at of openings) await scene(history(), siteId).says('Hello', at)
    const turns = await history().reports.turns({ from: noon, to: noon + hour, siteId })
    expect(turns.map(({ openedAt }) => openedAt)).toEqual([noon, noon + hour - 1])
  })

  it('M6 a turn of a later episode counts where it opened', async () => {
    const { says, answers, closes, siteId, entries } = scene(history())
    const { conversation } = taken(await says('Hello', noon))
    await answers(conversation.id, 'Hi', noon + minute)
    await closes(conversation.id, noon + 2 * minute)
    await says('Back again', noon + 3 * hour)
    setTime(noon + 4 * hour)
    const period = { from: noon + 2 * hour, to: noon + 4 * hour, siteId }
    const folded = foldTurns(conversation, await entries(conversation.id), noon + 4 * hour)
    expect(await history().reports.turns(period)).toEqual(folded.turns.slice(1))
    expect(await history().reports.turns({ ...period, from: 0 })).toEqual(folded.turns)
  })

  it('M3 a turn nobody answered is there, measured up to now', async () => {
    const { says, siteId } = scene(history())
    await says('Hello', noon)
    setTime(noon + 7 * minute)
    const turns = await history().reports.turns({ from: noon, to: noon + hour, siteId })
    expect(turns).toMatchObject([
      { end: { by: 'nothing' }, segments: [{ charge: 'queue', to: noon + 7 * minute }] },
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
    expect(await reports.episodes({ from: noon, to: noon + hour, siteId })).toEqual([])
    expect(await reports.episodes({ from: noon + hour, to: noon + hour + 1, siteId })).toMatchObject([
      { closedAt: noon + hour, survey: { state: 'answered', rating: 5, comment: 'warm' } },
    ])
  })

  it('M4 an agent’s report has the turns they answered or owned, and no other', async () => {
    const siteId = newSiteId()
    const [one, other] = [scene(history(), siteId), scene(history(), siteId)]
    for (const { says, answers, closes } of [one, other]) {
      const { conversation } = taken(await says('Hello', noon))
      await answers(conversation.id, 'Hi', noon + minute)
      await closes(conversation.id, noon + 2 * minute)
    }
    const period = { from: noon, to: noon + hour, siteId, agentId: one.sara.id }
    expect(await history().reports.turns(period)).toMatchObject([{ end: { agentId: one.sara.id } }])
    expect(await history().reports.episodes(period)).toMatchObject([{ agentId: one.sara.id }])
  })
})
