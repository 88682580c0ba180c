import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { VisitorId } from '../../shared/ids.ts'
import type {} from '../../widget/loader.ts'
import { textAt } from '../support/client.ts'
import { type Guest, nothingStored } from '../support/guest.ts'
import { useTown } from '../support/town.ts'
import { siteOf } from '../support/visitor.ts'
import { owner } from '../support/world.ts'

const town = useTown()

const told = (guest: Guest) => guest.requests.filter((url) => url.endsWith('/v1/page-views'))
const asked = (guest: Guest) => guest.frames.filter((frame) => frame.includes('"invite:ask"'))
const visitorId = (guest: Guest) => guest.page.evaluate<string | null>('Ahlan("get", "visitorId")')
const command = (guest: Guest, ...values: string[]) =>
  guest.page.evaluate(([name = '', ...rest]) => window.Ahlan?.(name, ...rest), values)

/** Pages in the store about the visitor of this browser. */
async function recorded(guest: Guest): Promise<string[]> {
  const id = v.parse(VisitorId, await visitorId(guest))
  const views = await town.world.history.visits.pageViews(id, 100)
  return views.map(({ url }) => new URL(url).pathname).sort()
}

/** The chat works: a message is sent and answered. */
async function talks(guest: Guest): Promise<void> {
  await guest.open()
  await guest.says('May I ask something?')
  await town.answers(await town.conversation(), 'Of course.')
  await guest.log.getByText('Of course.').waitFor()
}

describe('essential, the default', () => {
  it('P1 stores nothing before the chat is opened, not even where a rule has spoken', async () => {
    await town.agent()
    await town.rule('*/essential', 'Shall I help?')
    const guest = await town.guest()
    await guest.goto(town.page('/essential'))
    await guest.bubble.waitFor()
    expect(await guest.stored()).toEqual(nothingStored)
    expect(await guest.context.cookies()).toEqual([])
    await guest.button('reply').click()
    await guest.field.waitFor()
    const stored = await guest.stored()
    expect(stored.local).toEqual(['ahlan:demo'])
    expect(await guest.page.evaluate(() => JSON.parse(localStorage['ahlan:demo']).token)).toMatch(
      /^[\w-]{43}$/,
    )
    expect(stored).toMatchObject({ session: [], cookies: '' })
  })

  it('P1 keeps nothing of a visitor who dismisses and leaves', async () => {
    await town.agent()
    await town.rule('*/dismissed', 'May I?')
    const guest = await town.guest()
    await guest.goto(town.page('/dismissed'))
    await guest.button('dismiss').click()
    await guest.bubble.waitFor({ state: 'detached' })
    await guest.goto(town.page('/other'))
    expect(await guest.stored()).toEqual(nothingStored)
  })

  it('P2 keeps page views in memory only, also of those who chat', async () => {
    const guest = await town.guest()
    await guest.goto(town.page('/unrecorded'))
    await talks(guest)
    expect(told(guest)).toHaveLength(1)
    expect(await recorded(guest)).toEqual([])
  })
})

describe('granted', () => {
  const attributes = 'data-consent="granted"'

  it('P2 keeps the visitor over a reload, and the pages they saw', async () => {
    const guest = await town.guest()
    await town.agent()
    await guest.goto(town.page('/first', { attributes }))
    await guest.page.waitForFunction('Ahlan("get", "visitorId")')
    const known = await visitorId(guest)
    await guest.goto(town.page('/second', { attributes }))
    await guest.page.waitForFunction('Ahlan("get", "visitorId")')
    expect(await visitorId(guest)).toBe(known)
    await expect.poll(() => recorded(guest)).toEqual(['/first', '/second'])
  })

  it('P2 begins when the page says so, and is remembered on pages that do not', async () => {
    const guest = await town.guest()
    await town.agent()
    await guest.goto(town.page('/asks'))
    await command(guest, 'consent', 'granted')
    await guest.page.waitForFunction(() => 'ahlan:demo' in localStorage)
    await guest.goto(town.page('/next'))
    await guest.page.waitForFunction('Ahlan("get", "visitorId")')
    await expect.poll(() => recorded(guest)).toContain('/next')
  })
})

