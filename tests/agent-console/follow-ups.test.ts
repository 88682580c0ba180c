import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type CasesAsked, casesNow } from '../../agent-console/follow-ups/cases.ts'
import { FollowUpNews } from '../../agent-console/state/follow-up-news.ts'
import { followUpId, type ToldFollowUp } from '../../shared/follow-up.ts'
import { makeId } from '../../shared/ids.ts'
import { newConversationId, newSiteId, newVisitorId } from '../support/history-cast.ts'
import { fakeLink } from './support/fake-link.ts'

const agentId = () => makeId('a', 0, randomBytes(10))
const [sara, omid] = [agentId(), agentId()]
const now = 1_000_000

const followUp = (dueAt: number, more: Partial<ToldFollowUp> = {}): ToldFollowUp => {
  const conversationId = newConversationId()
  return {
    ...{ id: followUpId(conversationId, 1), conversationId, visitorId: newVisitorId() },
    ...{ siteId: newSiteId(), episode: 1, why: 'rating', openedAt: 0, dueAt, ownerId: sara },
    ...{ doneAt: null, doneBy: null, category: null, cause: null, note: '', visitorName: null, ...more },
  }
}

function listening() {
  const link = fakeLink()
  const news = new FollowUpNews(link)
  const hear = (...followUps: ToldFollowUp[]) => link.announce('follow-ups:changed', { followUps })
  const shown = (items: ToldFollowUp[], asked: Partial<CasesAsked> = {}, nextCursor: string | null = null) =>
    casesNow({ items, nextCursor }, news.heard.get(), { state: 'open', owner: null, ...asked }, now)
  return { news, hear, shown }
}

describe('the list of follow-ups, while colleagues work on it', () => {
  it('R26 takes in what is opened, where it belongs, and says what became of the others where they stood', () => {
    const { hear, shown } = listening()
    const [first, second, between] = [followUp(10), followUp(30), followUp(20)]
    const settled = { ...first, doneAt: now, doneBy: omid, dueAt: 99 }
    hear(between, settled)
    expect(shown([first, second])).toEqual([settled, between, second])
  })

  it('R26 takes in nothing that was not asked for, nor what lies on a page that is not here yet', () => {
    const { hear, shown } = listening()
    const [here, late, omids, done] = [
      followUp(10),
      followUp(90),
      followUp(5, { ownerId: omid }),
      followUp(6, { doneAt: now }),
    ]
    hear(late, omids, done)
    expect(shown([here], { owner: sara }, 'more')).toEqual([here])
    expect(shown([], { state: 'overdue' })).toEqual([omids, late])
    expect(shown([], { state: 'done' })).toEqual([done])
  })

  it('R26 keeps to what was heard last, forgets it after a break, and who was erased at once', () => {
    const { news, hear, shown } = listening()
    const one = followUp(10)
    const [asked, meanwhile] = [
      { ...one, note: 'mine' },
      { ...one, note: 'mine, then theirs' },
    ]
    const before = news.heard.get().get(one.id)
    hear(meanwhile)
    news.answered(one.id, before, asked)
    expect(shown([one])).toEqual([meanwhile])
    news.answered(one.id, meanwhile, asked)
    expect(shown([one])).toEqual([asked])
    news.erased([one.conversationId])
    expect(shown([])).toEqual([])
    hear(meanwhile)
    news.forget()
    expect(shown([one])).toEqual([one])
  })
})
