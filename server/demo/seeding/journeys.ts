import { makeId, type SiteId, type VisitId, type VisitorId } from '../../../shared/ids.ts'
import { day } from '../../../shared/limits.ts'
import { type Locale, locales } from '../../../shared/locale.ts'
import type { EventRecord, History, PageViewRecord } from '../../history/history.ts'
import { address, type Slug, slugs } from '../shop.ts'
import { Chance } from './chance.ts'

interface Wandering {
  history: Pick<History, 'visitors' | 'visits'>
  siteId: SiteId
  origin: string
  now: number
  /** Who comes again is one of these. */
  back: string
}

/** Most visitors look around and say nothing; these came within two months. */
const guests = 160
const span = 60
const together = 40
const second = 1_000

/** The visits of people who wrote to nobody: from the first look to coming again with an order. The same each time. */
export async function wander({ history, ...setting }: Wandering): Promise<void> {
  const chance = new Chance(11)
  const walks = Array.from({ length: guests }, () => walkOf(chance, setting))
  for (let i = 0; i < walks.length; i += together)
    await Promise.all(walks.slice(i, i + together).map((walk) => store(history, walk)))
}

interface Walk {
  visitorId: VisitorId
  siteId: SiteId
  locale: Locale
  token: string
  views: PageViewRecord[]
  events: EventRecord[]
}

async function store({ visitors, visits }: Wandering['history'], walk: Walk): Promise<void> {
  const { visitorId: newId, siteId, locale, token: tokenHash, views, events } = walk
  const [first] = views
  if (!first) return
  await visitors.ensure({ siteId, tokenHash, newId, locale, at: first.at })
  await visits.record(views)
  await visits.tell({ readings: [], events })
}

function walkOf(chance: Chance, { siteId, origin, now, back }: Omit<Wandering, 'history'>): Walk {
  const begin = now - chance.between(1, span * 24 * 60) * 60_000
  const visitorId = makeId('v', begin, chance.bytes(10))
  const token = Buffer.from(chance.bytes(32)).toString('base64url')
  const walk: Walk = { visitorId, siteId, locale: chance.pick(locales), token, views: [], events: [] }
  const device = chance.happens(0.55) ? 'phone' : 'desktop'
  const visits = chance.happens(0.35) ? chance.between(2, 4) : 1
  let bought = false
  for (let visit = 0, at = begin; visit < visits && at < now; visit++) {
    const place = { visitorId, siteId, visitId: makeId('t', at, chance.bytes(10)) }
    const more = { device, language: walk.locale, ...(visit > 0 ? { segments: [back] } : {}) } as const
    bought = stroll({ chance, walk, place, more, origin, at, bought })
    at += chance.between(1, 12) * day + chance.between(0, 600) * 60_000
  }
  walk.views = walk.views.filter((view) => view.at < now)
  walk.events = walk.events.filter((event) => event.at < now)
  return walk
}

interface Stroll {
  chance: Chance
  walk: Walk
  place: { visitorId: VisitorId; siteId: SiteId; visitId: VisitId }
  more: Pick<PageViewRecord, 'device' | 'language' | 'segments'>
  origin: string
  at: number
  bought: boolean
}

/** Answers whether they have bought by now. */
function stroll({ chance, walk, place, more, origin, at, bought }: Stroll): boolean {
  const product = `products/${chance.pick<Slug>(['dawn-bowl', ...slugs])}`
  const ways: [string[], ...string[][]] = [
    ['', 'collection', product],
    ['collection', product, 'workshops'],
    [product],
  ]
  const toCart = chance.happens(0.4)
  const path = [
    ...chance.pick(ways),
    ...(toCart ? ['cart'] : []),
    ...(chance.happens(0.15) ? ['shipping'] : []),
  ]
  let now = at
  for (const page of path) {
    const engagedMs = Math.min(chance.around(24_000), 300_000)
    const url = `${origin}${address(walk.locale, page)}`
    walk.views.push({ ...place, ...more, at: now, url, title: page, referrer: '', engagedMs, scroll: 60 })
    now += engagedMs + chance.between(1, 20) * second
  }
  const tell = (name: string): void => void walk.events.push({ ...place, at: now, name, count: 1 })
  if (bought && chance.happens(0.7)) tell('signed in')
  if (toCart && chance.happens(0.45)) tell('order placed')
  return bought || walk.events.some(({ name }) => name === 'order placed')
}
