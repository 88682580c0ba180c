import type { BrowserContext, Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { en as words } from '../../agent-console/ui/texts/en.ts'
import { startHouse } from '../support/house-process.ts'
import { openConsole, signInto } from '../support/reception.ts'
import { useTown } from '../support/town.ts'
import { siteOf } from '../support/visitor.ts'
import { owner } from '../support/world.ts'

const town = useTown()

/** The console, signed in as the owner unless somebody else is named. */
const reception = async (credentials = owner): Promise<Page> => {
  const page = await openConsole(town)
  await signInto(page, credentials)
  return page
}

/** A visitor who has written, and whose conversation is open on this console. */
async function opened(page: Page, text: string) {
  const guest = await town.guest()
  await guest.goto(town.page('/console-visitor'))
  await guest.open()
  await guest.says(text)
  const row = page
    .getByRole('list', { name: words.conversations })
    .getByRole('link')
    .filter({ hasText: text })
  await row.click()
  await page.getByRole('log').getByText(text).waitFor()
  return guest
}

const replies = async (page: Page, text: string): Promise<void> => {
  await page.getByRole('textbox', { name: words.replyBox }).fill(text)
  await page.getByRole('button', { name: words.send, exact: true }).click()
  await page.getByRole('log').getByText(text).waitFor()
}

/** Its tab goes out of sight; what it shows outside can be clicked by an event. */
const lookAway = (page: Page): Promise<void> =>
  page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' })
    const Real = Notification
    Object.assign(window, {
      Notification: class extends Real {
        constructor(title: string, options?: NotificationOptions) {
          super(title, options)
          if (title.includes('is late'))
            addEventListener('click-on-shown', () => this.dispatchEvent(new Event('click')))
        }
      },
    })
  })

describe('the door', () => {
  it('P5 says kindly that e-mail and password do not match, then lets in who knows them', async () => {
    const page = await openConsole(town)
    await page.getByRole('textbox', { name: words.email }).fill(owner.email)
    await page.getByRole('textbox', { name: words.password }).fill('not my password')
    await page.getByRole('button', { name: words.signIn }).click()
    await page.getByRole('alert').filter({ hasText: words.signInWrong }).waitFor()
    await signInto(page, owner)
  })

  it('W12 closes behind who signs out, in every tab', async () => {
    const page = await reception()
    const other = await page.context().newPage()
    await other.goto(page.url())
    await other.getByRole('navigation', { name: words.main }).waitFor()
    await page.getByRole('link', { name: words.settings }).click()
    await page.getByRole('button', { name: words.yourself, exact: true }).click()
    await page.getByRole('button', { name: words.signOut }).click()
    await page.getByRole('button', { name: words.signIn }).waitFor()
    await other.getByRole('button', { name: words.signIn }).waitFor()
    await page.reload()
    await page.getByRole('button', { name: words.signIn }).waitFor()
  })

  it('P5 opens to the first owner by an address that works once', async () => {
    const house = await startHouse()
    const context: BrowserContext = await town.browser.newContext({ locale: 'en' })
    try {
      const address = /http\S+#\/setup\/\S+/.exec(house.printed)?.[0] ?? ''
      const page = await context.newPage()
      await page.goto(address)
      await page.getByRole('textbox', { name: words.name }).fill('Sara')
      await page.getByRole('textbox', { name: words.email }).fill(owner.email)
      await page.getByRole('textbox', { name: words.password }).fill(owner.password)
      await page.getByRole('button', { name: words.setUpButton }).click()
      await page.getByRole('navigation', { name: words.main }).waitFor()
      const again = await (await town.browser.newContext({ locale: 'en' })).newPage()
      await again.goto(address)
      await again.getByRole('textbox', { name: words.name }).fill('Mallory')
      await again.getByRole('textbox', { name: words.email }).fill('mallory@example.com')
      await again.getByRole('textbox', { name: words.password }).fill(owner.password)
      await again.getByRole('button', { name: words.setUpButton }).click()
      await again.getByRole('alert').filter({ hasText: words.setUpRefused }).waitFor()
      await again.context().close()
    } finally {
      await context.close()
      await house.close()
    }
  })
})

