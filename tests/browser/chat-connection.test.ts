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

describe.each([
  { words: 'en', colorScheme: 'light', viewport: { width: 1280, height: 720 } },
  { words: 'fa', colorScheme: 'dark', viewport: { width: 390, height: 700 } },
] as const)('a connection that is lost, in $words, $colorScheme', ({ words, colorScheme, viewport }) => {
  it('W50 is told of at each turn and once, with what waits, and is free of barriers', async () => {
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
