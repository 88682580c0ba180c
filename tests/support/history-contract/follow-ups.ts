import { describe, expect, it } from 'vitest'
import { type FollowUp, followUpId } from '../../../shared/follow-up.ts'
import { hour, newConversationId, newSiteId, newVisitorId, noon, scene, taken } from '../history-cast.ts'
import { history } from './held.ts'

const opened = (more: Partial<FollowUp> = {}): FollowUp => {
  const conversationId = more.conversationId ?? newConversationId()
  return {
    ...{ id: followUpId(conversationId, 1), conversationId, visitorId: newVisitorId(), siteId: newSiteId() },
    ...{ episode: 1, why: 'rating', openedAt: noon, dueAt: noon + 48 * hour, doneAt: null, doneBy: null },
    ...{ ownerId: null, category: null, cause: null, note: '' },
    ...more,
  }
}

describe('follow-ups', () => {
  it('R20 are opened once, however often they are told', async () => {
    const one = opened()
    expect(await history().followUps.open(one)).toBe(true)
    const again = await Promise.all([
      history().followUps.open({ ...one, why: 'complaint' }),
      history().followUps.open({ ...one, openedAt: noon + hour }),
    ])
    expect(again).toEqual([false, false])
    expect(await history().followUps.find(one.id)).toEqual(one)
  })

  it('R21 keep what is said of them, and the rest as it was', async () => {
    const one = opened()
    await history().followUps.open(one)
    await history().followUps.change(one.id, { category: 'delivery', note: 'Called\u0000 them' })
    const changed = await history().followUps.change(one.id, { doneAt: noon + hour })
    expect(changed).toEqual({
      ...one,
      category: 'delivery',
      note: 'Called\u0000 them',
      doneAt: noon + hour,
    })
    expect(await history().followUps.change(opened().id, { note: 'nobody' })).toBeNull()
  })

  it('R22 are listed by when they are due, those done by when that was, a page at a time', async () => {
    const siteId = newSiteId()
    const all = [3, 1, 2].map((n) => opened({ siteId, dueAt: noon + n * hour }))
    const done = [4, 5].map((n) => opened({ siteId, doneAt: noon + n * hour }))
    for (const one of [...all, ...done]) await history().followUps.open(one)
    const list = (state: 'open' | 'overdue' | 'done', more: object = {}) =>
      history().followUps.list({ state, siteId, now: noon + 2 * hour, limit: 10, ...more })
    const due = async (...asked: Parameters<typeof list>) =>
      (await list(...asked)).items.map(({ dueAt }) => (dueAt - noon) / hour)
    expect(await due('open')).toEqual([1, 2, 3])
    expect(await due('overdue')).toEqual([1])
    expect((await list('done')).items.map(({ id }) => id)).toEqual([done[1]?.id, done[0]?.id])
    const first = await list('open', { limit: 2 })
    expect(first.items).toHaveLength(2)
    const { nextCursor: cursor } = first
    expect((await list('open', { limit: 2, cursor })).items).toEqual([all[0]])
    expect((await list('open', { cursor: 'none of ours' })).items).toEqual([])
    expect((await list('open', { ownerId: null })).items).toHaveLength(3)
  })

  it('R23 are found by when they were opened', async () => {
    const siteId = newSiteId()
    await history().followUps.open(opened({ siteId, openedAt: noon - 1 }))
    const inside = opened({ siteId })
    await history().followUps.open(inside)
    expect(await history().followUps.opened({ from: noon, to: noon + hour, siteId })).toEqual([inside])
  })

  it('R25 P21 of who is erased none is left, and none comes back', async () => {
    const siteId = newSiteId()
    const visitorId = newVisitorId()
    const talk = scene(history(), siteId, visitorId)
    const { id: conversationId } = taken(await talk.says('Hello', noon)).conversation
    const one = opened({ siteId, visitorId, conversationId })
    await history().followUps.open(one)
    expect(await history().erasures.held(visitorId)).toMatchObject({ followUps: [{ id: one.id }] })
    const gone = await history().erasures.erase(visitorId, noon)
    expect(gone?.counts).toMatchObject({ followUps: 1 })
    expect(await history().followUps.find(one.id)).toBeNull()
    expect(await history().followUps.open(one)).toBe(false)
  })
})

describe('labels', () => {
  it('R24 filter the list, each as a whole', async () => {
    const siteId = newSiteId()
    const label = async (...tags: string[]) => {
      const { id } = taken(await scene(history(), siteId, newVisitorId()).says('Hello', noon)).conversation
      const by = { kind: 'system' } as const
      const target = { kind: 'existing', conversationId: id } as const
      await history().conversations.append({ target, command: { type: 'tag', tags, by }, at: noon })
      return id
    }
    const [complaint, both] = [await label('complaint'), await label('order "x"', 'complaint')]
    const gone = await label('complaints')
    const tagged = async (tag: string) =>
      (await history().conversations.list({ siteId, tag, order: 'recent', limit: 10 })).items
        .map(({ conversation }) => conversation.id)
        .sort()
    expect(await tagged('complaint')).toEqual([complaint, both].sort())
    expect(await tagged('order "x"')).toEqual([both])
    expect(await tagged('complaints')).toEqual([gone])
    expect(await tagged('%')).toEqual([])
  })
})
