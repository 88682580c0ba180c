import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { Locale } from '../../shared/locale.ts'
import { type SiteSurveys, surveyWords } from '../../shared/survey-words.ts'
import { siteAsks } from '../support/chats.ts'
import { meet } from '../support/conversing.ts'
import type { Guest } from '../support/guest.ts'
import { useTown } from '../support/town.ts'

const town = useTown()

const asks = (asks: SiteSurveys['asks']): Promise<void> => siteAsks(town.world, town.owner, { asks })

/** Everything is asked at the end of it. */
async function toTheEnd(locale: Locale) {
  await asks(['csat', 'ces', 'goal', 'emotion', 'nps'])
  const met = await meet(town, { words: locale, attributes: `data-locale="${locale}"` })
  await met.agent.says(met.id, 'One is left.')
  await met.guest.says('OK')
  await met.agent.wire.get('conversation:close', { conversationId: met.id })
  await met.guest.survey.waitFor()
  return met
}

const group = (guest: Guest, kind: SiteSurveys['asks'][number], locale: Locale): Locator =>
  guest.page.getByRole('group', { name: surveyWords(kind, locale, { asks: [] }).question })

const send = (guest: Guest, locale: Locale): Locator =>
  guest.page.getByRole('button', { name: surveyWords('ces', locale, { asks: [] }).send, exact: true })

describe('what is asked after a chat', () => {
  it.each(['en', 'fa'] as const)(
    'R2 R12 comes one after another, and each can be skipped, in %s',
    async (locale) => {
      const { guest, id } = await toTheEnd(locale)
      const { page } = guest
      const words = (kind: 'ces' | 'goal' | 'nps') => surveyWords(kind, locale, { asks: [] }).words
      await guest.survey.getByRole('radio').nth(4).check()
      await guest.button('sendRating').click()
      const effort = group(guest, 'ces', locale)
      await effort.waitFor()
      expect(await effort.getByRole('radio').count()).toBe(7)
      expect(
        await page
          .getByRole('group')
          .filter({ has: page.getByRole('radio') })
          .count(),
      ).toBe(1)
      await effort.getByRole('radio', { name: words('ces')[6] ?? '' }).check()
      await send(guest, locale).click()
      await group(guest, 'goal', locale)
        .getByRole('radio', { name: words('goal')[1] ?? '', exact: true })
        .check()
      await send(guest, locale).click()
      await group(guest, 'emotion', locale).waitFor()
      await guest.button('skip').click()
      const house = group(guest, 'nps', locale)
      const [none, most] = [house.getByRole('radio').first(), house.getByRole('radio').last()]
      const [left, right] = await Promise.all([none.boundingBox(), most.boundingBox()])
      expect((left?.x ?? 0) < (right?.x ?? 0)).toBe(locale === 'en')
      await most.check()
      await send(guest, locale).click()
      await page.getByText(guest.words.thanks).waitFor()
      const { json } = await town.owner.get(`/api/v1/conversations/${id}`)
      expect(json).toMatchObject({
        survey: { state: 'answered', rating: 5 },
        asks: {
          ces: { score: 7 },
          goal: { score: 2 },
          emotion: { state: 'skipped' },
          nps: { score: 10 },
        },
      })
    },
  )

  it('R12 is answered by the keyboard alone, the focus going on to what follows', async () => {
    const { guest, id } = await toTheEnd('en')
    const { page } = guest
    await guest.survey.getByRole('radio').first().focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await guest.button('sendRating').focus()
    await page.keyboard.press('Enter')
    const first = group(guest, 'ces', 'en').getByRole('radio').first()
    await first.waitFor()
    expect(await first.evaluate((one) => one.matches(':focus'))).toBe(true)
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await group(guest, 'goal', 'en').waitFor()
    const { json } = await town.owner.get(`/api/v1/conversations/${id}`)
    expect(json).toMatchObject({ asks: { ces: { score: 2 } } })
  })

  it('R2 R6 goes on where it was left, on the next page', async () => {
    const { guest } = await toTheEnd('en')
    await guest.survey.getByRole('radio').nth(3).check()
    await guest.button('sendRating').click()
    await group(guest, 'ces', 'en').waitFor()
    await guest.page.reload()
    await group(guest, 'ces', 'en').waitFor()
  })

  it('R7 is asked again where an agent asks for it', async () => {
    await asks(['csat'])
    const { agent, guest, id } = await meet(town)
    await agent.says(id, 'One is left.')
    await guest.says('OK')
    await agent.wire.get('conversation:close', { conversationId: id })
    await guest.button('skip').click()
    await guest.survey.waitFor({ state: 'detached' })
    await agent.wire.get('survey:ask', { conversationId: id })
    await guest.survey.getByRole('radio').nth(2).check()
    await guest.button('sendRating').click()
    await guest.button('changeRating').waitFor()
  })
})
