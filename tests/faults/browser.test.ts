import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { en as consoleWords } from '../../agent-console/ui/texts/en.ts'
import { texts } from '../../widget/ui/texts/en.ts'
import { openBrowser } from '../support/browser.ts'
import { Guest } from '../support/guest.ts'
import { signInto } from '../support/reception.ts'
import { FaultTown, owner } from './people/fault-town.ts'

/** The same faults with the built bundles in a browser: what stands on the screen is what counts. */
let town: FaultTown
let browser: Browser
beforeAll(async () => {
  ;[town, browser] = await Promise.all([FaultTown.open(), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await town?.close()
  expect(town.complaints).toEqual([])
})

const openPage = async (): Promise<Page> => {
  const context = await browser.newContext({ locale: 'en' })
  context.setDefaultTimeout(60_000)
  return context.newPage()
}

it('I1 I2 I3 I4 I5 visitor and agent see the same, once and in order, after a crash at every point', async () => {
  const [guestNet, agentNet] = [await town.openNet(), await town.openNet()]
  const guest = new Guest(await openPage(), texts)
  await guest.goto(`${guestNet.url}/demo/`)
  await guest.open()
  await guest.says('line 1')
  const agent = await openPage()
  await agent.goto(`${agentNet.url}/console/`)
  await signInto(agent, owner)
  await agent.getByRole('list', { name: consoleWords.conversations }).getByText('line 1').click()
  const log = agent.getByRole('log', { name: consoleWords.conversation })
  await log.getByText('line 1').waitFor()

  let line = 1
  for (const point of ['commit:before', 'commit:after', 'acknowledge:before', 'acknowledge:after']) {
    await town.crashAt(point)
    await guest.writes(`line ${++line}`)
    await town.died()
    guestNet.cut()
    await town.start()
    await log.getByText(`line ${line}`, { exact: true }).waitFor()
    await guest.log.locator('.group.own').last().getByText(guest.confirmed).waitFor()
    await agent.getByRole('textbox', { name: consoleWords.replyBox }).fill(`line ${++line}`)
    await agent.getByRole('button', { name: consoleWords.send, exact: true }).click()
    await guest.log.getByText(`line ${line}`, { exact: true }).waitFor()
  }
  const said = Array.from({ length: line }, (_, i) => `line ${i + 1}`)
  expect(await town.texts()).toEqual(said)
  expect((await guest.log.innerText()).match(/line \d+/g)).toEqual(said)
  expect((await log.innerText()).match(/line \d+/g)).toEqual(said)
})

it('I1 I2 I7 a page that is left a moment after Enter, out of touch, has it on disk', async () => {
  const net = await town.openNet()
  const page = await openPage()
  const guest = new Guest(page, texts)
  await guest.goto(`${net.url}/demo/`)
  await guest.open()
  await guest.says('before it')
  net.refuse()
  net.cut()
  await guest.writes('just written')
  await page.goto('about:blank')
  net.heal()
  const next = guest.in(await page.context().newPage())
  // The chat stands open there, as it was left.
  await next.page.goto(`${net.url}/demo/`)
  await next.log.getByText('just written').waitFor()
  await next.log.locator('.group.own').last().getByText(guest.confirmed).waitFor()
  const stored = await town.texts()
  expect(stored.filter((text) => text === 'just written')).toEqual(['just written'])
})
