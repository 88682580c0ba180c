import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sweepVisits } from '../../../server/domain/visits/visits-retention.ts'
import type { ExposureRecord } from '../../../server/history/exposures.ts'
import { makeId, type SiteId, type VisitorId } from '../../../shared/ids.ts'
import { day } from '../../../shared/limits.ts'
import { success } from '../../../shared/result.ts'
import { handClock } from '../../support/clock.ts'
import { type DomainWorld, granted, must, openDomain } from '../../support/domain-world.ts'

let world: DomainWorld
beforeAll(async () => {
  world = await openDomain()
})
afterAll(() => world.end())

const clock = handClock()
const mute = () => undefined
const log = { debug: mute, info: mute, warn: mute, error: mute }

/** A site of its own, with somebody who consented and of whom a view, an event and a message to nobody are on record. */
async function inhabited(): Promise<{ siteId: SiteId; visitorId: VisitorId }> {
  const { sites, visits } = world
  const { id: _, key: __, createdAt: ___, ...draft } = world.site
  const site = must(await sites.create({ ...draft, origins: ['https://blog.example'] }))
  const visit = await world.opens('/hats', { ...granted(), site })
  visits.tracked(visit, 'looked')
  await visits.flush()
  await world.history.exposures.store({ exposures: [said(site.id)], aftermaths: [] })
  if (!visit.visitorId) throw new Error('Who consents is known.')
  return { siteId: site.id, visitorId: visit.visitorId }
}

const said = (siteId: SiteId): ExposureRecord => ({
  ...{ id: makeId('i', clock.now(), randomBytes(10)), siteId, at: clock.now() },
  ...{ visitorId: null, visitId: null, ruleId: null, by: 'rule', goal: null, variant: null },
  ...{ heldOut: false, silent: false },
})

async function left({ siteId, visitorId }: Awaited<ReturnType<typeof inhabited>>) {
  const { visits, visitors } = world.history
  const [views, events] = [await visits.pageViews(visitorId, 9), await visits.events(visitorId, 9)]
  const visitor = (await visitors.find(visitorId)) !== null
  return { views: views.length, events: events.length, site: (await sitesStored()).includes(siteId), visitor }
}

async function sitesStored(): Promise<SiteId[]> {
  const found: SiteId[] = []
  const { nextSite } = world.history.visits
  for (let id = await nextSite(null); id; id = await nextSite(id)) found.push(id)
  return found
}

/** Hour by hour: what is to be swept goes a few rows at a time. */
const swept = (of: Awaited<ReturnType<typeof inhabited>>) =>
  expect.poll(() => {
    clock.advance(60 * 60_000)
    return left(of)
  })

it('V60 a site that is removed leaves nothing; one that is missing for no known reason, what it may keep', async () => {
  const [removed, missing] = [await inhabited(), await inhabited()]
  must(await world.sites.remove(removed.siteId))
  await world.workspace.change((document) => {
    document.sites = document.sites.filter(({ id }) => id !== missing.siteId)
    return success(undefined)
  })
  expect(await left(removed)).toEqual({ views: 1, events: 1, site: true, visitor: true })
  const stop = sweepVisits({ ...world.history, settings: world.workspace.read, clock, log })
  await swept(removed).toEqual({ views: 0, events: 0, site: false, visitor: false })
  expect(await left(missing)).toEqual({ views: 1, events: 1, site: true, visitor: true })
  clock.advance(90 * day)
  await swept(missing).toEqual({ views: 0, events: 0, site: true, visitor: true })
  clock.advance(400 * day)
  await swept(missing).toEqual({ views: 0, events: 0, site: false, visitor: true })
  stop()
})
