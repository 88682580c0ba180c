import { makeId, type SiteId, type VisitorId } from '../../../shared/ids.ts'
import type { Chance } from '../../demo/seeding/chance.ts'
import type { Lived } from '../../history/bulk.ts'

interface Looking {
  guest: { id: VisitorId; siteId: SiteId }
  at: number
  count: number
  chance: Chance
}

/** A fifth of them buy: told by their id, so that it takes no chance from what else happens. */
const isBuyer = (id: VisitorId): boolean => 'abcdef'.includes(id.slice(-1))

/** One visit and the pages looked at. */
export function* look({ guest, at, count, chance }: Looking): Generator<Lived> {
  const visitId = makeId('t', at, chance.bytes(10))
  let now = at
  for (let i = 0; i < count; i++) {
    const path = `/catalogue/${chance.between(1, 12)}/${chance.between(1, 400)}`
    const engagedMs = chance.between(3_000, 50_000)
    yield {
      kind: 'view',
      view: {
        ...{ visitId, visitorId: guest.id, siteId: guest.siteId, at: now },
        ...{ url: `https://shop-1.example${path}`, title: `Catalogue ${path}`, referrer: '' },
        ...{ engagedMs, scroll: chance.between(5, 100), language: 'en' },
        device: chance.happens(0.5) ? 'phone' : 'desktop',
        ...(isBuyer(guest.id) ? { segments: ['buyers'] } : {}),
      },
    }
    now += engagedMs
  }
}
