import { describe, expect, it } from 'vitest'
import type { ConversationQuery } from '../../../server/history/history.ts'
import type { ConversationId } from '../../../shared/ids.ts'
import { day } from '../../../shared/limits.ts'
import {
  minute,
  newClientId,
  newSiteId,
  newTokenHash,
  newVisitorId,
  noon,
  type Scene,
  scene,
  taken,
} from '../history-cast.ts'
import { history } from './held.ts'

const ids = async (query: Partial<ConversationQuery>): Promise<ConversationId[]> => {
  const page = await history().conversations.list({ order: 'waiting', limit: 50, ...query })
  return page.items.map(({ conversation }) => conversation.id)
}

/** Three who wait since minute 1, 2, 3, one answered at minute 5, one closed at minute 6. */
async function inbox(): Promise<{
  siteId: Scene['siteId']
  all: ConversationId[]
  owner: Scene['sara']['id']
}> {
  const siteId = newSiteId()
  const scenes = Array.from({ length: 5 }, () => scene(history(), siteId))
  const begun = await Promise.all(
    scenes.map(({ says }, i) => says('Hello', noon + (i === 3 ? 0 : i + 1) * minute)),
  )
  const all = begun.map((one) => taken(one).conversation.id)
  const [, , , fourth, fifth] = scenes
  const [, , , answered, closed] = all
  if (!fourth || !fifth || !answered || !closed) throw new Error('the inbox was not filled')
  await fourth.answers(answered, 'Hi', noon + 5 * minute)
  await fifth.closes(closed, noon + 6 * minute)
  return { siteId, all, owner: fourth.sara.id }
}

describe('lists', () => {
  it('C12 shows the one waiting longest first, then the latest change', async () => {
    const { siteId, all } = await inbox()
    const [one, two, three, answered, closed] = all
    expect(await ids({ siteId })).toEqual([one, two, three, closed, answered])
    expect(await ids({ siteId, status: 'open' })).toEqual([one, two, three, answered])
  })

  it('C12 shows the latest change first when asked to', async () => {
    const { siteId, all } = await inbox()
    const [one, two, three, answered, closed] = all
    expect(await ids({ siteId, order: 'recent' })).toEqual([closed, answered, three, two, one])
  })

  it('C12 filters by status and by who it is assigned to', async () => {
    const { siteId, all, owner } = await inbox()
    expect(await ids({ siteId, status: 'closed' })).toEqual([all[4]])
    expect(await ids({ siteId, assigneeId: owner })).toEqual([all[3]])
    expect(await ids({ siteId, assigneeId: null, status: 'open' })).toEqual(all.slice(0, 3))
  })

  it('C14 lists the conversations of one visitor, open and closed, a page at a time', async () => {
    const { siteId } = await inbox()
    const visitor = scene(history(), siteId)
    const begun: ConversationId[] = []
    for (const at of [noon, noon + 3 * day, noon + 6 * day]) {
      const { conversation } = taken(await visitor.says('Hello', at))
      begun.unshift(conversation.id)
      if (at < noon + 6 * day) await visitor.closes(conversation.id, at + minute)
    }
    const theirs = { visitorId: visitor.visitorId, order: 'recent' } as const
    expect(await ids(theirs)).toEqual(begun)
    expect(await ids({ ...theirs, status: 'closed' })).toEqual(begun.slice(1))
    const page = await history().conversations.list({ ...theirs, limit: 2 })
    expect(await ids({ ...theirs, cursor: String(page.nextCursor) })).toEqual(begun.slice(2))
    expect(await ids({ ...theirs, visitorId: newVisitorId() })).toEqual([])
  })

  it.each(['waiting', 'recent'] as const)(
    'C12 pages of the %s order join without gap or double',
    async (order) => {
      const { siteId } = await inbox()
      const seen: ConversationId[] = []
      for (let cursor: string | undefined; ; ) {
        const page = await history().conversations.list({
          order,
          siteId,
          limit: 2,
          ...(cursor ? { cursor } : {}),
        })
        seen.push(...page.items.map(({ conversation }) => conversation.id))
        if (page.nextCursor === null) break
        cursor = page.nextCursor
      }
      expect(seen).toEqual(await ids({ siteId, order }))
    },
  )

  it('C12 a page that is exactly full is the last', async () => {
    const { siteId } = await inbox()
    const page = await history().conversations.list({ order: 'recent', siteId, limit: 5 })
    expect(page.nextCursor).toBeNull()
  })

  it('C12 a cursor that was never given out shows nothing', async () => {
    const { siteId } = await inbox()
    for (const cursor of ['', 'zzz', Buffer.from('1 c_x').toString('base64url')])
      expect(await ids({ siteId, cursor })).toEqual([])
  })

  it('C9 unread counts visible visitor messages that no agent has looked at', async () => {
    const { says, history: store } = scene(history())
    const { conversation } = taken(await says('One'))
    const unread = async () => (await store.conversations.find(conversation.id))?.unread
    await says('Two')
    await says('Three')
    expect(await unread()).toBe(3)
    await store.conversations.receive(conversation.id, 'agents', { delivered: 2, seen: 2 })
    expect(await unread()).toBe(1)
    await Promise.all([
      says('Four'),
      store.conversations.receive(conversation.id, 'agents', { delivered: 4, seen: 2 }),
    ])
    expect(await unread()).toBe(2)
  })

  it('C15 a reply counts as having seen what came before it, a note does not', async () => {
    const { says, answers, does, sara, history: store } = scene(history())
    const { conversation } = taken(await says('One'))
    const { id } = conversation
    const note = { type: 'message', author: sara, clientId: newClientId(), text: 'Hm', note: true } as const
    expect(taken(await does(id, note)).receipts.agents).toEqual({ delivered: 0, seen: 0 })
    const { receipts, conversation: answered } = taken(await answers(id, 'Hi'))
    expect(receipts.agents).toEqual({ delivered: answered.seq, seen: answered.seq })
    expect(await store.conversations.find(id)).toMatchObject({ unread: 0, receipts })
    await says('Two')
    expect((await store.conversations.find(id))?.unread).toBe(1)
  })

  it('C12 rows carry the visitor’s name', async () => {
    const { siteId } = scene(history())
    const visitor = await history().visitors.ensure({
      siteId,
      tokenHash: newTokenHash(),
      newId: newVisitorId(),
      locale: 'fa',
      at: noon,
    })
    await history().visitors.update(visitor.id, { name: 'Maryam' })
    await scene(history(), siteId, visitor.id).says('Hello')
    const { items } = await history().conversations.list({ order: 'waiting', siteId, limit: 5 })
    expect(items).toMatchObject([{ visitorName: 'Maryam', unread: 1 }])
  })
})
