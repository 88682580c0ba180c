import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type {} from '../../widget/loader.ts'
import { loadLanguage } from '../../widget/ui/language.ts'
import { violationsIn } from '../support/axe.ts'
import { behind, wordsStored } from '../support/behind.ts'
import { nothingStored } from '../support/guest.ts'
import { useTown } from '../support/town.ts'

const town = useTown()

describe('a command for which a part of the chat has yet to come', () => {
  it.each(['live', 'api', 'commands'])(
    'H11 P1 is done once the server can be reached, and stores nothing before: %s',
    async (part) => {
      town.guard.allow(/ERR_FAILED/)
      const guest = await town.guest()
      const parts = new RegExp(`/w/${part}-`)
      await guest.page.route(parts, (route) => route.abort())
      const asked = guest.page.waitForEvent('requestfailed')
      await guest.page.goto(town.page(`/early-${part}`))
      await guest.page.evaluate((text) => {
        window.Ahlan?.('send', text)
        window.Ahlan?.('send', `${text}, again`)
      }, `Without ${part}`)
      await asked
      expect(await guest.stored()).toEqual(nothingStored)
      await guest.page.unroute(parts)
      await guest.page.evaluate(() => dispatchEvent(new Event('online')))
      await expect
        .poll(async () => (await guest.stored()).local.length && wordsStored(town))
        .toEqual([`Without ${part}`, `Without ${part}, again`])
    },
  )
})

/** Holds the visitor's database open and heeds no request to let it go, as a frozen tab does. */
const blockDatabase = (page: Page) =>
  page.evaluate(async () => {
    const [found] = await indexedDB.databases()
    const opening = indexedDB.open(found?.name ?? '')
    await new Promise((open) => {
      opening.onsuccess = open
    })
    Reflect.set(window, 'held', opening.result)
  })

describe('several tabs', () => {
  it('P11 signing out is for good also where a frozen tab keeps the letters', async () => {
    const { guest, proxy, address } = await behind(town)
    await guest.open()
    await guest.says('Hello')
    const other = guest.in(await guest.context.newPage())
    await other.page.goto(town.shop.put('/without', '<p>No chat here</p>'))
    await blockDatabase(other.page)
    proxy.down = true
    await guest.writes('Not for whoever comes next')
    await guest.page.evaluate(() => window.Ahlan?.('shutdown'))
    await guest.dialog.waitFor({ state: 'detached' })
    await guest.page.goto('about:blank')
    proxy.down = false
    await guest.page.goto(address)
    await guest.open()
    await guest.says('I am somebody else')
    expect(await wordsStored(town)).toEqual(['I am somebody else'])
    await other.page.close()
    await guest.page.reload()
    await guest.says('Still somebody else')
    await expect.poll(async () => (await guest.stored()).databases.length).toBe(1)
  })

  it('W53 one that finds the server again has the others try at once', async () => {
    const { guest, proxy, address } = await behind(town, 'passed', { prepare: 'Math.random = () => 1' })
    await guest.open()
    await guest.says('Hello')
    const other = guest.in(await guest.context.newPage())
    await other.page.goto(address)
    await other.log.getByText('Hello').waitFor()
    proxy.down = true
    // So often in vain that it would now rest for half a minute.
    let failed = 0
    other.page.on('console', (one) => {
      if (/WebSocket|ERR_/.test(one.text())) failed++
    })
    for (let i = 0; i < 7; i++) {
      const before = failed
      // Heard only between two attempts: what fails may be told of before the attempt is over.
      const once = async () => {
        await other.page.evaluate(() => dispatchEvent(new Event('online')))
        return failed
      }
      await expect.poll(once).toBeGreaterThan(before)
    }
    proxy.down = false
    await guest.page.evaluate(() => dispatchEvent(new Event('online')))
    await guest.says('Back again')
    await other.log.getByText('Back again').waitFor({ timeout: 5_000 })
  })
})

describe.each([
  { words: 'en', colorScheme: 'light', viewport: { width: 1280, height: 720 } },
  { words: 'fa', colorScheme: 'dark', viewport: { width: 390, height: 700 } },
] as const)('a connection that is lost, in $words, $colorScheme', ({ words, colorScheme, viewport }) => {
  it('W52 is told of at each turn and once, with what waits, and is free of barriers', async () => {
    const options = { words, colorScheme, viewport, attributes: `data-locale="${words}"` }
    const { guest, proxy } = await behind(town, 'passed', options)
    const { texts, plural } = { texts: guest.words, plural: (await loadLanguage(words)).plural }
    const status = guest.page.getByRole('status').first()
    const heard = () => guest.page.evaluate<string[]>('heard')
    await guest.open()
    await guest.says('One')
    await expect.poll(() => status.textContent()).toBe(texts.online)
    await status.evaluate((element) => {
      const told: string[] = []
      Reflect.set(window, 'heard', told)
      const note = () => told.push(`${element.textContent}`)
      new MutationObserver(note).observe(element, { childList: true, characterData: true, subtree: true })
    })
    proxy.down = true
    await guest.dialog.locator('.connection', { hasText: texts.reconnecting }).waitFor()
    expect(await violationsIn(guest.page, 'ahlan-chat')).toEqual([])
    await guest.dialog.locator('.connection', { hasText: texts.kept }).waitFor()
    for (const text of ['Two', 'Three']) await guest.writes(text)
    await expect.poll(() => status.textContent()).toBe(`${texts.offline}. ${plural(texts.waiting, 2)}`)
    await guest.log.getByText(texts.queued).waitFor()
    expect(await violationsIn(guest.page, 'ahlan-chat')).toEqual([])
    proxy.down = false
    await guest.page.evaluate(() => dispatchEvent(new Event('online')))
    await guest.dialog.locator('.connection', { hasText: texts.online }).waitFor()
    await guest.log.locator('.group.own').last().getByText(guest.confirmed).waitFor()
    await guest.dialog.locator('.connection').waitFor({ state: 'detached' })
    expect(await heard()).toEqual([
      texts.reconnecting,
      `${texts.offline}. ${texts.kept}`,
      ...[1, 2].map((count) => `${texts.offline}. ${plural(texts.waiting, count)}`),
      texts.online,
    ])
  })
})
