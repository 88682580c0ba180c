import { describe, expect, it } from 'vitest'
import type { ConversationFacts } from '../../../shared/conversation/facts.ts'
import {
  hour,
  minute,
  newClientId,
  newConversationId,
  newSiteId,
  noon,
  type Scene,
  scene,
  taken,
} from '../history-cast.ts'
import { packAll } from '../packing.ts'
import { all, question, responses } from '../question.ts'
import { history } from './held.ts'

const buyer: ConversationFacts = {
  ...{ segments: ['Buyers', 'ایرانی'], language: 'fa-IR', page: 'https://shop.example/prices' },
  ...{ device: 'phone', proactive: true },
}
const reader: ConversationFacts = {
  ...{ segments: [], language: 'en', page: null, device: 'desktop', proactive: false },
}
const factsOf = async ({ visitorId }: Scene) =>
  (await history().erasures.held(visitorId))?.conversationFacts ?? []

describe('who began a conversation, and where', () => {
  it('M15 is noted with each episode, and stays as it was', async () => {
    const who = scene(history())
    const { id } = taken(await who.begins('Hello', buyer)).conversation
    await who.begins('And this', reader, noon + 1)
    await who.closes(id, noon + minute)
    taken(await who.begins('Once more', reader, noon + hour))
    expect(await factsOf(who)).toEqual([
      { conversationId: id, episode: 1, ...buyer },
      { conversationId: id, episode: 2, ...reader },
    ])
  })

  it('M15 is not asked for where no episode begins, and may be unknown', async () => {
    const who = scene(history())
    taken(await who.says('Hello'))
    let asked = 0
    taken(
      await history().conversations.append({
        target: { kind: 'current', siteId: who.siteId, visitorId: who.visitorId, newId: newConversationId() },
        command: { type: 'message', author: who.visitor, clientId: newClientId(), text: 'x', note: false },
        at: noon,
        beginning: () => {
          asked++
          return buyer
        },
      }),
    )
    expect(asked).toBe(0)
    expect(await factsOf(who)).toEqual([])
  })

  it('M16 a report can be of one segment, each episode by who began it', async () => {
    const siteId = newSiteId()
    const [mina, omar, unknown] = [
      scene(history(), siteId),
      scene(history(), siteId),
      scene(history(), siteId),
    ]
    const { id } = taken(await mina.begins('Hello', buyer)).conversation
    await mina.answers(id, 'Hi', noon + 1)
    await mina.closes(id, noon + minute)
    await mina.begins('Once more', reader, noon + hour)
    await mina.closes(id, noon + 2 * hour)
    taken(await omar.begins('Hello', reader))
    taken(await unknown.says('Hello'))
    const { reports } = history()
    const of = (segment?: string) =>
      question(noon, noon + 3 * hour, { siteId, ...(segment ? { segment } : {}) })
    const turns = async (segment?: string) => (await reports.turns(of(segment), responses, all)).items
    expect(await turns('Buyers')).toMatchObject([{ conversationId: id, episode: 1 }])
    expect(await reports.volume(of('Buyers'))).toMatchObject({ totals: { episodes: 1 } })
    expect(await turns('ایرانی')).toHaveLength(1)
    expect(await turns('Buyer')).toEqual([])
    expect(await turns()).toHaveLength(4)
  })

  it('P27 says nothing of page and segments once consent is withdrawn, in reports made before as well', async () => {
    const siteId = newSiteId()
    const [mina, omar] = [scene(history(), siteId), scene(history(), siteId)]
    taken(await mina.begins('Hello', buyer))
    taken(await omar.begins('Hello', buyer))
    const { reports, visits } = history()
    const buyers = question(noon, noon + hour, { siteId, segment: 'Buyers' })
    await packAll(reports)
    expect((await reports.turns(buyers, responses, all)).items).toHaveLength(2)
    taken(await mina.begins('And this', reader, noon + 1))
    await visits.withdraw(mina.visitorId)
    expect(await factsOf(mina)).toEqual([
      expect.objectContaining({ episode: 1, segments: [], page: null, language: 'fa-IR' }),
    ])
    expect((await reports.turns(buyers, responses, all)).items).toHaveLength(1)
    await packAll(reports)
    expect((await reports.turns(buyers, responses, all)).items).toHaveLength(1)
    expect(await factsOf(omar)).toMatchObject([buyer])
  })
})
