import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Visit } from '../../../server/domain/visits/visit.ts'
import type { InviteId } from '../../../shared/ids.ts'
import { type DomainWorld, granted, must, openDomain, shop } from '../../support/domain-world.ts'
import { aClientId, aPage } from '../../support/random.ts'

let world: DomainWorld
beforeAll(async () => {
  world = await openDomain()
  const when = [{ kind: 'url' as const, glob: '/prices*' }]
  must(await world.segments.create({ siteId: world.site.id, name: 'Buyers', when }))
  // More than the live list shows of anybody.
  for (let i = 0; i < 21; i++)
    must(await world.segments.create({ siteId: world.site.id, name: `All ${i + 1}`, when: [] }))
})
afterAll(() => world.end())

const caller = { address: '192.0.2.8', userAgent: 'Mozilla/5.0 (X11) Chrome/156.0', language: 'fa-IR' }
const everywhere = Array.from({ length: 21 }, (_, i) => `All ${i + 1}`)

interface Saying {
  inviteId?: InviteId
  page?: { url: string; title: string }
}

async function says(visit: Visit, text: string, more: Saying = {}) {
  const visitorId = must(await world.visits.ensureVisitor(visit))
  const { siteId, id: visitId } = visit
  const message = { siteId, visitorId, visitId, conversationId: null, clientId: aClientId(), text }
  return must(await world.conversations.postAsVisitor({ ...message, ...more }, {})).conversation
}

const noted = async (visit: Visit) =>
  visit.visitorId ? (await world.history.erasures.held(visit.visitorId))?.conversationFacts : undefined

describe('how a conversation began', () => {
  it('M15 is noted: the segments then, the language, the page without its query, the device', async () => {
    const visit = await world.opens('/prices?plan=2#top', {
      ...granted(),
      caller,
      device: 'phone',
    })
    const { id } = await says(visit, 'How much?')
    const facts = {
      ...{ conversationId: id, episode: 1, segments: ['Buyers', ...everywhere] },
      ...{ language: 'fa-IR', page: `${shop}/prices`, device: 'phone', proactive: false },
    }
    expect(await noted(visit)).toEqual([facts])
    const page = aPage()
    world.visits.viewed(visit, page, { url: `${shop}/about`, title: '', referrer: '' })
    await says(visit, 'And shipping?')
    expect(await noted(visit)).toEqual([facts])
    must(await world.conversations.close(id, { kind: 'system' }, 'agent', {}))
    await says(visit, 'One more', { page: { url: `${shop}/help?x=1`, title: '' } })
    expect(await noted(visit)).toEqual([
      facts,
      { ...facts, episode: 2, segments: everywhere, page: `${shop}/help` },
    ])
  })

  it('M15 tells whether it answered a proactive message', async () => {
    const visit = await world.opens('/', granted())
    const { inviteId } = must(await world.proactive.invite(visit.id, 'Can I help?', world.sara))
    await says(visit, 'Yes', { inviteId })
    expect(await noted(visit)).toMatchObject([{ proactive: true }])
  })

  it('M15 is not known of who is not there, and of who denied consent neither page nor segments', async () => {
    const away = await world.opens('/', granted())
    const { id } = await says(away, 'Hello')
    must(await world.conversations.close(id, { kind: 'system' }, 'agent', {}))
    world.visits.forgetVisit(away)
    must(await world.conversations.reopen(id, { kind: 'agent', id: world.sara.id, name: 'Sara' }, {}))
    expect(await noted(away)).toMatchObject([{ episode: 1 }])
    const denied = await world.opens('/prices', { ...granted(), consent: 'denied' })
    await says(denied, 'Hello', { page: { url: `${shop}/prices`, title: '' } })
    expect(await noted(denied)).toMatchObject([{ segments: [], page: null, device: 'desktop' }])
  })
})