describe('the inbox', () => {
  it('V6 fills without a reload, and a message after the close brings the conversation back', async () => {
    const page = await reception()
    const guest = await opened(page, 'Do you ship to Shiraz?')
    await replies(page, 'We do.')
    await guest.log.getByText('We do.').waitFor()
    await page.getByRole('button', { name: words.closeConversation }).click()
    await page.getByRole('button', { name: words.reopenConversation }).waitFor()
    await guest.says('And to Yazd?')
    await page.getByRole('log').getByText('And to Yazd?').waitFor()
    await page.getByRole('button', { name: words.closeConversation }).waitFor()
  })

  it('K33 calls whoever looks elsewhere when something is late, and a click opens it', async () => {
    const page = await reception()
    await page.context().grantPermissions(['notifications'])
    await page.getByRole('link', { name: words.settings }).click()
    await page.getByRole('button', { name: words.yourself, exact: true }).click()
    await page.getByRole('switch', { name: words.alertDesktop }).click()
    await page.getByRole('switch', { name: words.alertDesktop, checked: true }).waitFor()
    await lookAway(page)
    await town.owner.send('PUT', '/api/v1/targets', {
      targets: [{ priority: 'urgent', firstResponse: 1_000 }],
    })
    town.later(() => town.owner.send('PUT', '/api/v1/targets', { targets: [] }))
    const guest = await town.guest()
    await guest.goto(town.page('/late-visitor'))
    await guest.open()
    await guest.says('Is anybody there?')
    const late = `/api/v1/conversations/${await town.conversation()}/priority`
    expect((await town.owner.send('POST', late, { priority: 'urgent' })).status).toBeLessThan(300)
    await page.getByRole('alert').filter({ hasText: 'First answer is late' }).waitFor()
    expect(await page.title()).toBe('(1) Ahlan')
    const clicked = await page.evaluate(() => dispatchEvent(new Event('click-on-shown')))
    expect(clicked).toBe(true)
    await page.getByRole('log').getByText('Is anybody there?').waitFor()
  })

  it('C8 keeps a note from the visitor', async () => {
    const page = await reception()
    const guest = await opened(page, 'Is there a discount?')
    await page.getByRole('button', { name: words.modeNote, exact: true }).click()
    await page.getByRole('textbox', { name: words.noteBox }).fill('Regular customer, be generous')
    await page.getByRole('button', { name: words.addNote }).click()
    await page.getByRole('log').getByText('Regular customer').waitFor()
    await page.getByRole('button', { name: words.modeReply, exact: true }).click()
    await replies(page, 'For you there is.')
    await guest.log.getByText('For you there is.').waitFor()
    await guest.page.reload()
    await guest.log.getByText('For you there is.').waitFor()
    expect(await guest.page.getByText('Regular customer').count()).toBe(0)
  })

  it('C4 gives the conversation to the first of two agents who answers', async () => {
    const colleague = await town.world.addAgent('agent', 'amir@example.com')
    const [first, second] = [
      await reception(),
      await reception({ email: colleague.email, password: owner.password }),
    ]
    const guest = await opened(first, 'Who takes care of me?')
    await second
      .getByRole('list', { name: words.conversations })
      .getByRole('link')
      .filter({ hasText: 'Who takes' })
      .click()
    await replies(first, 'I do.')
    await second.getByRole('log').getByText('I do.').waitFor()
    await replies(second, 'And I help.')
    await guest.log.getByText('And I help.').waitFor()
    const owned = await first
      .getByRole('combobox', { name: words.owner })
      .locator('option:checked')
      .textContent()
    expect(owned).toContain('Sara')
  })
})

