import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { Action } from '../../shared/triggers/action.ts'
import { violationsIn } from '../support/axe.ts'
import { textAt } from '../support/client.ts'
import { type Guest, nothingStored } from '../support/guest.ts'
import { useTown } from '../support/town.ts'
import { siteOf } from '../support/visitor.ts'

const town = useTown()

const desk = { width: 1280, height: 800 }
const phone = { width: 390, height: 844 }
const desktop = { words: 'en' as const, viewport: desk, screen: 'a desktop', dir: 'ltr' as const }
const people = [desktop, { words: 'fa' as const, viewport: phone, screen: 'a phone', dir: 'rtl' as const }]
type Person = (typeof people)[number]

const say = { en: 'May I help, {{visitor.name|friend}}?', fa: 'کمکی از ما برمی‌آید، {{visitor.name|دوست}}؟' }
const said = { en: 'May I help, friend?', fa: 'کمکی از ما برمی‌آید، دوست؟' }
const yes = { en: 'Yes, please', fa: 'بله، لطفاً' }
const more = { en: 'Read more', fa: 'بیشتر بخوانید' }
let pages = 0

/** Comes to a page of its own on which a rule does this, as somebody whom nobody has met. */
async function meets(action: Action, { words, viewport, dir }: Person, attributes = '', text: object = say) {
  await town.agent()
  const path = `/action-${++pages}`
  const rule = { siteId: siteOf(town.world).id, name: path, enabled: true, priority: 10, say: text, action }
  const made = await town.owner.send('POST', '/api/v1/rules', {
    ...rule,
    when: [{ kind: 'url', glob: `*${path}` }],
  })
  expect(made.status).toBe(201)
  const guest = await town.guest({
    words,
    viewport,
    isMobile: viewport === phone,
    hasTouch: viewport === phone,
  })
  await guest.page.addInitScript(() => {
    Reflect.set(window, 'heard', [])
    for (const name of ['invite:shown', 'invite:accepted', 'invite:dismissed', 'offer:summer'])
      document.addEventListener(`ahlan:${name}`, (event) =>
        Reflect.get(window, 'heard').push([name, Reflect.get(event, 'detail')]),
      )
  })
  // With consent they have a name of their own: else everybody from this address would be one.
  const address = town.page(path, { attributes: attributes || 'data-consent="granted"', lang: words, dir })
  await guest.page.goto(address)
  return { guest, address, ruleId: textAt(made, 'id') }
}

const heard = (guest: Guest): Promise<[string, Record<string, unknown>][]> =>
  guest.page.evaluate(() => Reflect.get(window, 'heard'))
const hears = async (guest: Guest, name: string) => {
  await expect.poll(async () => (await heard(guest)).map(([one]) => one)).toContain(name)
}
const told = (guest: Guest, name: string) =>
  guest.frames.filter((frame) => frame.includes(`"${name}"`)).length
const bannerOf = (guest: Guest): Locator => guest.page.getByRole('region')
const isWithin = async (shown: Locator, { width, height }: Person['viewport']) => {
  const box = await shown.boundingBox()
  expect(box && box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height).toBe(
    true,
  )
}