describe('denied', () => {
  const ways = [
    { way: 'data-consent', attributes: 'data-consent="denied"', prepare: '' },
    {
      way: 'Do-Not-Track',
      attributes: 'data-consent="granted"',
      prepare: `Object.defineProperty(navigator, 'doNotTrack', { value: '1' })`,
    },
    {
      way: 'Global Privacy Control',
      attributes: 'data-consent="granted"',
      prepare: `Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })`,
    },
  ]
  it.each(ways)(
    'P3 by $way tells no page and runs no rule; chat works',
    async ({ way, attributes, prepare }) => {
      const path = `/denied-${way.replaceAll(' ', '-')}`
      await town.agent()
      await town.rule(`*${path}`, 'This must not be said')
      const guest = await town.guest({ prepare })
      await guest.goto(town.page(path, { attributes }))
      await talks(guest)
      await guest.page.evaluate(() => history.pushState(null, '', '?moved'))
      await guest.says('I have moved.')
      await guest.button('closeChat').click()
      await guest.launcher.click()
      await guest.says('Nothing was told.')
      expect(told(guest)).toEqual([])
      expect(asked(guest)).toEqual([])
      expect(guest.frames.filter((frame) => frame.includes(path))).toEqual([])
      expect(await guest.bubble.count()).toBe(0)
    },
  )

  it('P3 can be said by the page before the script comes, and taken back', async () => {
    const guest = await town.guest()
    const queue = `<script>(window.Ahlan = window.Ahlan || function () { (Ahlan.q = Ahlan.q || []).push(arguments) })
      Ahlan('consent', 'denied')</script>`
    await guest.goto(town.page('/queued', { head: queue }))
    expect(told(guest)).toEqual([])
    const report = guest.page.waitForRequest('**/v1/page-views')
    await command(guest, 'consent', 'essential')
    expect((await report).postData()).toContain('/queued')
  })
})

describe('who answers', () => {
  /** Pages on the console's own host, of a site that leaves its people out; no rule of it asks for a socket. */
  async function site() {
    const { id: _, key: __, createdAt: ___, countAgents: ____, ...draft } = siteOf(town.world)
    const made = await town.owner.send('POST', '/api/v1/sites', draft)
    const tag = `<script async src="${town.world.url}/widget.js" data-site="${textAt(made, 'key')}"></script>`
    const live = async (): Promise<string[]> => {
      const { json } = await town.owner.get(`/api/v1/visitors/live?site=${textAt(made, 'id')}`)
      const items: { page: { url: string } }[] = Object(json).items
      return items.map(({ page }) => new URL(page.url).pathname)
    }
    return { page: (path: string) => town.shop.put(path, tag), live, id: textAt(made, 'id') }
  }

  /** Signs in or out as the console does, without becoming somebody who can answer. */
  async function session(guest: Guest, method: 'POST' | 'DELETE'): Promise<void> {
    town.guard.allow(/40[1-9] \([\w ]+\).*\/api\/v1\/(session|setup)/)
    const door = await guest.context.newPage()
    await door.goto(`${town.world.url}/console/`)
    const body = method === 'POST' ? JSON.stringify(owner) : null
    const headers = { 'content-type': 'application/json' }
    const status = await door.evaluate(async (init) => (await fetch('/api/v1/session', init)).status, {
      method,
      body,
      headers,
    })
    expect(status).toBeLessThan(300)
    await door.close()
  }

  /** So many of its pages have been answered over a socket. */
  const greeted = (guest: Guest, times: number) =>
    expect.poll(() => guest.heard.filter((frame) => frame.includes('"epoch"')).length).toBe(times)

  it('V68 V69 is not counted while signed in, with a socket or without, and is counted once signed out', async () => {
    const { page, live } = await site()
    const [guest, agent] = [await town.guest(), await town.agent()]
    await agent.wire.get('status:set', { status: 'offline' })
    await session(guest, 'POST')
    await guest.goto(page('/without-socket'))
    await expect.poll(live).toEqual(['/without-socket'])
    await agent.wire.get('status:set', { status: 'online' })
    await guest.goto(page('/with-socket'))
    await greeted(guest, 1)
    expect(await live()).toEqual([])
    await talks(guest)
    expect(await live()).toEqual([])
    const other = await town.guest()
    await session(other, 'POST')
    await session(other, 'DELETE')
    await other.goto(page('/signed-out'))
    await greeted(other, 1)
    await expect.poll(live).toEqual(['/signed-out'])
  })

  it('V70 is not counted by an address from the console, on this page and the next', async () => {
    const { page, live, id } = await site()
    const made = await town.owner.send('POST', `/api/v1/sites/${id}/own-keys`, { as: 'own' })
    const guest = await town.guest()
    await town.agent()
    const next = page('/next')
    await guest.goto(`${page('/own')}?${textAt(made, 'parameter')}`)
    await greeted(guest, 1)
    await guest.page.evaluate((to) => location.assign(to), next)
    await guest.page.waitForURL(next)
    await greeted(guest, 2)
    expect(await live()).toEqual([])
  })
})
