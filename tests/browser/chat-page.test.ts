import { describe, expect, it } from 'vitest'
import type {} from '../../widget/loader.ts'
import { meet } from '../support/conversing.ts'
import { holdSocket } from '../support/held-socket.ts'
import { useTown } from '../support/town.ts'

const town = useTown()

describe('languages', () => {
  it('runs from right to left in Persian, beside a page that does not', async () => {
    const guest = await town.guest({ words: 'fa' })
    await guest.goto(town.page('/fa', { attributes: 'data-locale="fa"' }))
    await guest.open()
    await guest.says('سلام')
    expect(await guest.dialog.locator('[dir]').first().getAttribute('dir')).toBe('rtl')
    const own = await guest.log.locator('.group.own .bubble').boundingBox()
    const panel = await guest.dialog.boundingBox()
    // What one says oneself stands at the end of the line: here on the left.
    expect((own?.x ?? 0) - (panel?.x ?? 0)).toBeLessThan(40)
  })

  it('changes the language at run time, conversation and draft in place', async () => {
    const { guest } = await meet(town)
    await guest.field.fill('Half a thou')
    await guest.page.evaluate(() => window.Ahlan?.('locale', 'fa'))
    const field = guest.page.getByRole('textbox', { name: 'پیام' })
    await field.waitFor()
    expect(await field.inputValue()).toBe('Half a thou')
    await guest.page.getByRole('log').getByText('Is the blue one still there?').waitFor()
  })
})

const listen = `window.events = []
  for (const name of ['message:sent', 'message:received', 'chat:started', 'chat:assigned', 'chat:ended', 'unread',
    'survey:shown', 'survey:submitted', 'survey:skipped', 'opened', 'closed', 'ready'])
    document.addEventListener('ahlan:' + name, () => events.push(name))`

describe('a panel that stands open', () => {
  it('takes the text of a new message into its field', async () => {
    const { guest } = await meet(town)
    await guest.page.evaluate(() => window.Ahlan?.('newMessage', 'About the moon jar'))
    await expect.poll(() => guest.field.inputValue()).toBe('About the moon jar')
    await guest.field.press('Enter')
    await guest.log.getByText('About the moon jar').waitFor()
  })

  it('C25 goes on with what is being written while its first screen gives way to the conversation', async () => {
    const { guest } = await meet(town)
    const socket = await holdSocket(guest.page, 'hello', 'back')
    await guest.page.reload()
    await socket.holding
    await guest.field.pressSequentially('Half a ')
    socket.release()
    await guest.log.getByText('Is the blue one still there?').waitFor()
    // Into whatever has the focus now, as fingers do that go on typing.
    await guest.page.keyboard.type('thought')
    expect(await guest.field.inputValue()).toBe('Half a thought')
    await guest.page.reload()
    await expect.poll(() => guest.field.inputValue()).toBe('Half a thought')
    await guest.field.press('Enter')
    await guest.log.getByText('Half a thought').waitFor()
  })

  it('I5 has nothing seen while its tab is hidden', async () => {
    const { agent, guest, id } = await meet(town)
    await guest.page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
    })
    await agent.says(id, 'Are you there?')
    await guest.log.getByText('Are you there?').waitFor()
    const unread = () => guest.page.evaluate(() => window.Ahlan?.('get', 'unread'))
    expect(await unread()).toBe(1)
    await guest.page.evaluate(() => {
      Reflect.deleteProperty(document, 'visibilityState')
      document.dispatchEvent(new Event('visibilitychange'))
    })
    await expect.poll(unread).toBe(0)
  })
})

describe.each(['en', 'fa', 'ar'] as const)('the header in %s', (words) => {
  it('has room for the name of the site beside the way back and the end', async () => {
    const guest = await town.guest({ words })
    await guest.goto(town.page('/name', { attributes: `data-locale="${words}"` }))
    await guest.open()
    await guest.says('Hello')
    await guest.button('endChat').waitFor()
    const cut = await guest.dialog.locator('h2').evaluate((name) => {
      name.textContent = 'Ahlan demo: bowls and vases'
      return name.scrollWidth > name.clientWidth || name.scrollHeight > name.clientHeight + 1
    })
    expect(cut).toBe(false)
  })
})

describe('the events of the page', () => {
  it('H3 tell of everything that happens, once each', async () => {
    const { agent, guest, id } = await meet(town, { prepare: listen })
    await agent.says(id, 'One is left.')
    await guest.log.getByText('One is left.').waitFor()
    await guest.says('I take it.')
    await agent.wire.get('conversation:close', { conversationId: id })
    await guest.page.getByRole('radio', { name: '4 – Good' }).check()
    await guest.button('sendRating').click()
    await guest.button('changeRating').waitFor()
    await guest.button('closeChat').click()
    const events = await guest.page.evaluate<string[]>('events')
    expect(events.filter((name) => name !== 'unread').toSorted()).toEqual(
      [
        ...['ready', 'opened', 'closed', 'chat:started', 'chat:assigned', 'chat:ended'],
        ...['message:sent', 'message:sent', 'message:received', 'survey:shown', 'survey:submitted'],
      ].toSorted(),
    )
  })

  it('H3 warn once of a command that does not exist, and throw nothing into the page', async () => {
    const { guest } = await meet(town)
    const warnings: string[] = []
    guest.page.on('console', (message) => warnings.push(message.text()))
    town.guard.allow(/Ahlan: nonsense/)
    const opened = await guest.page.evaluate(
      () =>
        new Promise((done) => {
          for (let i = 0; i < 3; i++) window.Ahlan?.('nonsense', { toString: null })
          window.Ahlan?.('ready', () => done('ready'))
        }),
    )
    expect(opened).toBe('ready')
    expect(warnings.filter((text) => text.includes('nonsense'))).toHaveLength(1)
  })
})

describe('a phone', () => {
  it('shows the chat on the whole screen, as a modal that keeps the focus', async () => {
    const viewport = { width: 390, height: 700 }
    const { guest } = await meet(town, { viewport, hasTouch: true, isMobile: true })
    expect(await guest.dialog.boundingBox()).toEqual({ x: 0, y: 0, ...viewport })
    expect(await guest.dialog.getAttribute('aria-modal')).toBe('true')
    const within = () => guest.page.evaluate(() => document.activeElement?.localName)
    for (let i = 0; i < 8; i++) {
      await guest.page.keyboard.press('Tab')
      expect(await within()).toBe('ahlan-chat')
    }
  })
})
