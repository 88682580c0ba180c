import { afterEach, beforeEach, expect, it } from 'vitest'
import type { SignedInAgent } from '../../../shared/agent.ts'
import { type DomainWorld, granted, must, openDomain } from '../../support/domain-world.ts'
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

it('T121 a page that becomes one of a known person meanwhile takes the message along', async () => {
  const amir = granted()
  const known = await comes('/', amir)
  const { visit, page } = await comes('/sale', { referrer: 'https://search.example/' })
  await comes('/sale', granted())
  beforeStoring(() => world.visits.keep(visit, { ...amir, page }))
  await writes()
  expect(world.proactive.shownTo(known.visit)).toMatchObject({ text: 'Sale' })
})
