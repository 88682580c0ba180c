import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { en as words } from '../../agent-console/ui/texts/en.ts'
import { day } from '../../shared/limits.ts'
import { hour, minute, newTokenHash, newVisitorId, scene, taken } from '../support/history-cast.ts'
import { openConsole, signInto } from '../support/reception.ts'
import { useTown } from '../support/town.ts'
import { siteOf } from '../support/visitor.ts'
import { owner } from '../support/world.ts'

const town = useTown()

/** Somebody came, was answered, rated and left; a few days later they are back. */
async function returned() {
  const { history } = town.world
  const siteId = siteOf(town.world).id
  const then = Date.now() - 3 * day
  const visitor = await history.visitors.ensure({
    ...{ siteId, locale: 'en', at: then, tokenHash: newTokenHash() },
    newId: newVisitorId(),
  })
  const { says, answers, closes, does } = scene(history, siteId, visitor.id)
  const { conversation: past } = taken(await says('Do you ship to Basel?', then))
  await answers(past.id, 'We do', then + minute)
  await says('Wonderful, thank you', then + 2 * minute)
  await closes(past.id, then + hour)
  await does(past.id, { type: 'rate', rating: 5, comment: '=warm and quick' }, then + hour + minute)
  const { conversation: present } = taken(await says('It is me again', Date.now()))
  return { past, present }
}

it('C14 shows beside a conversation what its visitor wrote long before', async () => {
  const { past, present } = await returned()
  const page = await openConsole(town, { viewport: { width: 1440, height: 900 } })
  await signInto(page, owner)
  await page.goto(`${town.world.url}/console/#/inbox/${present.id}`)
  const panel = page.getByRole('complementary', { name: words.visitor })
  await panel.getByRole('link').filter({ hasText: 'Wonderful, thank you' }).click()
  await page.getByRole('log').getByText('Do you ship to Basel?').waitFor()
  expect(page.url()).toContain(past.id)
})

it('M10 shows comments in the report, and gives the response times as a file', async () => {
  await returned()
  const page = await openConsole(town)
  await signInto(page, owner)
  await page.getByRole('link', { name: words.reports }).click()
  await page.getByRole('link', { name: words.satisfaction, exact: true }).click()
  await page.getByRole('region', { name: words.comments }).getByText('=warm and quick').first().waitFor()
  await page.getByRole('link', { name: words.responseTimes, exact: true }).click()
  await page.getByRole('region', { name: words.distribution }).waitFor()
  const waiting = page.waitForEvent('download')
  await page.getByRole('link', { name: words.downloadCsv }).click()
  const download = await waiting
  expect(download.suggestedFilename()).toBe('response-times.csv')
  expect(await readFile(await download.path(), 'utf8')).toContain('measure,unit,n,p50')
})
