import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { en as words } from '../../agent-console/ui/texts/en.ts'
import type { ConversationId } from '../../shared/ids.ts'
import { attend, type SocketAgent } from '../support/agent.ts'
import { openBrowser } from '../support/browser.ts'
import { useConsoleGuard } from '../support/console-guard.ts'
import { type FaultProxy, openFaultProxy } from '../support/fault-proxy.ts'
import { freeze } from '../support/frost.ts'
import { aToken } from '../support/random.ts'
import { signInto } from '../support/reception.ts'
import { startStopwatch } from '../support/stopwatch.ts'
import { type SocketVisitor, visit } from '../support/visitor.ts'
import { noHurry, openWorld, owner, type World } from '../support/world.ts'

const guard = useConsoleGuard()

let world: World
let browser: Browser
let net: FaultProxy
let omid: SocketAgent
beforeAll(async () => {
  world = await openWorld({ live: { rateLimits: noHurry } })
  browser = await openBrowser()
  omid = await attend(world, await world.signInAs('agent'))
})
afterAll(async () => {
  await browser.close()
  await world.close()
})
beforeEach(async () => {
  net = await openFaultProxy(world.url)
  onTestFinished(() => net.close())
})

interface Talk {
  guest: SocketVisitor
  id: ConversationId
  /** Words that nobody else says. */
  said: string
}

let talks = 0
async function aTalk(): Promise<Talk> {
  const guest = await visit(world, { token: aToken() })
  const said = `Guest ${++talks} asks`
  return { guest, said, id: (await guest.says(said)).conversation.id }
}

/** Sara's console, reached over the net, with this conversation open. */
async function console(talk: Talk): Promise<Page> {
  // What the browser says by itself of a network that is gone.
  guard.allow(/WebSocket|ERR_|40[1-9] \([\w ]+\)/)
  const context = await browser.newContext({ locale: 'en', viewport: { width: 1440, height: 900 } })
  context.setDefaultTimeout(15_000)
  guard.watch(context)
  onTestFinished(() => context.close())
  const page = await context.newPage()
  await page.goto(`${net.url}/console/#/inbox/${talk.id}`)
  await signInto(page, owner)
  await log(page).getByText(talk.said).waitFor()
  await page.evaluate(() => Object.assign(window, { sameDocument: true }))
  return page
}

const log = (page: Page) => page.getByRole('log', { name: words.conversation })
const isSameDocument = (page: Page) => page.evaluate(() => Reflect.get(window, 'sameDocument') === true)
const row = (page: Page, text: string) =>
  page.getByRole('list', { name: words.conversations }).getByRole('link').filter({ hasText: text })

async function writes(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: words.replyBox }).fill(text)
  await page.keyboard.press('Enter')
  await log(page).getByText(text).waitFor()
}

/** As on a laptop that sleeps; answers what wakes it. */
async function sleep(page: Page): Promise<() => Promise<void>> {
  const thaw = await freeze(browser)
  onTestFinished(thaw)
  return async () => {
    await thaw()
    // The network is the first thing a laptop finds again.
    await page.evaluate(() => window.dispatchEvent(new Event('online')))
  }
}

async function meanwhile(all: Talk[], rounds: number): Promise<void> {
  for (let nth = 1; nth <= rounds; nth++)
    await Promise.all(
      all.map(async ({ guest, id }, i) => {
        await guest.says(`Guest ${i} again ${nth}`)
        if ((nth + i) % 4 === 0) await omid.says(id, `Omid answers ${nth}`)
      }),
    )
}

/** The texts the server has of a conversation after the visitor's first. */
async function stored({ id }: Talk): Promise<string[]> {
  const { entries } = await omid.wire.get('entries:since', { conversationId: id, after: 1 })
  return entries.flatMap((entry) => (entry.kind === 'message' ? [entry.text] : []))
}

describe('a laptop that slept', () => {
  it('W40 shows within five seconds what happened while it slept, on a connection that died, without a reload', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, aTalk))
    const [open, other] = all
    if (!open || !other) throw new Error('Nobody talks.')
    const page = await console(open)
    const wake = await sleep(page)
    for (const line of net.lines) line.set({ name: 'drop' })
    await meanwhile(all, 20)
    await open.guest.says('Last words of the open one')
    await omid.wire.get('conversation:close', { conversationId: open.id })
    await other.guest.says('Last words of another')
    const watch = startStopwatch()
    onTestFinished(watch.stop)
    await wake()
    await Promise.all([
      log(page).getByText('Last words of the open one').waitFor(),
      row(page, 'Last words of another').waitFor(),
      page.getByRole('button', { name: words.reopenConversation }).waitFor(),
      page.getByRole('status').getByText('Closed by agent').waitFor(),
    ])
    expect(watch.read()).toBeLessThan(5_000)
    expect(await isSameDocument(page)).toBe(true)
  }, 120_000)
})

