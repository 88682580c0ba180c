import { afterEach, beforeEach, expect, it } from 'vitest'
import { systemRandom } from '../../../server/system.ts'
import type { SignedInAgent } from '../../../shared/agent.ts'
import { makeId } from '../../../shared/ids.ts'
import { type DomainWorld, granted, must, openDomain, shop } from '../../support/domain-world.ts'
import { aPage } from '../../support/random.ts'

let world: DomainWorld
beforeEach(async () => {
  world = await openDomain()
})
afterEach(() => world.end())

const byOwner = (): SignedInAgent => {
  const { id, name, email, role } = world.sara
  return { id, name, email, role }
}

async function comes(path: string, more: Parameters<DomainWorld['opens']>[1] = {}) {
  const page = aPage()
  const visit = await world.opens(path, { page, ...more })
  world.visits.entered(visit, page)
  return { visit, page }
}

/** More than are told at once; only the first and the last are remembered. */
async function crowdOn(path: string, many: number) {
  const first = await comes(path, granted())
  for (let n = 0; n < many - 2; n++) {
    const address = `198.51.${n >> 8}.${n & 255}`
    await comes(path, { caller: { address, userAgent: 'Mozilla/5.0 Firefox/142.0' } })
  }
  return { first, last: await comes(path, granted()) }
}

/** Before anything is put on record. */
function beforeStoring(act: () => unknown): void {
  const { exposures } = world.history
  const store = exposures.store.bind(exposures)
  exposures.store = async (what) => {
    if (what.exposures.length > 0) await act()
    return store(what)
  }
}

const aConversation = () => makeId('c', world.clock.now(), systemRandom.bytes(10))
const writes = async () => must(await world.proactive.writeToPage({ page: '/sale' }, 'Sale', byOwner()))
const offered = (): number => world.told.filter(({ what }) => what === 'inviteOffered').length

it('T121 of very many on a page the first are told before the last are put on record', async () => {
  await crowdOn('/sale', 210)
  const toldByThen: number[] = []
  beforeStoring(() => toldByThen.push(offered()))
  expect([await writes(), offered()]).toEqual([{ reached: 210, leftAlone: {} }, 210])
  expect(toldByThen).toEqual([0, 200])
})

it('T121 whoever leaves while others are told is not counted as reached', async () => {
  const { last } = await crowdOn('/sale', 201)
  beforeStoring(() => last.visit.sockets > 0 && world.visits.exited(last.visit, last.page))
  expect(await writes()).toEqual({ reached: 200, leftAlone: { away: 1 } })
})

/** Whom messages are offered to from now on. */
function offeredTo(): string[] {
  const ids: string[] = []
  const { announcer } = world
  const offer = announcer.inviteOffered.bind(announcer)
  announcer.inviteOffered = (id, invitation) => {
    ids.push(id)
    offer(id, invitation)
  }
  return ids
}

/** Somebody on the page who turns out to be on another one, too, while the message is put on record. */
async function becomesKnown() {
  const amir = granted()
  const known = await comes('/', amir)
  const { visit, page } = await comes('/sale', { referrer: 'https://search.example/' })
  const other = await comes('/sale', granted())
  return { known, visit, page, other, keeps: () => world.visits.keep(visit, { ...amir, page }) }
}

it('T121 a page that becomes one of a known person meanwhile takes the message along', async () => {
  const { known, visit, page, other, keeps } = await becomesKnown()
  const offers = offeredTo()
  beforeStoring(async () => {
    const kept = await keeps()
    world.visits.exited(visit, page)
    world.visits.entered(kept, page)
  })
  expect(await writes()).toEqual({ reached: 2, leftAlone: {} })
  expect(world.proactive.shownTo(known.visit)).toMatchObject({ text: 'Sale' })
  expect(offers).toEqual(expect.arrayContaining([known.visit.id, other.visit.id]))
})

it('T121 a page that has shown its token and not moved its socket yet is told, too', async () => {
  const { known, visit, keeps } = await becomesKnown()
  world.visits.exited(known.visit, known.page)
  const offers = offeredTo()
  beforeStoring(keeps)
  expect(await writes()).toEqual({ reached: 2, leftAlone: {} })
  expect(world.visits.byId(visit.id)).toBeNull()
  expect(offers).toContain(visit.id)
})

it('T121 of two pages of one person that become one visit meanwhile one is told', async () => {
  const { known, keeps } = await becomesKnown()
  world.visits.viewed(known.visit, known.page, { url: `${shop}/sale`, title: '', referrer: '' })
  beforeStoring(keeps)
  expect(await writes()).toEqual({ reached: 2, leftAlone: { onceASession: 1 } })
})

it('T121 whose pages are closed, who denies consent or begins a chat meanwhile is not told', async () => {
  const [left, denies, chats] = [
    await comes('/sale', granted()),
    await comes('/sale', granted()),
    await comes('/sale', granted()),
  ]
  const { visitorId } = chats.visit
  beforeStoring(() => {
    world.visits.exited(left.visit, left.page)
    denies.visit.consent = 'denied'
    if (visitorId) world.visits.conversing(visitorId, aConversation(), world.clock.now())
  })
  expect(await writes()).toEqual({ reached: 0, leftAlone: { away: 1, consent: 1, inConversation: 1 } })
  for (const { visit } of [denies, chats]) expect(world.proactive.waitingFor(visit)).toBeNull()
})
