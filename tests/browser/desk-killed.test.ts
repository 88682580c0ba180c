import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { en as words } from '../../agent-console/ui/texts/en.ts'
import { findChromium } from '../../server/dev/chromium.ts'
import type { ConversationId } from '../../shared/ids.ts'
import { attend, type SocketAgent } from '../support/agent.ts'
import { type FaultProxy, openFaultProxy } from '../support/fault-proxy.ts'
import { aToken } from '../support/random.ts'
import { signInto } from '../support/reception.ts'
import { visit } from '../support/visitor.ts'
import { openWorld, owner, type World } from '../support/world.ts'

let world: World
let omid: SocketAgent
let net: FaultProxy
let profile: string
beforeAll(async () => {
  world = await openWorld()
  omid = await attend(world, await world.signInAs('agent'))
})
afterAll(() => world.close())
beforeEach(async () => {
  net = await openFaultProxy(world.url)
  profile = await mkdtemp(join(tmpdir(), 'ahlan-profile-'))
  onTestFinished(async () => {
    await net.close()
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  })
})

const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run']
const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync']

/** A browser on this test's profile, that can be killed with all its processes. */
async function openBrowser() {
  const program = findChromium()
  if (!program) throw new Error('No Chromium: run `npm test`, which installs one, or set CHROMIUM_PATH.')
  const place = ['--remote-debugging-port=0', `--user-data-dir=${profile}`, '--lang=en', 'about:blank']
  const child = spawn(program, [...flags, ...quiet, ...place], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const kill = async () => {
    if (child.exitCode === null && child.signalCode === null && child.pid) process.kill(-child.pid, 'SIGKILL')
    await ended
  }
  onTestFinished(kill)
  const browser = await chromium.connectOverCDP(await addressOf(child))
  const [context] = browser.contexts()
  if (!context) throw new Error('The browser has no window.')
  context.setDefaultTimeout(15_000)
  return { page: await context.newPage(), kill }
}

const addressOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = ''
    child.stderr?.on('data', (chunk) => {
      said += String(chunk)
      const found = /DevTools listening on (ws:\S+)/.exec(said)
      if (found?.[1]) resolve(found[1])
    })
    child.once('exit', () => reject(new Error(`The browser ended: ${said}`)))
  })

const log = (page: Page) => page.getByRole('log', { name: words.conversation })

/** Sara's console with a conversation open, and no way to the server any more. */
async function cutOff(page: Page): Promise<ConversationId> {
  const guest = await visit(world, { token: aToken() })
  const { conversation } = await guest.says('Are you there?')
  await page.goto(`${net.url}/console/#/inbox/${conversation.id}`)
  await signInto(page, owner)
  await log(page).getByText('Are you there?').waitFor()
  net.refuse()
  net.cut()
  await page.getByRole('status').getByText(words.reconnecting).waitFor()
  return conversation.id
}

/** The next browser on the profile may have to sign in again, or not. */
async function goBackTo(page: Page, id: ConversationId): Promise<void> {
  await page.goto(`${net.url}/console/#/inbox/${id}`)
  const door = page.getByRole('button', { name: words.signIn })
  const house = page.getByRole('navigation', { name: words.main })
  await door.or(house).first().waitFor()
  if (await door.isVisible()) await signInto(page, owner)
  await log(page).getByText('Are you there?').waitFor()
}

/** Tells, from the page itself, which of the replies have been shown. */
async function watchShown(page: Page): Promise<Set<string>> {
  const shown = new Set<string>()
  await page.exposeFunction('tellShown', (text: string) => void shown.add(text))
  await page.evaluate(() => {
    const look = () => {
      for (const bubble of document.querySelectorAll('.ours .bubble-text'))
        Reflect.apply(Reflect.get(window, 'tellShown'), window, [bubble.textContent])
    }
    new MutationObserver(look).observe(document, { childList: true, subtree: true })
  })
  return shown
}

const typed = async (page: Page, text: string): Promise<void> => {
  await page.getByRole('textbox', { name: words.replyBox }).fill(text)
  await page.keyboard.press('Enter')
}

async function stored(conversationId: ConversationId): Promise<string[]> {
  const { entries } = await omid.wire.get('entries:since', { conversationId, after: 1 })
  return entries.flatMap((entry) => (entry.kind === 'message' ? [entry.text] : []))
}

describe('a reply that could not go', () => {
  it('W18 is sent by the next browser when this one is killed the moment it is shown', async () => {
    const first = await openBrowser()
    const id = await cutOff(first.page)
    await typed(first.page, 'Yes, I am')
    await log(first.page).getByText('Yes, I am').waitFor()
    await first.kill()
    net.refuse(false)
    net.heal()
    const { page } = await openBrowser()
    await goBackTo(page, id)
    await expect.poll(() => stored(id), { timeout: 15_000 }).toEqual(['Yes, I am'])
    await expect.poll(() => log(page).getByText('Yes, I am').count()).toBe(1)
  }, 120_000)

  it('W18 is there once, when the browser is killed fifty milliseconds after Enter', async () => {
    const first = await openBrowser()
    const id = await cutOff(first.page)
    net.refuse(false)
    net.heal()
    await first.page.evaluate(() => window.dispatchEvent(new Event('online')))
    await first.page.getByRole('status').getByText(words.reconnecting).waitFor({ state: 'hidden' })
    const shown = await watchShown(first.page)
    await typed(first.page, 'In the last moment')
    // The one wait of its kind: it is what happens.
    await new Promise((resolve) => setTimeout(resolve, 50))
    const wasShown = shown.has('In the last moment')
    await first.kill()
    const { page } = await openBrowser()
    await goBackTo(page, id)
    await typed(page, 'Here again')
    await expect.poll(() => stored(id), { timeout: 15_000 }).toContain('Here again')
    const kept = await stored(id)
    // What was never shown may not have been heard by the page either; what was is there, once.
    const once = wasShown || kept.length > 1 ? ['In the last moment'] : []
    expect(kept).toEqual([...once, 'Here again'])
    await expect.poll(() => log(page).locator('.ours .bubble-text').allTextContents()).toEqual(kept)
  }, 120_000)

  it('W18 is sent by the next page when this one is left in the moment of Enter', async () => {
    const { page } = await openBrowser()
    const id = await cutOff(page)
    await page.getByRole('textbox', { name: words.replyBox }).fill('Off I go')
    net.refuse(false)
    net.heal()
    await Promise.all([page.keyboard.press('Enter'), page.reload()])
    await expect.poll(() => stored(id), { timeout: 15_000 }).toEqual(['Off I go'])
  }, 120_000)
})
