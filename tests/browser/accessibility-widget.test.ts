import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { violationsIn } from '../support/axe.ts'
import { meet, meetToTheEnd } from '../support/conversing.ts'
import type { Guest } from '../support/guest.ts'
import { type GuestOptions, useTown } from '../support/town.ts'

const town = useTown()

const chat = (guest: Guest) => violationsIn(guest.page, 'ahlan-chat')

/** 320 px is a screen of 1280 at 400 %. */
const fits = (guest: Guest) =>
  guest.page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)

/** Whether the whole of it stands on the screen. */
const inSight = (part: Locator) =>
  part.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect()
    return top >= 0 && bottom <= innerHeight
  })

describe.each([
  { words: 'en', colorScheme: 'light' },
  { words: 'en', colorScheme: 'dark' },
  { words: 'fa', colorScheme: 'light' },
  { words: 'fa', colorScheme: 'dark' },
] as const)('the chat in $words, $colorScheme', ({ words, colorScheme }) => {
  const attributes = `data-locale="${words}"`
  const options: GuestOptions & { attributes: string } = { words, colorScheme, attributes }

  it('is free of barriers before and at the greeting', async () => {
    const guest = await town.guest(options)
    await guest.goto(town.page('/greeting', { attributes }))
    expect(await chat(guest)).toEqual([])
    await guest.open()
    expect(await chat(guest)).toEqual([])
  })

  it('H7 is free of barriers where a message is offered', async () => {
    await town.agent()
    const path = `/offered-${words}-${colorScheme}`
    await town.rule(`*${path}`, 'Shall I help you choose?')
    const guest = await town.guest(options)
    await guest.goto(town.page(path, { attributes }))
    await guest.bubble.waitFor()
    expect(await chat(guest)).toEqual([])
  })

  it('is free of barriers in a conversation, from the first word to the rating', async () => {
    const { agent, guest, id } = await meetToTheEnd(town, options)
    expect(await chat(guest)).toEqual([])
    await guest.page.getByRole('radio').nth(4).check()
    expect(await chat(guest)).toEqual([])
    await guest.button('sendRating').click()
    await guest.button('changeRating').waitFor()
    expect(await chat(guest)).toEqual([])
    await guest.says('https://shop.example/blue')
    await guest.button('endChat').click()
    await guest.button('endConfirm').waitFor()
    expect(await chat(guest)).toEqual([])
    await guest.button('endCancel').click()
    await agent.wire.get('typing:set', { conversationId: id, typing: true })
    await guest.log.locator('.typing').waitFor()
    expect(await chat(guest)).toEqual([])
    await guest.button('back').click()
    expect(await chat(guest)).toEqual([])
  })

  it('keeps the rating and the field below it within a low screen', async () => {
    const { guest } = await meetToTheEnd(town, { ...options, viewport: { width: 320, height: 256 } })
    for (const part of [guest.button('skip'), guest.field]) {
      await part.focus()
      const shown = [guest.button('closeChat'), part, guest.field].map(inSight)
      expect(await Promise.all(shown)).toEqual([true, true, true])
    }
    expect(await chat(guest)).toEqual([])
  })

  it('is free of barriers on a narrow screen, and scrolls to no side', async () => {
    const { agent, guest, id } = await meet(town, { ...options, viewport: { width: 320, height: 256 } })
    await agent.says(
      id,
      `${'Donaudampfschifffahrtsgesellschaft'.repeat(8)} https://shop.example/${'a'.repeat(90)}`,
    )
    await guest.log.getByText('Donaudampf').waitFor()
    expect(await fits(guest)).toBe(true)
    expect(await guest.log.evaluate((log) => log.scrollWidth <= log.clientWidth)).toBe(true)
    expect(await chat(guest)).toEqual([])
    await guest.button('closeChat').click()
    await agent.says(id, 'One is left.')
    await guest.page.locator('.launcher[data-unread]').waitFor()
    expect(await fits(guest)).toBe(true)
    expect(await chat(guest)).toEqual([])
  })
})

it('the check itself sees into the chat', async () => {
  const guest = await town.guest()
  await guest.goto(town.page('/spoilt'))
  await guest.launcher.evaluate((button) => {
    // Beside the launcher, which may be drawn anew, and so named again, before it is looked at.
    button.parentNode?.append(document.createElement('button'))
  })
  expect(await chat(guest)).toContainEqual(expect.stringContaining('button-name'))
})
