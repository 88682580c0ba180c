import { describe, expect, it } from 'vitest'
import type { Guest } from '../support/guest.ts'
import { useTown } from '../support/town.ts'

const town = useTown()

const asked = (guest: Guest) => guest.frames.filter((frame) => frame.includes('"invite:ask"')).length

/** Comes to a page of its own on which this is said. */
async function greeted(path: string, text: string): Promise<Guest> {
  await town.agent()
  await town.rule(`*${path}`, text)
  const guest = await town.guest()
  await guest.goto(town.page(path))
  await guest.bubble.getByText(text).waitFor()
  return guest
}

describe('a proactive message', () => {
  it('H7 never takes the focus from whoever is writing', async () => {
    await town.agent()
    const guest = await town.guest()
    await guest.goto(town.page('/writing'))
    const search = guest.page.getByRole('textbox', { name: 'Search' })
    await search.pressSequentially('cypr')
    await town.rule('*/writing', 'Shall I help you choose?')
    await guest.bubble.waitFor()
    await guest.page.keyboard.type('ess vase')
    expect(await search.inputValue()).toBe('cypress vase')
    expect(await search.evaluate((field) => field === document.activeElement)).toBe(true)
  })

  it('T1 comes when time alone has made its rule fit', async () => {
    await town.agent()
    await town.rule('*/patient', 'Still looking?', [{ kind: 'secondsOnPage', atLeast: 1 }])
    const guest = await town.guest()
    await guest.goto(town.page('/patient'))
    expect(await guest.bubble.count()).toBe(0)
    await guest.bubble.getByText('Still looking?').waitFor()
    expect(asked(guest)).toBe(1)
  })

  it('T1 comes on the page of a single-page application that fits', async () => {
    await town.agent()
    await town.rule('*/app#/vases', 'Vases are on the left.')
    const guest = await town.guest()
    await guest.goto(town.page('/app'))
    await guest.page.evaluate(() => history.pushState(null, '', '#/vases'))
    await guest.bubble.getByText('Vases are on the left.').waitFor()
  })

  it('C11 opens the chat on Reply, and stands before the answer in the conversation', async () => {
    const guest = await greeted('/replied', 'May I show you the kiln?')
    await guest.button('reply').click()
    // What one answers stands there while one writes.
    await guest.log.getByText('May I show you the kiln?').waitFor()
    await guest.says('Yes please')
    await guest.log.getByText('May I show you the kiln?').waitFor()
    const said = await guest.log.locator('.bubble').allTextContents()
    expect(said).toEqual(['May I show you the kiln?', 'Yes please'])
  })

  it('T3 T4 is gone after Dismiss, and nothing is said on the next page', async () => {
    const guest = await greeted('/dismissed-1', 'Shall I help?')
    await town.rule('*/dismissed-2', 'And now?')
    await guest.button('dismiss').click()
    await guest.bubble.waitFor({ state: 'detached' })
    await guest.page.evaluate(() => history.pushState(null, '', '/dismissed-2'))
    await expect.poll(() => guest.frames.filter((frame) => frame.includes('dismissed-2')).length).toBe(1)
    // The chat is opened and closed again: by then anything that had to come would have come.
    await guest.open()
    await guest.says('It is quiet here.')
    await guest.button('closeChat').click()
    await guest.launcher.waitFor()
    expect(await guest.bubble.count()).toBe(0)
  })

  it('T31 comes when the site calls for it, again at each click, and goes when the site says so', async () => {
    await town.agent()
    const ruleId = await town.rule('*/never', 'Which size is it?')
    const guest = await town.guest()
    const head = `<script>addEventListener('load', () => {
      document.querySelector('h1').onclick = () => Ahlan('trigger', '${ruleId}')
    })</script>`
    await guest.goto(town.page('/sizes', { head }))
    for (const _ of [1, 2]) {
      await guest.page.getByRole('heading').click()
      await guest.bubble.getByText('Which size is it?').waitFor()
      await guest.page.evaluate(`Ahlan('dismiss', 'another'); Ahlan('dismiss', '${ruleId}')`)
      await guest.bubble.waitFor({ state: 'detached' })
    }
    expect(guest.frames.filter((frame) => frame.includes('"called":"visitor"'))).toHaveLength(2)
  })

  it('T33 H31 says why it does not come, to who sets the page up, and lets what follows go first', async () => {
    await town.agent()
    const ruleId = await town.rule('*/why', 'Seen it all?', [{ kind: 'scroll', atLeast: 90 }])
    const guest = await town.guest()
    await guest.goto(town.page('/why', { body: '<p style="block-size: 500vh">Long</p>' }))
    const why = () => guest.page.evaluate<{ ruleId: string }[]>(`Ahlan('get', 'why')`)
    const because = async () => (await why()).find((one) => one.ruleId === ruleId)
    const findings = [{ holds: true }, { kind: 'scroll', holds: false, seen: expect.any(Number) }]
    await expect.poll(because, { timeout: 10_000 }).toMatchObject({ because: 'conditions', findings })
    const first = `Promise.race(['get why', 'track why'].map((words) => Ahlan(...words.split(' ')).then(() => words)))`
    expect(await guest.page.evaluate(first)).toBe('track why')
    await guest.page.mouse.wheel(0, 20_000)
    await guest.bubble.getByText('Seen it all?').waitFor()
    expect(await because()).toMatchObject({ because: 'tooSoon', spokeAt: expect.any(Number) })
  })

  it('V6 comes from an agent who speaks to a visitor by hand', async () => {
    await town.agent()
    const guest = await town.guest()
    await guest.goto(town.page('/invited'))
    // An invitation reaches who listens: the socket of the visit.
    await expect.poll(() => guest.frames.some((frame) => frame.includes('"hello"'))).toBe(true)
    const live: { page: { url: string }; visitId: string }[] = Object(
      (await town.owner.get('/api/v1/visitors/live')).json,
    ).items
    const visit = live.find(({ page }) => page.url.endsWith('/invited'))
    const words = { text: 'Good morning' }
    const sent = await town.owner.send('POST', `/api/v1/visitors/${visit?.visitId}/invite`, words)
    expect(sent.status).toBe(201)
    await guest.bubble.getByText('Good morning').waitFor()
  })
})
