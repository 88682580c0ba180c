import { createHash, randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import type { Entry } from '../../shared/conversation/entry.ts'
import { fileTexts } from '../../widget/ui/files-texts.ts'
import { texts } from '../../widget/ui/texts/en.ts'
import { openBrowser } from '../support/browser.ts'
import type { FaultProxy } from '../support/fault-proxy.ts'
import { Guest } from '../support/guest.ts'
import { FaultTown } from './people/fault-town.ts'

/** What breaks while a file is on its way: the built bundles in a browser, and what is stored in the end. */
let town: FaultTown
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())
beforeEach(async () => {
  town = await FaultTown.open()
})
afterEach(async () => {
  await town?.close()
  expect(town.complaints).toEqual([])
})

const content = randomBytes(600_000)
const hash = createHash('sha256').update(content).digest('hex')

interface Sender {
  net: FaultProxy
  guest: Guest
  page: Page
}

/** A visitor who has said something, on a network of their own. */
async function comes(): Promise<Sender> {
  const net = await town.openNet()
  const context = await browser.newContext({ locale: 'en' })
  context.setDefaultTimeout(60_000)
  const page = await context.newPage()
  const guest = new Guest(page, texts)
  await guest.goto(`${net.url}/demo/`)
  await guest.open()
  await guest.says('first')
  return { net, guest, page }
}

async function sends({ guest, page }: Sender, name = 'plan.bin'): Promise<void> {
  const attach = page.getByRole('button', { name: texts.attach, exact: true })
  const [picker] = await Promise.all([page.waitForEvent('filechooser'), attach.click()])
  await picker.setFiles([{ name, mimeType: 'application/octet-stream', buffer: content }])
  await page.getByRole('button', { name: `Remove ${name}` }).waitFor()
  await page.getByRole('button', { name: texts.send, exact: true }).click()
  await guest.log.getByText(name).waitFor()
}

/** What stands in the store: each message as its words and the names of its files. */
async function told(): Promise<string[]> {
  const [stored] = await town.stored()
  const saying = ({ kind, ...rest }: Entry) => (kind === 'message' && 'text' in rest ? [rest] : [])
  return (stored?.entries ?? [])
    .flatMap(saying)
    .map(({ text, files = [] }) => [text, ...files.map(({ name, size }) => `${name}:${size}`)].join(' '))
}
const onDisk = async () => readdir(join(town.dataDir, 'files')).catch(() => [])
const isUnderWay = () => vi.waitFor(async () => expect((await onDisk()).join()).toContain('.upload-'), long)
const long = { timeout: 60_000, interval: 50 }

/** Once in the store, once on the screen, in the order of writing; one whole file on the disk and nothing else. */
async function isRight({ guest }: Sender): Promise<void> {
  const all = ['first', ` plan.bin:${content.length}`, 'after it']
  await vi.waitFor(async () => expect(await told()).toEqual(all), long)
  await guest.log.locator('.group.own').last().getByText(guest.confirmed).waitFor()
  expect(await guest.log.getByText('plan.bin').count()).toBe(1)
  expect(await onDisk()).toEqual([hash])
}

it('I1 I2 I3 I6 an upload that is cut at 50 %, then healed, is sent once, and what follows it comes after', async () => {
  const sender = await comes()
  const { net, guest } = sender
  net.set({ name: 'cut', after: content.length / 2, at: /POST \/v1\/files/ }, 'up')
  await sends(sender)
  await guest.writes('after it')
  await net.nextCut()
  net.heal()
  await isRight(sender)
})

it('I1 I2 I7 a page that is reloaded in mid-upload sends its file from the next', async () => {
  const sender = await comes()
  const { net, guest, page } = sender
  net.set({ name: 'throttle', bytesPerSecond: 60_000 }, 'up')
  await sends(sender)
  await guest.writes('after it')
  await isUnderWay()
  await page.reload()
  net.heal()
  await isRight(sender)
})

it('I1 I2 I7 a tab that is closed in mid-upload leaves its file to another', async () => {
  const sender = await comes()
  const { net, guest, page } = sender
  const other = guest.in(await guest.context.newPage())
  await other.page.goto(`${net.url}/demo/`)
  await other.log.getByText('first').waitFor()
  net.set({ name: 'throttle', bytesPerSecond: 60_000 }, 'up')
  await sends(sender)
  await guest.writes('after it')
  await isUnderWay()
  await page.close()
  net.heal()
  // Until it looks again it does not know what the other has left.
  await other.page.reload()
  await isRight({ net, guest: other, page: other.page })
})

it('I1 I2 I6 a server that is killed in mid-upload leaves nothing half, and gets it all from the same page', async () => {
  const sender = await comes()
  const { net, guest } = sender
  net.set({ name: 'throttle', bytesPerSecond: 60_000 }, 'up')
  await sends(sender)
  await guest.writes('after it')
  await isUnderWay()
  await town.kill()
  expect((await onDisk()).filter((name) => !name.startsWith('.upload-'))).toEqual([])
  net.heal()
  await town.start()
  await isRight(sender)
})

it.each(['commit:before', 'commit:after', 'acknowledge:before'])(
  'I1 I2 I6 a server that dies between file and message (%s) has the message once',
  async (point) => {
    const sender = await comes()
    await town.crashAt(point)
    await sends(sender)
    await town.died()
    sender.net.cut()
    await town.start()
    await sender.guest.writes('after it')
    await isRight(sender)
  },
)

it('I1 I5 a message that is taken back in mid-upload is never sent, and what follows it is', async () => {
  const sender = await comes()
  const { net, guest, page } = sender
  net.set({ name: 'throttle', bytesPerSecond: 60_000 }, 'up')
  await sends(sender)
  await isUnderWay()
  await page.getByRole('button', { name: fileTexts.en.cancel }).click()
  await guest.log.getByText('plan.bin').waitFor({ state: 'detached' })
  net.heal()
  await guest.says('after it')
  expect(await told()).toEqual(['first', 'after it'])
  // Its bytes may all have been on their way already: then the server lets them go a day later.
  await vi.waitFor(async () => expect((await onDisk()).join()).not.toContain('.upload-'), long)
  await page.reload()
  await guest.log.getByText('after it').waitFor()
  expect(await told()).toEqual(['first', 'after it'])
})
