import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { openLetterBox } from '../../widget/connection/letter-box.ts'
import type { Letter, LetterBox } from '../../widget/connection/outbox.ts'
import { mint } from '../../widget/page/settings.ts'
import { openPage, type WidgetPage } from '../support/widget-page.ts'

let page: WidgetPage
beforeEach(() => {
  page = openPage()
  // A browser that forbids databases, as some do in private windows.
  vi.stubGlobal('indexedDB', {
    open() {
      throw new Error('forbidden')
    },
  })
})
afterEach(() => page.close())

const letter = (name: string, writtenAt: number): Letter => ({
  clientId: mint(name),
  ...{ conversationId: null, shownIn: null, text: name, writtenAt },
})
const texts = async (box: LetterBox) => (await box.all()).map(({ text }) => text)

it('without a database letters wait in local storage, and the next page finds them, oldest first', async () => {
  const box = await openLetterBox('demo')
  await box.put(letter('two', 2))
  await box.put(letter('one', 1))
  expect(await texts(await openLetterBox('demo'))).toEqual(['one', 'two'])
  expect(await texts(await openLetterBox('another'))).toEqual([])
})

it('two tabs do not overwrite each other', async () => {
  const [one, other] = [await openLetterBox('demo'), await openLetterBox('demo')]
  await one.put(letter('mine', 1))
  await other.put(letter('yours', 2))
  expect(await texts(await openLetterBox('demo'))).toEqual(['mine', 'yours'])
})

it('what was confirmed is gone from the device', async () => {
  const box = await openLetterBox('demo')
  await box.put(letter('one', 1))
  await box.put(letter('two', 2))
  await box.remove(mint('one'))
  expect(await texts(await openLetterBox('demo'))).toEqual(['two'])
  await box.remove(mint('two'))
  expect(localStorage.length).toBe(0)
})

it('without any storage letters wait as long as the page lives', async () => {
  vi.stubGlobal('localStorage', null)
  const box = await openLetterBox('demo')
  await box.put(letter('one', 1))
  expect(await texts(box)).toEqual(['one'])
  await box.remove(mint('one'))
  expect(await texts(box)).toEqual([])
})

it.each(['{', 'null', '7', '{}', '[]', ''])(
  'a letter spoilt to %j takes no other with it',
  async (spoilt) => {
    const box = await openLetterBox('demo')
    await box.put(letter('one', 1))
    localStorage.setItem('demo:x', spoilt)
    expect(await texts(await openLetterBox('demo'))).toEqual(['one'])
  },
)

it('W34 a letter that another tab wrote or sent is seen to be there, and to be gone', async () => {
  const [one, other] = [await openLetterBox('demo'), await openLetterBox('demo')]
  await one.put(letter('mine', 1))
  expect(await texts(other)).toEqual(['mine'])
  await other.remove(mint('mine'))
  expect(await texts(one)).toEqual([])
})

it('W35 what a full device does not take waits as long as the page lives', async () => {
  const box = await openLetterBox('demo')
  await box.put(letter('one', 1))
  vi.stubGlobal('localStorage', {
    ...localStorage,
    setItem() {
      throw new DOMException('full', 'QuotaExceededError')
    },
    removeItem: () => undefined,
  })
  await box.put(letter('two', 2))
  expect(await texts(box)).toEqual(['one', 'two'])
})

it('W35 a database that never answers keeps no letter from waiting', async () => {
  vi.stubGlobal('indexedDB', { open: () => ({}) })
  const opening = openLetterBox('demo')
  await page.tick(2_000)
  const box = await opening
  await box.put(letter('one', 1))
  expect(await texts(box)).toEqual(['one'])
})
