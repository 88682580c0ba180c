import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { en } from '../../agent-console/ui/texts/en.ts'
import { fa } from '../../agent-console/ui/texts/fa.ts'
import type { Texts } from '../../agent-console/ui/texts/texts.ts'
import type { Locale } from '../../shared/locale.ts'
import { meet } from '../support/conversing.ts'
import type { Guest } from '../support/guest.ts'
import { holdSocket } from '../support/held-socket.ts'
import { openConsole, signInto } from '../support/reception.ts'
import { useTown } from '../support/town.ts'
import { owner } from '../support/world.ts'

const town = useTown()

const catalogues: Partial<Record<Locale, Texts>> = { en, fa }
const about = { en: 'Slow, and not kind', fa: 'کند و نامهربان' }
const labels = { en: 'complaint', fa: 'شکایت' }

interface Scene {
  guest: Guest
  page: Page
  words: Texts
  id: string
}

/** What was ever rated, the first first. */
async function ratings({ id }: Scene): Promise<number[]> {
  const { json } = await town.owner.get(`/api/v1/conversations/${id}/entries?after=0&limit=200`)
  const items: { kind: string; rating: number }[] = Object(json).items
  return items.flatMap(({ kind, rating }) => (kind === 'rated' ? [rating] : []))
}

const button = ({ page }: Scene, name: string) => page.getByRole('button', { name, exact: true })

async function rates({ guest }: Scene, rating: number): Promise<void> {
  await guest.survey
    .getByRole('radio')
    .nth(rating - 1)
    .check()
  await guest.button('sendRating').dblclick()
  await guest.button('changeRating').waitFor()
}

/** To a chat that is over, over the list of those there were. */
async function comesBack({ guest }: Scene): Promise<void> {
  await guest.page.reload()
  await guest.dialog.getByRole('button', { name: 'OK' }).click()
}

/** The answer does not come back, and the page is left meanwhile. */
async function changesTo(scene: Scene, rating: number, comment: string): Promise<void> {
  const { guest } = scene
  const held = await holdSocket(guest.page, 'survey:answer', 'back')
  await comesBack(scene)
  await guest.button('changeRating').click()
  await guest.survey
    .getByRole('radio')
    .nth(rating - 1)
    .check()
  await guest.page.getByRole('textbox', { name: guest.words.comment }).fill(comment)
  await guest.button('sendRating').click()
  await held.holding
  held.release()
  await comesBack(scene)
  await guest.button('changeRating').waitFor()
}

async function makesRight(scene: Scene): Promise<void> {
  const { page, words, id } = scene
  await page.getByRole('link', { name: words.followUps }).click()
  const link = page.locator(`a[href*="${id}"]`)
  const one = page.getByRole('list', { name: words.followUps }).getByRole('listitem').filter({ has: link })
  await one.getByText(words.followUpRating).waitFor()
  await one.getByRole('combobox', { name: words.followUpCause }).selectOption('slow')
  await one.getByRole('combobox', { name: words.followUpMoreTime }).selectOption('7')
  await one.getByRole('textbox', { name: words.followUpNote }).fill('We wrote to them.')
  await one.getByRole('button', { name: words.followUpDone, exact: true }).dblclick()
  await one.getByRole('button', { name: words.followUpReopen }).waitFor()
  await link.click()
}

async function closesUnasked(scene: Scene, why: string): Promise<void> {
  const { page, words } = scene
  await button(scene, words.closeUnasked).click()
  await page.getByRole('textbox', { name: words.unaskedReason }).fill(why)
  await button(scene, words.closeUnasked).last().click()
  await page.getByRole('log').getByText(why).waitFor()
}

it.each(['en', 'fa'] as const)(
  'R4 R7 R8 R20 R26 R27 a chat is rated, made right and rated again, in %s',
  async (locale) => {
    const words = catalogues[locale] ?? en
    const { guest, agent, id } = await meet(town, { words: locale, attributes: `data-locale="${locale}"` })
    await agent.says(id, 'One is left.')
    await guest.says('OK')
    const page = await openConsole(town, { locale, viewport: { width: 1440, height: 900 } })
    await signInto(page, owner, words)
    const scene: Scene = { guest, page, words, id }
    const row = page.getByRole('list', { name: words.conversations }).getByRole('link')
    await row.filter({ hasText: 'OK' }).click()
    await button(scene, words.closeConversation).click()
    await rates(scene, 5)
    expect(await ratings(scene)).toEqual([5])
    await changesTo(scene, 2, about[locale])
    expect(await ratings(scene)).toEqual([5, 2])
    await makesRight(scene)
    await button(scene, words.askAgain).click()
    await rates(scene, 4)
    expect(await ratings(scene)).toEqual([5, 2, 4])
    await guest.says('And another thing')
    await page.getByRole('textbox', { name: words.ownTag }).fill(labels[locale])
    await page.keyboard.press('Enter')
    await page.getByRole('complementary').getByText(words.followUpComplaint).last().waitFor()
    await closesUnasked(scene, 'It was spam.')
    await guest.log.getByText(guest.words.agentClosed.replace('{name}', '').trim()).last().waitFor()
    expect(await guest.survey.count()).toBe(0)
    expect(await guest.page.content()).not.toContain('spam')
  },
)