describe.each(people)('in $words on $screen', (person) => {
  const { words, viewport } = person

  it('H20 a bubble is told as shown, seen, taken up and answered', async () => {
    const { guest, ruleId } = await meets({ kind: 'bubble' }, person)
    await guest.bubble.getByText(said[words]).waitFor()
    await isWithin(guest.bubble, viewport)
    await expect.poll(() => told(guest, 'invite:seen')).toBe(1)
    await guest.button('reply').click()
    await guest.log.getByText(said[words]).waitFor()
    await expect.poll(() => told(guest, 'invite:opened')).toBe(1)
    const [shown, accepted] = await heard(guest)
    expect(shown).toMatchObject(['invite:shown', { text: said[words], ruleId }])
    expect(accepted).toMatchObject(['invite:accepted', { ruleId }])
  })

  it('H21 the chat opens with the message in it, and closed it is dismissed', async () => {
    const { guest } = await meets({ kind: 'open' }, person)
    await guest.log.getByText(said[words]).waitFor()
    expect(await guest.dialog.count()).toBe(1)
    await guest.button('closeChat').click()
    await hears(guest, 'invite:dismissed')
    await guest.launcher.waitFor()
    expect(await guest.bubble.count()).toBe(0)
  })

  it('H20 a button says what stands on it', async () => {
    const buttons: Action = {
      kind: 'buttons',
      buttons: [
        { does: 'answer', label: yes },
        { does: 'link', label: more, href: '/elsewhere' },
      ],
    }
    const { guest } = await meets(buttons, person)
    await isWithin(guest.bubble, viewport)
    expect(await violationsIn(guest.page)).toEqual([])
    const link = guest.page.getByRole('link', { name: more[words] })
    expect(await link.getAttribute('rel')).toBe('noopener')
    await guest.page.getByRole('button', { name: yes[words] }).click()
    await guest.log.locator('.group.own', { hasText: yes[words] }).getByText(guest.confirmed).waitFor()
    const lines = await guest.log.locator('.bubble').allTextContents()
    expect(lines).toEqual([said[words], yes[words]])
  })

  it('T65 a form tells what is missing, and becomes one message and what is known of its author', async () => {
    const label = { en: 'E-mail', fa: 'ایمیل' }
    const topic = { en: 'About', fa: 'دربارهٔ' }
    const options = [
      { en: 'An order', fa: 'یک سفارش' },
      { en: 'A workshop', fa: 'یک کارگاه' },
    ]
    const fields = [
      { kind: 'email' as const, label, required: true },
      { kind: 'choice' as const, label: topic, options, attribute: 'topic' },
    ]
    const { guest } = await meets({ kind: 'form', fields }, person)
    const email = guest.page.getByRole('textbox', { name: label[words] })
    const send = guest.page.getByRole('button', { name: { en: 'Send', fa: 'بفرست' }[words], exact: true })
    await isWithin(guest.bubble, viewport)
    await send.click()
    expect(await email.getAttribute('aria-invalid')).toBe('true')
    expect(await email.evaluate((field) => field.matches(':focus'))).toBe(true)
    expect(await violationsIn(guest.page)).toEqual([])
    await email.fill('amir@example.com')
    await guest.page.getByRole('combobox').selectOption(options[1]?.[words] ?? '')
    await send.click()
    const own = guest.log.locator('.group.own')
    await own.getByText(guest.confirmed).waitFor()
    expect(
      (await own.locator('.bubble').allTextContents()).map((text) => text.replace(/[\u2066-\u2069]/g, '')),
    ).toEqual([`${label[words]}: amir@example.com\n${topic[words]}: ${options[1]?.[words]}`])
    const { items } = Object((await town.owner.get('/api/v1/visitors/live')).json)
    expect(items).toContainEqual(
      expect.objectContaining({ email: 'amir@example.com', attributes: { topic: options[1]?.[words] } }),
    )
  })

  it('H22 a banner steps aside for the focus, leads on, and does not come again', async () => {
    const button = { label: more, href: '/elsewhere' }
    const { guest, address } = await meets({ kind: 'banner', at: 'top', button }, person)
    const banner = bannerOf(guest)
    await banner.getByText(said[words]).waitFor()
    await isWithin(banner, viewport)
    expect(await violationsIn(guest.page)).toEqual([])
    const height = (await banner.boundingBox())?.height ?? 0
    expect(height).toBeLessThan(140)
    await guest.page.evaluate(() => {
      const link = document.createElement('a')
      link.href = '#'
      link.textContent = 'First'
      link.style.cssText = 'position: absolute; inset: 4px auto auto 40px'
      document.body.append(link)
      link.focus()
    })
    await expect.poll(async () => ((await banner.boundingBox())?.y ?? 0) > viewport.height / 2).toBe(true)
    town.page('/elsewhere', { attributes: 'data-consent="granted"' })
    await banner.getByRole('link', { name: more[words] }).click()
    await guest.page.waitForURL('**/elsewhere')
    await guest.goto(address)
    await expect.poll(() => told(guest, 'hello')).toBeGreaterThan(1)
    expect(await banner.count()).toBe(0)
  })

  it('T66 a question is answered by one touch', async () => {
    const { guest } = await meets({ kind: 'survey', scale: 'faces' }, person)
    await isWithin(guest.bubble.or(guest.page.locator('.invite')).first(), viewport)
    expect(await violationsIn(guest.page)).toEqual([])
    const good = { en: '4 – Good', fa: '۴ – خوب' }[words]
    await guest.page.getByRole('button', { name: good }).click()
    await guest.page.getByText(guest.words.thanks).waitFor()
    expect(await heard(guest)).toContainEqual(['invite:accepted', expect.objectContaining({ score: 4 })])
    const { items } = Object((await town.owner.get('/api/v1/visitors/live')).json)
    expect(JSON.stringify(items)).toContain('question:answered')
  })

  it('T62 the page hears of an event, and nothing is shown', async () => {
    const event: Action = { kind: 'event', name: 'offer:summer', properties: { percent: 20 } }
    const { guest } = await meets(event, person)
    await hears(guest, 'offer:summer')
    expect(await heard(guest)).toEqual([['offer:summer', { percent: 20, text: said[words] }]])
    expect(await guest.bubble.count()).toBe(0)
  })
})

describe('what a rule opens', () => {
  it('P1 H21 stores nothing until it is used', async () => {
    const { guest } = await meets({ kind: 'open' }, desktop, 'data-consent="essential"')
    await guest.log.getByText(said.en).waitFor()
    expect(await guest.stored()).toEqual(nothingStored)
    await guest.says('Yes please')
    expect(await guest.log.locator('.bubble').allTextContents()).toEqual([said.en, 'Yes please'])
    expect((await guest.stored()).local).toHaveLength(1)
  })

  it('H21 leaves the focus to whoever writes in the page', async () => {
    await town.agent()
    const guest = await town.guest()
    await guest.goto(town.page('/writing-on', { attributes: 'data-consent="granted"' }))
    const search = guest.page.getByRole('textbox', { name: 'Search' })
    await search.pressSequentially('cypr')
    const rule = { siteId: siteOf(town.world).id, name: 'Opens', enabled: true, priority: 10, say }
    const when = [{ kind: 'url', glob: '*/writing-on' }]
    await town.owner.send('POST', '/api/v1/rules', { ...rule, when, action: { kind: 'open' } })
    await guest.log.getByText(said.en).waitFor()
    await guest.page.keyboard.type('ess')
    expect(await search.inputValue()).toBe('cypress')
  })
})

describe('in two tabs', () => {
  it('T92 H20 one of them is asked; when it is closed the other shows it, and dismissed there it is gone', async () => {
    const banner: Action = { kind: 'banner', at: 'bottom' }
    const { guest, address } = await meets(banner, desktop)
    await bannerOf(guest).waitFor()
    const other = guest.in(await guest.context.newPage())
    await other.page.goto(address)
    const asked = told(guest, 'invite:ask')
    await guest.page.close()
    await bannerOf(other).waitFor()
    expect(asked + told(other, 'invite:ask')).toBe(1)
    await bannerOf(other).getByRole('button', { name: 'Dismiss' }).click()
    await bannerOf(other).waitFor({ state: 'detached' })
  })
})
