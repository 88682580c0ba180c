import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { texts } from '../../widget/ui/texts/en.ts'
import { violationsIn } from '../support/axe.ts'
import { openBrowser } from '../support/browser.ts'
import { type Client, signIn, textAt } from '../support/client.ts'
import { useConsoleGuard } from '../support/console-guard.ts'
import { Guest } from '../support/guest.ts'
import { type HouseProcess, startHouse } from '../support/house-process.ts'

const owner = { email: 'sara@example.com', password: 'correct horse battery' }

const guard = useConsoleGuard()
let browser: Browser
let dataDir: string
let house: HouseProcess
beforeAll(async () => {
  browser = await openBrowser()
  dataDir = await mkdtemp(join(tmpdir(), 'ahlan-offline-'))
})
afterAll(async () => {
  await browser.close()
  await house.close()
  await rm(dataDir, { recursive: true, force: true })
})

/** The server on the same directory; again on the same port when it was there before. */
async function start(port = '0'): Promise<HouseProcess> {
  const env = { PORT: port, AHLAN_OWNER_EMAIL: owner.email, AHLAN_OWNER_PASSWORD: owner.password }
  house = await startHouse({ dataDir, env })
  return house
}

async function textsOf(api: Client): Promise<string[]> {
  const list = await api.get('/api/v1/conversations?order=recent')
  const entries = await api.get(`/api/v1/conversations/${textAt(list, 'items', 0, 'id')}/entries?after=0`)
  const items: { kind: string; text?: string }[] = Object(entries.json).items
  return items.flatMap(({ kind, text = '' }) => (kind === 'message' ? [text] : []))
}

it('W5 W6 sends what was written while the server was away, once and in order, over a reload as well', async () => {
  guard.allow(/ERR_CONNECTION_REFUSED|WebSocket connection|ERR_CONNECTION_RESET/)
  const { url } = await start()
  const guest = new Guest(await (await browser.newContext({ locale: 'en' })).newPage(), texts)
  guard.watch(guest.page)
  await guest.goto(`${url}/demo/`)
  await guest.open()
  await guest.says('Before the cut')

  house.kill('SIGKILL')
  await house.ended
  await guest.page.getByRole('status').filter({ hasText: texts.offline }).waitFor()
  for (const text of ['First in the dark', 'Second in the dark', 'Third in the dark'])
    await guest.writes(text)
  await guest.log.getByText(texts.queued).first().waitFor()
  expect(await guest.log.getByText(texts.notSent).count()).toBe(0)
  // Faded letters pass the check below, which does not see through them.
  const bubble = guest.log.locator('.bubble.queued').first()
  expect(await bubble.evaluate((element) => getComputedStyle(element).opacity)).toBe('1')
  expect(await violationsIn(guest.page, 'ahlan-chat')).toEqual([])

  await start(new URL(url).port)
  // Whoever reloads in between loses nothing either.
  await guest.page.reload()
  await guest.log.locator('.group.own').last().getByText(guest.confirmed).waitFor({ timeout: 40_000 })
  await guest.says('After the cut')
  const api = await signIn(url, owner)
  expect(await textsOf(api)).toEqual([
    ...['Before the cut', 'First in the dark', 'Second in the dark', 'Third in the dark', 'After the cut'],
  ])
  await guest.page.close()
})
