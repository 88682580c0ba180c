import type { Page } from 'playwright-core'
import { describe, expect, it, vi } from 'vitest'
import { en as words } from '../../agent-console/ui/texts/en.ts'
import { texts } from '../../widget/ui/texts/en.ts'
import { behind, wordsStored } from '../support/behind.ts'
import { type Guest, nothingStored } from '../support/guest.ts'
import type { OldProxy } from '../support/old-proxy.ts'
import { openConsole, signInto } from '../support/reception.ts'
import { useTown } from '../support/town.ts'
import { owner, soonAgain } from '../support/world.ts'

const town = useTown({ rateLimits: soonAgain })

/** Two tabs of one browser, the second opened while the first chats. */
async function twoTabs() {
  const met = await behind(town)
  await met.guest.open()
  await met.guest.says('Hello')
  const other = met.guest.in(await met.guest.context.newPage())
  // The panel stands open there as well.
  await other.page.goto(met.address)
  await other.log.getByText('Hello').waitFor()
  return { ...met, other }
}

/** As the page's own script would, without waiting for one before the next. */
const sendAll = (page: Page, words: string[]) =>
  page.evaluate((all) => {
    const ahlan: unknown = Reflect.get(window, 'Ahlan')
    if (typeof ahlan === 'function') for (const one of all) ahlan('send', one)
  }, words)

const shown = (guest: Guest) => guest.log.locator('.group.own .bubble').allTextContents()
const numbered = (name: string, count: number) => Array.from({ length: count }, (_, i) => `${name}${i}`)

/** The network is there again, and says so: neither rests until its next attempt. */
async function heals(proxy: OldProxy, tabs: Guest[]): Promise<void> {
  proxy.down = false
  for (const { page } of tabs) await page.evaluate(() => dispatchEvent(new Event('online')))
}

async function allArrive(tabs: Guest[], mine: string[], yours: string[]): Promise<void> {
  const expected = ['Hello', ...mine, ...yours].sort()
  await vi.waitFor(async () => expect((await wordsStored(town)).sort()).toEqual(expected), {
    timeout: 50_000,
    interval: 250,
  })
  const stored = await wordsStored(town)
  const of = (own: string[]) => stored.filter((one) => own.includes(one))
  expect([of(mine), of(yours)]).toEqual([mine, yours])
  // One of them may still be resting between two attempts to connect.
  for (const tab of tabs)
    await vi.waitFor(async () => expect(await shown(tab)).toEqual(stored), { timeout: 40_000 })
}

describe('two tabs of one visitor', () => {
  it('W34 send fifty each at once: a hundred, once each, each tab’s in its order, the same in both', async () => {
    const { guest, other } = await twoTabs()
    const [mine, yours] = [numbered('a', 50), numbered('b', 50)]
    await Promise.all([sendAll(guest.page, mine), sendAll(other.page, yours)])
    await allArrive([guest, other], mine, yours)
  })

  it('W34 both send what they wrote offline, once each', async () => {
    const { guest, other, proxy } = await twoTabs()
    proxy.down = true
    const [mine, yours] = [numbered('a', 5), numbered('b', 5)]
    for (const one of mine) await guest.writes(one)
    for (const one of yours) await other.writes(one)
    await heals(proxy, [guest, other])
    await allArrive([guest, other], mine, yours)
  })

  it('W34 one does not wait for another whose line is dead, and both know all once it wakes', async () => {
    const { guest, other, proxy } = await twoTabs()
    proxy.freeze()
    await guest.writes('Stuck on a dead line')
    await other.page.reload()
    await other.log.getByText('Hello').waitFor()
    await other.says('From the other tab')
    expect(await wordsStored(town)).toEqual(['Hello', 'Stuck on a dead line', 'From the other tab'])
    await guest.page.evaluate(() => document.dispatchEvent(new Event('resume')))
    await guest.log.getByText('From the other tab').waitFor()
  })

  it('W34 one does not wait for another that was frozen in the middle of sending', async () => {
    const { guest, other } = await twoTabs()
    // As far as others can tell: it never lets go of the lock.
    await guest.page.evaluate(async () => {
      const key = Object.keys(localStorage).find((one) => one.startsWith('ahlan:')) ?? ''
      const { token } = JSON.parse(localStorage[key])
      await new Promise((held) => {
        navigator.locks.request(`${key}:${token}`, () => {
          held(null)
          return new Promise(() => undefined)
        })
      })
    })
    await other.says('From the other tab')
  })
})

