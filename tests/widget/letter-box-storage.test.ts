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

it('a spoilt letter takes no other with it', async () => {
  const box = await openLetterBox('demo')
  await box.put(letter('one', 1))
  localStorage.setItem('ahlan:demo:outbox:x', '{')
  expect(await texts(await openLetterBox('demo'))).toEqual(['one'])
})
