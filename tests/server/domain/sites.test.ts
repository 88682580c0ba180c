import * as v from 'valibot'
import { beforeEach, describe, expect, it } from 'vitest'
import { createRules } from '../../../server/domain/proactive/rules.ts'
import { createSites } from '../../../server/domain/sites.ts'
import { firstSite, firstSiteKey } from '../../../server/domain/sites-first.ts'
import { systemRandom as random } from '../../../server/system.ts'
import { memoryWorkspace } from '../../../server/workspace/open.ts'
import { SiteId, SiteKey } from '../../../shared/ids.ts'
import type { RuleDraft } from '../../../shared/triggers/rule.ts'
import { handClock } from '../../support/clock.ts'

const own = 'https://chat.example.com'
const shop = 'https://shop.example'
const blog = 'https://blog.example'

async function open() {
  const workspace = await memoryWorkspace()
  const clock = handClock()
  let canAnswer = false
  return {
    sites: createSites({
      ...{ workspace, clock, random, ownOrigins: () => [own] },
      somebodyCanAnswer: () => canAnswer,
      told: () => ({ is: 'unmeasured' }),
      conversations: { list: async () => ({ items: [], nextCursor: null }) },
    }),
    rules: createRules({ workspace, clock, random }),
    answering: (can: boolean) => {
      canAnswer = can
    },
  }
}

let house: Awaited<ReturnType<typeof open>>
beforeEach(async () => {
  house = await open()
})

const make = async (origin: string, key?: string) => {
  const made = await house.sites.create(firstSite(origin), key === undefined ? key : v.parse(SiteKey, key))
  if (!made.ok) throw new Error(made.error.message)
  return made.value
}

describe('sites', () => {
  it('W8 let in the pages of their own origins and of this server, no others', async () => {
    const [one, other] = [await make('HTTPS://Shop.example'), await make(blog)]
    expect(house.sites.allowsOrigin(shop, one)).toBe(true)
    expect(house.sites.allowsOrigin(own, one)).toBe(true)
    expect(house.sites.allowsOrigin(shop, other)).toBe(false)
    expect(house.sites.allowsOrigin(blog)).toBe(true)
    for (const origin of ['https://shop.example.evil.example', 'http://shop.example', 'null', ''])
      expect(house.sites.allowsOrigin(origin)).toBe(false)
  })

  it('have keys of their own', async () => {
    const site = await make(shop)
    expect(house.sites.byKey(site.key)?.id).toBe(site.id)
    await make(shop, 'mine')
    expect(await house.sites.create(firstSite(shop), v.parse(SiteKey, 'mine'))).toMatchObject({
      error: { code: 'conflict', path: 'key' },
    })
  })

  it('S10 go with their rules, and the last one stays', async () => {
    const [one, other] = [await make(shop), await make(blog)]
    await house.rules.create({ ...draft, siteId: one.id })
    const kept = await house.rules.create({ ...draft, siteId: other.id })
    expect((await house.sites.remove(one.id)).ok).toBe(true)
    expect(house.sites.list()).toEqual([other])
    expect(house.rules.list()).toEqual(kept.ok && [kept.value])
    expect(await house.sites.remove(one.id)).toMatchObject({ error: { code: 'not_found' } })
    expect(await house.sites.remove(other.id)).toMatchObject({ error: { code: 'conflict' } })
  })

  it('begin with the demo shop, once', async () => {
    await house.sites.ensureFirst()
    await house.sites.ensureFirst()
    expect(house.sites.list()).toMatchObject([{ key: 'demo', countAgents: true }])
  })

  it('V68 of before leave their agents out, but for a demo shop that nobody has made their own or decided for', async () => {
    const shopWith = async (more: object) => {
      const house = await open()
      const made = await house.sites.create({ ...firstSite(own), ...more }, firstSiteKey)
      if (!made.ok) throw new Error(made.error.message)
      await house.sites.ensureFirst()
      return house.sites.byId(made.value.id)?.countAgents
    }
    expect(await shopWith({})).toBe(true)
    expect(await shopWith({ countAgents: false })).toBe(false)
    expect(await shopWith({ origins: [own, shop] })).toBeUndefined()
  })

  it('P8 tell browsers nothing beyond what is shown', async () => {
    const site = await make(shop)
    expect(Object.keys(house.sites.publicSite(site, 'ar')).sort()).toEqual([
      ...['accent', 'greeting', 'key', 'name', 'onAccent', 'online', 'replyTime', 'side'],
    ])
    expect(house.sites.publicSite(site, 'ar').greeting).toContain('أهلاً')
  })

  it('ask for a socket only where it is of use', async () => {
    const site = await make(shop)
    expect(house.sites.answer(site, 'en').live).toBe(false)
    house.answering(true)
    expect(house.sites.answer(site, 'en').live).toBe(true)
    house.answering(false)
    await house.rules.create({ ...draft, siteId: site.id, enabled: false })
    expect(house.sites.answer(site, 'en').live).toBe(false)
    await house.rules.create({ ...draft, siteId: site.id })
    expect(house.sites.answer(site, 'en').live).toBe(true)
  })
})

const nowhere = v.parse(SiteId, `s_${'0'.repeat(26)}`)
const draft: RuleDraft = {
  ...{ siteId: nowhere, name: 'Help', enabled: true, priority: 1, when: [] },
  say: { en: 'Can we help?' },
}

describe('rules', () => {
  it('belong to a site that exists', async () => {
    expect(await house.rules.create(draft)).toMatchObject({ error: { code: 'invalid', path: 'siteId' } })
  })

  it('are made, changed, listed by site and removed', async () => {
    const [one, other] = [await make(shop), await make(blog)]
    const made = await house.rules.create({ ...draft, siteId: one.id })
    if (!made.ok) throw new Error(made.error.message)
    const { id, createdAt } = made.value
    const changed = await house.rules.change(id, { ...draft, siteId: other.id, priority: 7 })
    expect(changed).toMatchObject({ value: { id, createdAt, priority: 7 } })
    expect(house.rules.list(one.id)).toEqual([])
    expect(house.rules.list(other.id)).toHaveLength(1)
    expect((await house.rules.remove(id)).ok).toBe(true)
    expect(await house.rules.remove(id)).toMatchObject({ error: { code: 'not_found' } })
  })
})
