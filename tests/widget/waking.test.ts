import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { watchWaking } from '../../widget/live/visitor.ts'
import { openPage, type WidgetPage } from '../support/widget-page.ts'

let page: WidgetPage
let done: string[]
let stop: () => void
beforeEach(() => {
  page = openPage()
  done = []
  const note = (what: string) => () => void done.push(what)
  const link = { wake: note('wake'), sleep: note('sleep'), connected: () => true, ask: vi.fn() }
  stop = watchWaking(link, { flush: note('flush'), leave: note('leave') })
})
afterEach(() => {
  stop()
  page.close()
})
const hear = (sign: string) => dispatchEvent(new window.Event(sign))
const hide = (state: 'hidden' | 'visible') => {
  Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
  document.dispatchEvent(new window.Event('visibilitychange'))
}

it.each(['online', 'offline', 'pageshow', 'resume'])('W32 looks at the line at %s', (sign) => {
  hear(sign)
  expect(done).toEqual(['wake', 'flush'])
})

it('W32 W33 tells what waits when the page is hidden, and looks at the line when it is shown', () => {
  hide('hidden')
  hear('online')
  expect(done).toEqual(['leave', 'leave'])
  hide('visible')
  expect(done.slice(2)).toEqual(['wake', 'flush'])
})

it('W33 tells what waits before it closes the line of a page that is left', () => {
  hear('pagehide')
  expect(done).toEqual(['leave', 'sleep'])
})

it('W32 looks at the line after a sleep of the device that nothing told of', async () => {
  await page.tick(60_000)
  expect(done).toEqual([])
  vi.setSystemTime(Date.now() + 30 * 60_000)
  await page.tick(5_000)
  expect(done).toEqual(['wake', 'flush'])
})

it('H4 leaves no listener and no timer behind', async () => {
  stop()
  hear('online')
  vi.setSystemTime(Date.now() + 30 * 60_000)
  await page.tick(60_000)
  expect([done, vi.getTimerCount()]).toEqual([[], 0])
})
