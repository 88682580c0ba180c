import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { en } from '../../agent-console/ui/texts/en.ts'
import { fa } from '../../agent-console/ui/texts/fa.ts'
import { violationsIn } from '../support/axe.ts'
import { meetToTheEnd } from '../support/conversing.ts'
import { openConsole, signInto } from '../support/reception.ts'
import { useTown } from '../support/town.ts'
import { owner } from '../support/world.ts'

const town = useTown()

const fits = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)

describe.each([
  { locale: 'en', colorScheme: 'light', words: en },
  { locale: 'en', colorScheme: 'dark', words: en },
  { locale: 'fa', colorScheme: 'light', words: fa },
  { locale: 'fa', colorScheme: 'dark', words: fa },
] as const)('the console in $locale, $colorScheme', ({ words, ...options }) => {
  /** Goes through every screen; `look` is called on each. */
  async function walk(page: Page, look: (screen: string) => Promise<void>): Promise<void> {
    const go = async (screen: 'inbox' | 'visitors' | 'reports' | 'proactive' | 'settings') => {
      await page
        .getByRole('navigation', { name: words.main })
        .getByRole('link', { name: words[screen] })
        .click()
      await page.getByRole('heading', { level: 1, name: words[screen] }).waitFor()
    }
    await look('inbox')
    await go('visitors')
    await page.getByRole('table', { name: words.liveVisitors }).waitFor()
    await look('visitors')
    await go('reports')
    await page.getByRole('region', { name: words.satisfaction }).waitFor()
    await look('reports')
    await go('proactive')
    await page.getByRole('article').first().waitFor()
    await look('proactive')
    await page.getByRole('button', { name: words.newRule }).click()
    await look('new rule')
    await go('settings')
    for (const section of ['site', 'agents', 'yourself'] as const) {
      await page.getByRole('button', { name: words[section], exact: true }).click()
      await look(section)
    }
  }

  it('is free of barriers on every screen', async () => {
    await town.rule('*/nowhere', 'Shall I help you choose?')
    const { guest, id } = await meetToTheEnd(town)
    await guest.page.getByRole('radio').nth(4).check()
    await guest.button('sendRating').click()
    await guest.says('Thank you')
    const page = await openConsole(town, options)
    const found: Record<string, string[]> = {}
    const look = async (screen: string) => {
      found[screen] = await violationsIn(page)
    }
    await page.getByRole('button', { name: words.signIn }).waitFor()
    await look('door')
    await signInto(page, owner, words)
    await walk(page, look)
    await page.goto(`${town.world.url}/console/#/inbox/${id}`)
    await page.getByRole('log', { name: words.conversation }).getByText('Thank you').waitFor()
    await look('conversation')
    expect(Object.values(found).flat()).toEqual([])
  })

  it('fits a screen of 320 pixels', async () => {
    const { id } = await meetToTheEnd(town)
    const page = await openConsole(town, { ...options, viewport: { width: 320, height: 640 } })
    await signInto(page, owner, words)
    await town.rule('*/nowhere-narrow', 'Shall I help you choose?')
    const wide: string[] = []
    const look = async (screen: string) => {
      if (!(await fits(page))) wide.push(screen)
    }
    await walk(page, look)
    await page.goto(`${town.world.url}/console/#/inbox/${id}`)
    await page.getByRole('log', { name: words.conversation }).getByText('I take it.').waitFor()
    await look('conversation')
    expect(wide).toEqual([])
  })
})
