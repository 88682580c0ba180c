import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { VisitorId } from '../../shared/ids.ts'
import type {} from '../../widget/loader.ts'
import { type Guest, nothingStored } from '../support/guest.ts'
import { useTown } from '../support/town.ts'

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
