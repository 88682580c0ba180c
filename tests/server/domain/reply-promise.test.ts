import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Conversation } from '../../../shared/conversation/conversation.ts'
import type { VisitorId } from '../../../shared/ids.ts'
import { type DomainWorld, granted, must, openDomain } from '../../support/domain-world.ts'
import { aClientId } from '../../support/random.ts'

const minute = 60_000
let world: DomainWorld
beforeEach(async () => {
  world = await openDomain()
})
afterEach(async () => {
  world.promise.stop()
  await world.end()
})

async function aVisitor(): Promise<VisitorId> {
  const { visitorId } = await world.opens('/', granted())
  if (!visitorId) throw new Error('The visitor was not made.')
  return visitorId
}
const writes = async (visitorId: VisitorId) =>
  must(
    await world.conversations.postAsVisitor(
      {
        siteId: world.site.id,
        visitorId,
        visitId: null,
        conversationId: null,
        clientId: aClientId(),
        text: 'Hi',
      },
      {},
    ),
  )
const replies = async ({ id }: Conversation) =>
  must(
    await world.conversations.postAsAgent(
      { agent: world.sara, conversationId: id, clientId: aClientId(), text: 'Welcome', note: false },
      {},
    ),
  )

/** So many visitors are answered after so many minutes each. */
async function answered(minutes: number[]) {
  for (const took of minutes) {
    const { conversation } = await writes(await aVisitor())
    world.clock.advance(took * minute)
    await replies(conversation)
  }
}
/** The replies are read, and the next minute has come. */
async function begins() {
  const changed = new Promise<void>((resolve) => {
    const stop = world.promise.onChange(() => {
      stop()
      resolve()
    })
  })
  world.promise.start()
  await changed
}
const shown = (locale: 'en' | 'fa' = 'en') => world.sites.publicSite(world.site, locale)

it('K12 K17 visitors read what first replies have taken, in their language; before that the site’s own text', async () => {
  world.agents.connected(world.sara.id)
  expect(shown().replyTime).toBe('Soon')
  await answered([2, 3, 4, 8, 9])
  await begins()
  expect(shown().replyTime).toBe('We usually reply in about 4 minutes')
  expect(shown('fa').replyTime).toBe('معمولاً ظرف حدود ۴ دقیقه پاسخ می‌دهیم')
})

it('K18 the message that opens an episode keeps what this site was last told; others keep nothing', async () => {
  world.agents.connected(world.sara.id)
  await answered([4, 4, 4, 4, 4])
  await begins()
  shown()
  const visitorId = await aVisitor()
  expect((await writes(visitorId)).entries).toMatchObject([{ promised: 4 * minute }])
  expect((await writes(visitorId)).entries[0]).not.toHaveProperty('promised')
})

it('K19 it is worked out from memory at most once a minute, and a message asks nothing of it', async () => {
  world.agents.connected(world.sara.id)
  await answered([4, 4, 4, 4, 4])
  await begins()
  shown()
  const turns = vi.spyOn(world.history.reports, 'turns')
  const count = vi.spyOn(world.history.conversations, 'count')
  for (let i = 0; i < 100; i++) shown()
  await writes(await aVisitor())
  expect([turns.mock.calls.length, count.mock.calls.length]).toEqual([0, 0])
})

it('K15 K16 K20 outside of its hours a site says when they begin, and its pages hear that they have; when nobody is there within them, that', async () => {
  world.agents.connected(world.sara.id)
  const now = world.clock.now()
  const time = (at: number) => new Date(at).toISOString().slice(11, 16)
  const later = now - (now % minute) + 90 * minute
  const days = [1, 2, 3, 4, 5, 6, 7] as (1 | 2 | 3 | 4 | 5 | 6 | 7)[]
  const hours = {
    name: 'Office',
    timeZone: 'UTC',
    weekly: [{ days, from: time(later), to: time(later + 60 * minute) }],
  }
  must(await world.calendars.create(hours))
  expect(shown()).toMatchObject({ replyTime: '', opens: later })
  world.promise.start()
  const changed = vi.fn()
  world.promise.onChange(changed)
  world.clock.advance(89 * minute)
  expect(changed).not.toHaveBeenCalled()
  world.clock.advance(2 * minute)
  expect(changed).toHaveBeenCalledOnce()
  expect(shown()).toMatchObject({ replyTime: 'Soon' })
  expect(shown()).not.toHaveProperty('opens')
  world.agents.setStatus(world.sara.id, 'away')
  expect(shown().replyTime).toMatch(/^Nobody is here right now/)
})
