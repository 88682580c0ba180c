import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Host } from '../../widget/page/host.ts'
import { createHost } from '../../widget/page/page.ts'
import { openPage, type WidgetPage } from '../support/widget-page.ts'

let page: WidgetPage
let host: Host
/** How often a part was asked for, and from which time on the server can be reached. */
let [asked, healsAt] = [0, Number.POSITIVE_INFINITY]
beforeEach(() => {
  page = openPage()
  vi.spyOn(Math, 'random').mockReturnValue(1)
  host = createHost('https://chat.example', { site: 'demo' }, async () => undefined)
  asked = 0
  healsAt = Number.POSITIVE_INFINITY
})
afterEach(() => {
  page.close()
  vi.restoreAllMocks()
})

function load(): { came: boolean } {
  const part = { came: false }
  const get = async () => {
    asked++
    if (Date.now() < healsAt) throw new TypeError('Failed to fetch dynamically imported module')
  }
  host.load(get).then(() => {
    part.came = true
  })
  return part
}

it('H11 asks for a part of the chat again within half a minute each time, until it comes', async () => {
  const part = load()
  for (const times of [2, 3, 4]) {
    await page.tick(30_000)
    expect(asked).toBe(times)
  }
  healsAt = 0
  await page.tick(30_000)
  expect(part.came).toBe(true)
  const before = asked
  await page.tick(60_000)
  expect(asked).toBe(before)
})

it('H11 asks again at once when the network is back', async () => {
  const part = load()
  await page.tick(15_000)
  healsAt = 0
  const before = asked
  dispatchEvent(new window.Event('online'))
  await page.tick(0)
  expect([part.came, asked]).toEqual([true, before + 1])
})

it('H4 asks for nothing once the page wants no trace of the chat', async () => {
  const part = load()
  await page.tick(0)
  host.destroy()
  healsAt = 0
  dispatchEvent(new window.Event('online'))
  await page.tick(60_000)
  expect([part.came, asked, vi.getTimerCount()]).toEqual([false, 1, 0])
})
