import { expect, it } from 'vitest'
import { duration, share } from '../../agent-console/ui/format.ts'
import { createWords } from '../../agent-console/ui/words.ts'
import type { Overview } from '../../shared/metrics/overview.ts'
import type { ResponseTimes } from '../../shared/metrics/response-times.ts'
import { hour, minute, newTokenHash, newVisitorId, scene, taken } from '../support/history-cast.ts'
import { openConsole, signInto } from '../support/reception.ts'
import { useTown } from '../support/town.ts'
import { siteOf } from '../support/visitor.ts'
import { owner } from '../support/world.ts'

const town = useTown()
const words = createWords('en')
const { t } = words

/** Three people this morning: answered after two minutes, after forty, and not at all. */
async function morning() {
  const { history } = town.world
  const siteId = siteOf(town.world).id
  for (const [i, wait] of [2 * minute, 40 * minute, null].entries()) {
    const at = Date.now() - (3 + i) * hour
    const visitor = await history.visitors.ensure({
      ...{ siteId, locale: 'en', at, tokenHash: newTokenHash() },
      newId: newVisitorId(),
    })
    const { says, answers, closes } = scene(history, siteId, visitor.id)
    const { conversation } = taken(await says('Is anybody there?', at))
    if (wait !== null) await answers(conversation.id, 'Here I am', at + wait)
    await closes(conversation.id, at + hour)
  }
}

it('M82 M81 shows what the interface answers, and leads from a figure to its waits', async () => {
  await morning()
  const page = await openConsole(town, { timezoneId: 'Asia/Tehran', viewport: { width: 1440, height: 900 } })
  await signInto(page, owner)
  const answered = page.waitForResponse(/reports\/overview\?/)
  await page.goto(`${town.world.url}/console/#/reports?period=7&clock=staffed`)
  const response = await answered
  expect(new URL(response.url()).searchParams.get('timeZone')).toBe('Asia/Tehran')
  const overview: Overview & { clock: string } = await response.json()
  expect(overview.clock).toBe('staffed')
  const first = page.getByRole('region', { name: t('firstResponse') })
  await first.getByText(duration(words, overview.firstResponse.p50 ?? 0), { exact: true }).waitFor()
  const missed = page.getByRole('region', { name: t('shareMissed') })
  await missed.getByText(t('nOf', { n: overview.missed.n, of: overview.missed.of })).waitFor()

  const waits = page.waitForResponse(/reports\/response-times\?/)
  await page
    .getByRole('group', { name: t('clock') })
    .getByText(t('clockWall'))
    .click()
  await page.getByRole('link', { name: t('responseTimes'), exact: true }).click()
  const times: ResponseTimes = await (await waits).json()
  const measure = times.measures.response
  const shown = page.getByRole('region', { name: t('responseTimes'), exact: true })
  await shown.getByText(duration(words, measure.mean ?? 0), { exact: true }).waitFor()
  await shown.getByText(share(words, measure.withinTarget ?? 0), { exact: true }).waitFor()

  const [bar] = times.distribution.filter(({ n }) => n > 0)
  const opened = page.waitForResponse(/reports\/cases\?/)
  await page
    .getByRole('region', { name: t('distribution') })
    .getByRole('link')
    .first()
    .click()
  expect(await (await opened).json()).toMatchObject({ total: bar?.n })
  await page.getByText(words.count('casesShown', bar?.n ?? 0, { shown: bar?.n ?? 0 })).waitFor()
  await page.locator('.turn').first().click()
  await page.getByRole('row', { name: t('wholeWait') }).waitFor()
  await page
    .getByRole('link', { name: t('openConversation') })
    .first()
    .click()
  await page.getByRole('log').getByText(t('waitBegan')).waitFor()

  await page.goBack()
  await page.getByText(t('casesAll')).waitFor()
  await page.goBack()
  await page.getByRole('region', { name: t('distribution') }).waitFor()
})
