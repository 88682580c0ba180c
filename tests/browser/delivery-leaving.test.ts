import { describe, expect, it, vi } from 'vitest'
import { texts } from '../../widget/ui/texts/en.ts'
import { type Behind, behind, openProxyTo, pageThrough, wordsStored } from '../support/behind.ts'
import { Guest } from '../support/guest.ts'
import { type KillableBrowser, openKillable, openProfile } from '../support/killable-browser.ts'
import { useTown } from '../support/town.ts'

const town = useTown()

/** Writes without waiting for anything but the key. */
async function dashes({ field }: Guest, text: string): Promise<void> {
  await field.fill(text)
  await field.press('Enter')
}

async function talking(): Promise<Behind> {
  const met = await behind(town)
  await met.guest.open()
  await met.guest.says('Hello')
  return met
}

const stored = async (texts: string[]) =>
  vi.waitFor(async () => expect(await wordsStored(town)).toEqual(texts), { timeout: 15_000 })

describe('a page that is left right after Enter', () => {
  it('W19 W33 has told the server, though its socket was dead, and the tab never comes back', async () => {
    const { guest, proxy } = await talking()
    proxy.freeze()
    await dashes(guest, 'My number is 555')
    await guest.page.close()
    await stored(['Hello', 'My number is 555'])
  })

  it('W5 W33 says it once, though the next page says it again', async () => {
    const { guest, proxy, address } = await talking()
    proxy.freeze()
    await dashes(guest, 'And my name is Amir')
    await guest.page.goto(`${address}?next`)
    await guest.says('On the next page')
    await stored(['Hello', 'And my name is Amir', 'On the next page'])
    expect(await guest.log.getByText('And my name is Amir').count()).toBe(1)
  })

  it('W19 loses nothing where nobody could be reached: the next page sends it, unasked', async () => {
    const { guest, proxy, address } = await talking()
    proxy.down = true
    for (const text of ['one', 'two', 'three']) await dashes(guest, text)
    await guest.page.close()
    proxy.down = false
    const later = await guest.context.newPage()
    await later.goto(address)
    await stored(['Hello', 'one', 'two', 'three'])
  })

  it('W33 tells what waits when the page is hidden, since a frozen page tells nothing', async () => {
    const { guest, proxy } = await talking()
    proxy.freeze()
    await dashes(guest, 'Before the phone goes into the pocket')
    await guest.page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
    })
    await stored(['Hello', 'Before the phone goes into the pocket'])
  })
})

/** A browser as people have it, on a profile that outlives it. */
async function open(profile: string, address: string): Promise<[KillableBrowser, Guest]> {
  const browser = await openKillable(profile)
  town.later(() => browser.kill())
  const guest = new Guest(await browser.context.newPage(), texts)
  await guest.goto(address)
  return [browser, guest]
}

it('W32 W19 a page that waits in the back-forward cache says and knows all when it is shown again', async () => {
  const proxy = await openProxyTo(town)
  const { folder, remove } = await openProfile()
  town.later(remove)
  const address = pageThrough(town, proxy)
  const [, guest] = await open(folder, address)
  await guest.open()
  await guest.says('One moment')
  const id = await town.conversation()
  await guest.page.evaluate(() =>
    addEventListener('pageshow', ({ persisted }) => Reflect.set(window, 'persisted', persisted)),
  )
  proxy.down = true
  await dashes(guest, 'Written as I left')
  await guest.log.getByText('Written as I left').waitFor()
  await guest.page.goto(town.shop.put('/elsewhere', ''))
  proxy.down = false
  await town.answers(id, 'Said while you were away')
  // Nothing is loaded that one could wait for.
  await guest.page.goBack({ waitUntil: 'commit' })
  await guest.log.getByText('Said while you were away').waitFor({ timeout: 15_000 })
  expect(await guest.page.evaluate(() => Reflect.get(window, 'persisted'))).toBe(true)
  await stored(['One moment', 'Said while you were away', 'Written as I left'])
})

describe('a device that is full', () => {
  const full = `
    const refuse = () => { throw new DOMException('full', 'QuotaExceededError') }
    Object.defineProperty(Storage.prototype, 'setItem', { value: refuse })
    Object.defineProperty(IDBObjectStore.prototype, 'put', { value: refuse })
  `

  it('W35 keeps nobody from chatting, over a cut as well', async () => {
    const { guest, proxy } = await behind(town, 'passed', { prepare: full })
    await guest.open()
    await guest.says('Nothing fits in here')
    proxy.down = true
    await guest.writes('Not even this')
    proxy.down = false
    await stored(['Nothing fits in here', 'Not even this'])
  })
})

describe('a browser that is killed', () => {
  it('W35 right after Enter, within seconds of its first visit, sends at the next one', async () => {
    await town.agent()
    const proxy = await openProxyTo(town)
    const { folder, remove } = await openProfile()
    town.later(remove)
    const address = pageThrough(town, proxy)
    const [browser, guest] = await open(folder, address)
    await guest.open()
    proxy.down = true
    await dashes(guest, 'Killed in the middle of it')
    await guest.log.getByText('Killed in the middle of it').waitFor()
    await browser.kill()
    proxy.down = false
    const [, again] = await open(folder, address)
    await stored(['Killed in the middle of it'])
    await again.open()
    await again.says('Here again')
    await stored(['Killed in the middle of it', 'Here again'])
  })
})
