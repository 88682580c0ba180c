import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { texts } from '../../widget/ui/texts/en.ts'
import { openBrowser } from '../support/browser.ts'
import { useConsoleGuard } from '../support/console-guard.ts'
import { Guest } from '../support/guest.ts'
import { type HouseProcess, startHouse } from '../support/house-process.ts'

const guard = useConsoleGuard()
const houses: HouseProcess[] = []
let browser: Browser
let parent = ''
beforeAll(async () => {
  browser = await openBrowser()
  parent = await mkdtemp(join(tmpdir(), 'ahlan-restore-'))
})
afterAll(async () => {
  await browser.close()
  for (const house of houses) await house.close()
  await rm(parent, { recursive: true, force: true })
})

async function start(dataDir: string, port = '0'): Promise<HouseProcess> {
  const house = await startHouse({ dataDir, env: { PORT: port } })
  houses.push(house)
  return house
}

const ahlan = (dataDir: string, ...args: string[]) =>
  execFileSync(process.execPath, ['dist/server/cli.js', ...args], {
    env: { ...process.env, DATA_DIR: dataDir },
  })

it('S13 after a restore the chat forgets what is gone, and sends what was still to be sent', async () => {
  guard.allow(/ERR_CONNECTION_REFUSED|WebSocket connection|ERR_CONNECTION_RESET/)
  const [dataDir, other, file] = [join(parent, 'one'), join(parent, 'other'), join(parent, 'backup')]
  const house = await start(dataDir)
  const guest = new Guest(await (await browser.newContext({ locale: 'en' })).newPage(), texts)
  guard.watch(guest.page)
  await guest.goto(`${house.url}/demo/`)
  await guest.open()
  await guest.says('Before the backup')
  ahlan(dataDir, 'backup', file)
  await guest.says('After the backup')

  house.kill('SIGKILL')
  await house.ended
  await guest.page.getByRole('status').filter({ hasText: texts.offline }).waitFor()
  await guest.writes('Into the dark')
  ahlan(other, 'restore', file)
  await start(other, new URL(house.url).port)

  await guest.log.locator('.group', { hasText: 'Into the dark' }).getByText(guest.confirmed).waitFor()
  expect(await guest.log.getByText('Before the backup').count()).toBe(1)
  expect(await guest.log.getByText('After the backup').count()).toBe(0)
  expect(await guest.log.getByText('Into the dark').count()).toBe(1)
})
