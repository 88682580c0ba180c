import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { ar } from '../../agent-console/ui/texts/ar.ts'
import { en } from '../../agent-console/ui/texts/en.ts'
import { fa } from '../../agent-console/ui/texts/fa.ts'
import type { Texts } from '../../agent-console/ui/texts/texts.ts'
import { violationsIn } from '../support/axe.ts'
import { meetToTheEnd } from '../support/conversing.ts'
import { putJobs } from '../support/job-rows.ts'
import { lowIn, sidewaysIn } from '../support/layout.ts'
import { openConsole, signInto } from '../support/reception.ts'
import { useTown } from '../support/town.ts'
import { owner } from '../support/world.ts'

const town = useTown()
const catalogues = { en, ar, fa }

interface Tour {
  page: Page
  words: Texts
  /** The conversation to open at the end. */
  id: string
  /** Called on every screen. */
  look(screen: string): Promise<void>
}

const reportSections = [
  ...(['responseTimes', 'satisfaction', 'volume', 'staffing', 'agents', 'proactive', 'turnsTitle'] as const),
] as const

/** Every section, what they are asked for, the tables behind their pictures, and what is behind a figure. */
async function walkReports({ page, words, look }: Omit<Tour, 'id'>): Promise<void> {
  await page.getByRole('region', { name: words.satisfaction }).waitFor()
  await look('reports')
  await page.getByRole('button', { name: words.filters, exact: true }).click()
  await page.locator('.period-open').click()
  await page.getByRole('dialog', { name: words.period }).waitFor()
  await look('reports, what they are asked for')
  await page.keyboard.press('Escape')
  for (const part of reportSections) {
    await page
      .getByRole('navigation', { name: words.reportParts })
      .getByRole('link', { name: words[part] })
      .click()
    await page.locator('.reports .card').first().waitFor()
    await page.locator('.report-parts [aria-current=page]', { hasText: words[part] }).waitFor()
    await page.evaluate(() => {
      for (const behind of document.querySelectorAll('details.behind')) behind.toggleAttribute('open', true)
    })
    await look(`reports, ${part}`)
  }
  await page.goto(`${town.world.url}/console/#/reports/turns?figure=episodes`)
  await page.locator('.turn > summary').first().click()
  await page.locator('.pieces').first().waitFor()
  await look('reports, behind a figure')
}

/** Goes through every screen of somebody signed in. */
async function walk({ page, words, id, look }: Tour): Promise<void> {
  const go = async (screen: 'visitors' | 'reports' | 'proactive' | 'settings') => {
    const main = page.getByRole('navigation', { name: words.main })
    await main.getByRole('link', { name: words[screen] }).click()
    await page.getByRole('heading', { level: 1, name: words[screen] }).waitFor()
  }
  await look('inbox')
  await go('visitors')
  await page.getByRole('table', { name: words.liveVisitors }).waitFor()
  await look('visitors')
  await go('reports')
  await walkReports({ page, words, look })
  await go('proactive')
  await page.getByRole('article').first().waitFor()
  await look('proactive')
  await page.getByRole('button', { name: words.newRule }).click()
  await page.getByRole('button', { name: words.addCondition, exact: true }).click()
  await page.getByRole('combobox', { name: words.findCondition }).press('End')
  await look('new rule, the menu of conditions')
  await page.getByRole('combobox', { name: words.findCondition }).press('Enter')
  await page.getByRole('combobox', { name: words.actionKind }).selectOption('survey')
  await page.getByRole('button', { name: words.save, exact: true }).click()
  await page.locator('.part-fault').first().waitFor()
  await look('new rule with a group and its faults')
  await go('settings')
  await setUp({ page, words, look })
  await page.goto(`${town.world.url}/console/#/follow-ups`)
  await page.getByRole('combobox', { name: words.followUpCause }).first().waitFor()
  await look('follow-ups')
  await page.goto(`${town.world.url}/console/#/inbox/${id}`)
  await page.getByRole('log', { name: words.conversation }).getByText('I take it.').waitFor()
  await page.getByRole('button', { name: words.closeUnasked, exact: true }).click()
  await look('conversation, and why it is closed without asking')
}

/** The settings: what is asked after a chat, hours with holidays, and what follows from a complaint among them. */
async function setUp({ page, words, look }: Omit<Tour, 'id'>): Promise<void> {
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  for (const section of ['site', 'houseTab', 'agents', 'system', 'yourself'] as const) {
    await press(words[section])
    if (section === 'site')
      for (const box of await page.locator('.survey-choice input').all()) await box.check()
    if (section === 'houseTab') {
      await press(words.addCalendar)
      for (const part of ['addBreak', 'readyNowruz', 'readyRamadan'] as const) await press(words[part])
      await page.getByRole('heading', { name: words.followUpSettings }).waitFor()
    }
    if (section === 'system') await page.getByRole('button', { name: words.jobRetry }).first().waitFor()
    await look(section)
  }
}

describe.each([
  { locale: 'en', colorScheme: 'light' },
  { locale: 'en', colorScheme: 'dark' },
  { locale: 'fa', colorScheme: 'light' },
  { locale: 'fa', colorScheme: 'dark' },
] as const)('the console in $locale, $colorScheme', (options) => {
  const words: Texts = catalogues[options.locale]

  it('M115 C29 is free of barriers on every screen, and none of them goes beyond its sides', async () => {
    await town.rule('*/nowhere', 'Shall I help you choose?')
    const { guest, id } = await meetToTheEnd(town)
    await guest.page.getByRole('radio').first().check()
    await guest.button('sendRating').click()
    await guest.says('Thank you')
    putJobs(town.world.dataDir, id, ['dead', 'retrying'])
    const page = await openConsole(town, options)
    const found: string[] = []
    const look = async (screen: string) => {
      found.push(
        ...[await violationsIn(page), await sidewaysIn(page)].flat().map((one) => `${screen}: ${one}`),
      )
    }
    await page.getByRole('button', { name: words.signIn }).waitFor()
    await look('door')
    await signInto(page, owner, words)
    await walk({ page, words, id, look })
    expect(found).toEqual([])
    // Some twenty screens are gone through, each with every rule there is.
  }, 120_000)
})

it.each(['en', 'ar', 'fa'] as const)(
  'C29 C30 the console in %s fits a screen of 320 pixels, and fingers',
  async (locale) => {
    const words: Texts = catalogues[locale]
    await town.rule('*/nowhere', 'Shall I help you choose?')
    const { guest, id } = await meetToTheEnd(town)
    await guest.page.getByRole('radio').first().check()
    await guest.button('sendRating').click()
    await guest.says('Thank you')
    putJobs(town.world.dataDir, id, ['dead', 'retrying'])
    const page = await openConsole(town, { locale, viewport: { width: 320, height: 640 } })
    await signInto(page, owner, words)
    const found: string[] = []
    const look = async (screen: string) => {
      found.push(...[await sidewaysIn(page), await lowIn(page)].flat().map((one) => `${screen}: ${one}`))
    }
    await walk({ page, words, id, look })
    expect(found).toEqual([])
  },
)