describe('a console without a connection', () => {
  it('W18 says that it has none and what waits, calls nothing sent, and sends all of it once', async () => {
    const talk = await aTalk()
    const page = await console(talk)
    net.refuse()
    net.cut()
    const status = page.getByRole('status')
    await status.getByText(words.reconnecting).waitFor()
    await writes(page, 'First while away')
    await writes(page, 'Second while away')
    await status.getByText('2 replies are waiting to be sent').waitFor()
    const mine = log(page).locator('.ours')
    expect(await mine.getByText(words.stateQueued).count()).toBe(2)
    expect(await mine.getByText(words.stateSent, { exact: true }).count()).toBe(0)
    net.refuse(false)
    net.heal()
    await page.evaluate(() => window.dispatchEvent(new Event('online')))
    await expect.poll(() => stored(talk)).toEqual(['First while away', 'Second while away'])
    await status.getByText('waiting to be sent').waitFor({ state: 'hidden' })
    expect(await mine.filter({ hasText: 'while away' }).count()).toBe(2)
  })

  it('W18 in two tabs sends what both have written, each reply once', async () => {
    const talk = await aTalk()
    const page = await console(talk)
    const other = await page.context().newPage()
    await other.goto(page.url())
    await log(other).getByText(talk.said).waitFor()
    net.refuse()
    net.cut()
    const texts = ['a', 'b', 'c'].flatMap((letter) => [`left ${letter}`, `right ${letter}`])
    for (const text of texts) await writes(text.startsWith('left') ? page : other, text)
    await log(page).getByText('right c').waitFor()
    net.refuse(false)
    net.heal()
    for (const tab of [page, other]) await tab.evaluate(() => window.dispatchEvent(new Event('online')))
    await expect.poll(() => stored(talk), { timeout: 15_000 }).toEqual(texts)
    for (const tab of [page, other]) {
      await tab.getByRole('status').getByText('waiting to be sent').waitFor({ state: 'hidden' })
      await expect.poll(() => log(tab).locator('.ours .bubble-text').allTextContents()).toEqual(texts)
    }
  })

  it('C20 tells, once it is back, who has answered and closed meanwhile', async () => {
    const talk = await aTalk()
    const page = await console(talk)
    net.refuse()
    net.cut()
    await page.getByRole('status').getByText(words.reconnecting).waitFor()
    await omid.says(talk.id, 'I have it')
    await omid.wire.get('conversation:close', { conversationId: talk.id })
    net.refuse(false)
    net.heal()
    await page.evaluate(() => window.dispatchEvent(new Event('online')))
    const notice = page.getByRole('status').filter({ hasText: words.meanwhile })
    await notice.getByText('agent replied').waitFor()
    await notice.getByText('Closed by agent').waitFor()
    await notice.getByRole('button', { name: words.gotIt }).click()
    await notice.waitFor({ state: 'hidden' })
  })
})

describe('the session of another agent in the same browser', () => {
  it('W41 takes the console over without taking the replies', async () => {
    const talk = await aTalk()
    const page = await console(talk)
    net.refuse()
    net.cut()
    await page.getByRole('status').getByText(words.reconnecting).waitFor()
    await writes(page, 'In Sara’s words only')
    // In another tab, before this one is back: it would send the reply with the session it finds.
    const nima = await world.addAgent('agent', 'nima@example.com')
    const tab = await page.context().newPage()
    await tab.goto(`${world.url}/console/`)
    await tab.evaluate(
      (credentials) =>
        fetch('/api/v1/session', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(credentials),
        }),
      { email: nima.email, password: owner.password },
    )
    net.refuse(false)
    net.heal()
    await page.evaluate(() => window.dispatchEvent(new Event('online')))
    await page.getByRole('button', { name: words.gotIt }).or(page.locator('.self')).first().waitFor()
    await expect.poll(() => page.locator('.self-email').textContent()).toBe('nima@example.com')
    const after = await omid.wire.get('entries:since', { conversationId: talk.id, after: 1 })
    expect(after.entries).toEqual([])
    await page.locator('.self summary').click()
    await page.getByRole('button', { name: words.signOut }).click()
    await signInto(page, owner)
    await expect
      .poll(async () => (await omid.wire.get('entries:since', { conversationId: talk.id, after: 1 })).entries)
      .toMatchObject([{ kind: 'assigned' }, { text: 'In Sara’s words only', author: { name: 'Sara' } }])
  })
})