describe('signing out while something waits', () => {
  it('P11 sends nothing of it, ever, and leaves nothing of it on the device', async () => {
    const { guest, other, proxy, address } = await twoTabs()
    proxy.down = true
    await guest.writes('Not for whoever comes next')
    await guest.page.evaluate('Ahlan("shutdown")')
    await guest.dialog.waitFor({ state: 'detached' })
    await other.dialog.waitFor({ state: 'detached' })
    await expect.poll(() => guest.stored()).toMatchObject({ local: [], databases: [] })
    proxy.down = false
    await other.page.close()
    await guest.page.goto(`${address}?after`)
    await guest.open()
    await guest.says('I am somebody else')
    expect(await wordsStored(town)).toEqual(['I am somebody else'])
    const list = await town.owner.get('/api/v1/conversations?order=recent')
    expect(list.text).not.toContain('Not for whoever')
  })

  it('P11 holds when the page is left in the same moment', async () => {
    const { guest, other, proxy, address } = await twoTabs()
    await other.page.close()
    proxy.down = true
    await guest.writes('Gone with me')
    await guest.page.evaluate((next) => {
      const ahlan: unknown = Reflect.get(window, 'Ahlan')
      if (typeof ahlan === 'function') ahlan('shutdown')
      // As soon as the command was done, and no turn later.
      const look = () => (localStorage.length ? setTimeout(look) : location.assign(next))
      look()
    }, `${address}?gone`)
    await guest.page.waitForURL(/gone/)
    proxy.down = false
    await guest.page.goto(`${address}?stranger`)
    await guest.open()
    await guest.says('Nobody before me')
    expect(await wordsStored(town)).toEqual(['Nobody before me'])
    expect((await guest.stored()).databases).toHaveLength(1)
  })
})

it('W32 a page that comes back from the cache knows what was said meanwhile', async () => {
  const { guest, proxy: _ } = await behind(town)
  await guest.open()
  await guest.says('Back in a moment')
  const id = await town.conversation()
  await guest.page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })))
  await town.answers(id, 'Said while you were away')
  await guest.page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))
  await guest.log.getByText('Said while you were away').waitFor({ timeout: 5_000 })
  expect(texts.online).toBe(await guest.page.getByRole('status').first().textContent())
})

it('W32 a line that died unnoticed is found when the network says it is back', async () => {
  const { guest, proxy } = await behind(town)
  await guest.open()
  await guest.says('Is anybody there?')
  const id = await town.conversation()
  proxy.freeze()
  await town.answers(id, 'Here, all the time')
  await guest.page.evaluate(() => dispatchEvent(new Event('online')))
  await guest.log.getByText('Here, all the time').waitFor({ timeout: 9_000 })
})

it('P20 P22 P25 erased in the console while both tabs hold letters: gone there, and from the device', async () => {
  const { guest, other, proxy } = await twoTabs()
  const id = await town.conversation()
  const page = await openConsole(town, { viewport: { width: 1440, height: 900 } })
  await signInto(page, owner)
  await page.goto(`${town.world.url}/console/#/inbox/${id}`)
  const panel = page.getByRole('complementary', { name: words.visitor })
  const waiting = page.waitForEvent('download')
  await panel.getByRole('link', { name: words.downloadData }).click()
  expect((await waiting).suggestedFilename()).toMatch(/^visitor-v_\w+\.json$/)

  proxy.down = true
  for (const tab of [guest, other]) await tab.writes('Nobody shall read this')
  await panel.getByRole('button', { name: words.erasePerson }).click()
  const isOnCancel = () =>
    panel.getByRole('button', { name: words.cancel }).and(panel.locator(':focus')).waitFor()
  await isOnCancel()
  await panel.getByRole('button', { name: words.cancel }).click()
  await panel.getByRole('button', { name: words.erasePerson }).and(panel.locator(':focus')).click()
  await isOnCancel()
  await panel.getByRole('button', { name: words.eraseForGood }).click()
  await page.getByText(words.conversationErasedTitle).waitFor()
  await expect.poll(() => page.locator(`a[href$="${id}"]`).count()).toBe(0)
  await heals(proxy, [guest, other])
  for (const tab of [guest, other]) {
    await vi.waitFor(async () => expect(await tab.stored()).toEqual(nothingStored), { timeout: 40_000 })
    await tab.dialog.waitFor({ state: 'detached' })
  }
  const { items } = Object((await town.owner.get('/api/v1/conversations?order=recent')).json)
  expect(items.map((one: { id: string }) => one.id)).not.toContain(id)
})