describe('what the owner sets', () => {
  it('T1 a rule written as a sentence speaks on the page it names', async () => {
    const page = await reception()
    await page.getByRole('link', { name: words.proactive }).click()
    await page.getByRole('button', { name: words.newRule }).click()
    await page.getByRole('textbox', { name: words['slot.glob'] }).fill('*/written-rule')
    await page.getByRole('textbox', { name: words['slot.time'], exact: true }).fill('1')
    await page.getByRole('combobox', { name: words.holdout }).selectOption('0')
    await page.getByRole('textbox', { name: words.ruleText }).fill('Written as a sentence')
    await page.getByRole('button', { name: words.save, exact: true }).click()
    await page.getByRole('article').getByRole('blockquote').getByText('Written as a sentence').waitFor()
    const guest = await town.guest()
    await guest.goto(town.page('/written-rule'))
    await guest.bubble.getByText('Written as a sentence').waitFor()
    await page.getByRole('switch', { name: words.ruleOn }).last().click()
    await expect
      .poll(async () =>
        Object((await town.owner.get('/api/v1/rules')).json).items.map(
          (one: { enabled: boolean }) => one.enabled,
        ),
      )
      .toContain(false)
  })

  it('T113 a rule drawn above another speaks before it, and an undo puts it back', async () => {
    await town.rule('*/drawn', 'The first')
    await town.rule('*/drawn', 'The second')
    const page = await reception()
    await page.getByRole('link', { name: words.proactive }).click()
    const own = ['The first', 'The second']
    const names = async () =>
      (await page.locator('ol.rules .rule-text').allTextContents()).filter((text) => own.includes(text))
    await expect.poll(names).toEqual(own)
    const gripOf = (text: string) => page.locator('ol.rules > li').filter({ hasText: text }).locator('.grip')
    await gripOf('The second').hover()
    await page.mouse.down()
    const box = await gripOf('The first').boundingBox()
    await page.mouse.move(box?.x ?? 0, (box?.y ?? 0) - 5, { steps: 4 })
    await page.mouse.up()
    await expect.poll(names).toEqual(['The second', 'The first'])
    await page.getByRole('status').getByRole('button', { name: words.undo }).click()
    await expect.poll(names).toEqual(own)
  })

  it('T110 a condition is drawn into a group and out of it, right to left, and stays a click away', async () => {
    const either = { kind: 'any', of: [{ kind: 'scroll', atLeast: 50 }, { kind: 'exitIntent' }] }
    await town.rule('*/drawn-into', 'Drawn into', [either])
    const page = await reception()
    await page.getByRole('link', { name: words.proactive }).click()
    const rule = page.locator('ol.rules > li').filter({ hasText: 'Drawn into' })
    await rule.getByRole('button', { name: words.editRule, exact: true }).click()
    await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'))
    const [handle, grouped] = [page.locator('[data-handle]'), page.locator('.clause-group .clause')]
    const draws = async (from: number, to: Locator, past: number) => {
      await handle.nth(from).hover()
      await page.mouse.down()
      const box = await to.boundingBox()
      await page.mouse.move((box?.x ?? 0) + 9, (box?.y ?? 0) + (box?.height ?? 0) / 2 + past, { steps: 6 })
      await page.mouse.up()
    }
    await draws(0, page.locator('.clause-group .clause-line').nth(2), 6)
    await expect.poll(() => grouped.count()).toBe(3)
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.hasAttribute('data-handle')))
      .toBe(true)
    await draws(3, page.locator('.clause-group > .add'), 30)
    await expect.poll(() => grouped.count()).toBe(2)
    await draws(0, page.locator('.clause-line').last(), 30)
    await expect.poll(() => handle.nth(0).getAttribute('aria-label')).toContain('drawn-into')
    await draws(0, page.locator('.clause-group > .add'), 30)
    await handle.last().click()
    await page.getByRole('menu').getByRole('menuitem', { name: words.moveUp }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: words.save, exact: true }).click()
    const stored = async () =>
      Object((await town.owner.get('/api/v1/rules')).json)
        .items.find(({ name }: { name: string }) => name === 'Drawn into')
        .when.map(({ kind }: { kind: string }) => kind)
    await expect.poll(stored).toEqual(['any', 'url'])
  })

  it('shows the tag to paste, which is the one that works', async () => {
    const page = await reception()
    await page.getByRole('link', { name: words.settings }).click()
    const tag = `<script async src="${town.world.url}/widget.js" data-site="${siteOf(town.world).key}"></script>`
    await page.getByText(tag).waitFor()
    const guest = await town.guest()
    await guest.goto(town.shop.put('/pasted', tag))
    await guest.open()
  })
})
