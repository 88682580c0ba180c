import { describe, expect, it } from 'vitest'
import { type Meeting, meet } from '../support/conversing.ts'
import type { Guest } from '../support/guest.ts'
import { aClientId } from '../support/random.ts'
import { useTown } from '../support/town.ts'

const town = useTown()

const lastOwn = (guest: Guest) => guest.log.locator('.group.own').last()

describe('a message', () => {
  it('C9 is shown as delivered, then as seen', async () => {
    const { agent, guest, id } = await meet(town)
    const { conversation } = await agent.says(id, 'Let me look.')
    await guest.says('Thank you')
    const delivered = conversation.seq + 1
    await agent.wire.get('receipt:send', { conversationId: id, delivered, seen: conversation.seq })
    await lastOwn(guest).getByText(guest.words.delivered, { exact: true }).waitFor()
    await agent.wire.get('receipt:send', { conversationId: id, delivered, seen: delivered })
    await lastOwn(guest).getByText(guest.words.seen, { exact: true }).waitFor()
  })

  it('C10 cannot be sent while it is too long, and says by how much', async () => {
    const { guest } = await meet(town)
    await guest.field.fill('😀'.repeat(5_002))
    await guest.dialog.getByText('2 characters too long').waitFor()
    expect(await guest.page.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true)
    await guest.field.fill('😀'.repeat(5_000))
    expect(await guest.page.getByRole('button', { name: 'Send', exact: true }).isEnabled()).toBe(true)
  })

  it('P9 shows an address as a link and markup as what was written', async () => {
    const { agent, guest, id } = await meet(town)
    await agent.says(id, '<img src=x onerror=alert(1)> see https://shop.example/blue and javascript:alert(1)')
    const links = guest.log.getByRole('link')
    await links.first().waitFor()
    expect(await links.evaluateAll((all) => all.map((one) => one.getAttribute('href')))).toEqual([
      'https://shop.example/blue',
    ])
    expect(await guest.log.locator('img').count()).toBe(0)
  })
})

describe('while the two are writing', () => {
  it('C9 each sees that the other is typing, and that it has stopped', async () => {
    const { agent, guest, id } = await meet(town)
    await guest.field.pressSequentially('Hm')
    await agent.wire.heard('typing:changed', ({ typing }) => typing)
    await guest.field.fill('')
    await agent.wire.heard('typing:changed', ({ typing }) => !typing)
    await agent.wire.get('typing:set', { conversationId: id, typing: true })
    await guest.page.getByText('Sara is typing').waitFor()
    await agent.says(id, 'Here I am.')
    await guest.page.getByText('Sara is typing').waitFor({ state: 'detached' })
  })
})

describe('a closed panel', () => {
  it('C9 counts on the launcher what is unread, until it is looked at', async () => {
    const { agent, guest, id } = await meet(town)
    await guest.button('closeChat').click()
    await agent.says(id, 'One is left.')
    await agent.says(id, 'Shall I keep it for you?')
    const unread = guest.page.getByRole('button', { name: 'Open chat, 2 unread' })
    await unread.waitFor()
    expect(await guest.page.evaluate('Ahlan("get", "unread")')).toBe(2)
    await unread.click()
    await guest.log.getByText('Shall I keep it for you?').waitFor()
    await guest.button('closeChat').click()
    await guest.page.getByRole('button', { name: 'Open chat', exact: true }).waitFor()
    await agent.wire.heard('receipts:changed', ({ receipts }) => receipts.visitor.seen >= 3)
  })

  it('H7 gives the focus back to the launcher on Escape', async () => {
    const { guest } = await meet(town)
    await guest.field.focus()
    await guest.page.keyboard.press('Escape')
    await guest.dialog.waitFor({ state: 'detached' })
    expect(await guest.launcher.evaluate((button) => button.matches(':focus'))).toBe(true)
  })
})

describe('one visitor in several places', () => {
  it('W13 sees the same conversation in every tab of the browser', async () => {
    const { agent, guest, id } = await meet(town)
    const second = guest.in(await guest.context.newPage())
    await second.page.goto(town.page('/chat-too'))
    await second.log.getByText('Is the blue one still there?').waitFor()
    await agent.says(id, 'One is left.')
    await Promise.all([guest, second].map(({ log }) => log.getByText('One is left.').waitFor()))
    await second.says('From the second tab')
    await guest.log.getByText('From the second tab').waitFor()
    await guest.says('From the first')
    await second.log.getByText('From the first').waitFor()
    expect(await town.conversation()).toBe(id)
  })

  it('C1 finds the conversation, the open panel and the draft again after a reload', async () => {
    const { agent, guest, id } = await meet(town)
    await agent.says(id, 'One is left.')
    await guest.log.getByText('One is left.').waitFor()
    await guest.field.fill('Half a thou')
    await guest.page.reload()
    await guest.log.getByText('One is left.').waitFor()
    await guest.log.getByText('Is the blue one still there?').waitFor()
    expect(await guest.field.inputValue()).toBe('Half a thou')
  })
})

describe('a long conversation', () => {
  const question = 'Is the blue one still there?'
  const lines = Array.from({ length: 120 }, (_, index) => `Line ${index + 1}.`)
  const shown = (guest: Guest): Promise<string[]> => guest.log.locator('p.bubble').allTextContents()

  /** Faster than an agent may, while the page is away. */
  async function writeMuch({ agent, guest, id }: Meeting, note: boolean): Promise<void> {
    await guest.page.goto('about:blank')
    const { conversations } = town.world.app.domain
    const { conversation } = await agent.watch(id)
    const from = { agent: agent.snapshot.me, conversationId: conversation.id, note }
    for (const text of lines) {
      const posted = await conversations.postAsAgent({ ...from, clientId: aClientId(), text }, {})
      expect(posted.ok).toBe(true)
    }
    await guest.page.goto(town.page('/chat'))
  }

  it('C26 comes older as one scrolls up to its top, in order, while what is read stays where it is', async () => {
    const met = await meet(town)
    const { guest } = met
    await writeMuch(met, false)
    await guest.log.getByText('Line 120.').waitFor()
    expect((await shown(guest))[0]).toBe('Line 71.')
    const read = guest.log.getByText('Line 75.')
    const before = await read.evaluate((line) => {
      const log = line.closest('[role=log]')
      log?.scrollTo(0, 0)
      return line.getBoundingClientRect().top - Number(log?.getBoundingClientRect().top)
    })
    await guest.log.getByText('Line 70.').waitFor({ state: 'attached' })
    const after = await read.evaluate(
      (line) =>
        line.getBoundingClientRect().top - Number(line.closest('[role=log]')?.getBoundingClientRect().top),
    )
    expect(after).toBeCloseTo(before, 0)
    expect(await shown(guest)).toEqual([question, ...lines])
  })

  it('C26 stands there to its beginning where what was at hand does not fill the window', async () => {
    const met = await meet(town)
    await writeMuch(met, true)
    await met.guest.log.getByText(question).waitFor()
    expect(await shown(met.guest)).toEqual([question])
  })
})
