import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { callNeighbours, watchNeighbours } from '../../widget/live/neighbours.ts'
import type { Host } from '../../widget/page/host.ts'
import { keep, letterBoxName } from '../../widget/page/keep.ts'
import { createHost } from '../../widget/page/page.ts'
import { openPage, type WidgetPage } from '../support/widget-page.ts'

let page: WidgetPage
let host: Host
let done: string[]
let connected: boolean
let stops: (() => void)[]
beforeEach(() => {
  page = openPage()
  host = createHost('https://chat.example', { site: 'demo' }, async () => undefined)
  done = []
  stops = []
  connected = false
})
afterEach(() => {
  for (const stop of stops) stop()
  page.close()
})

function tab() {
  const note = (what: string) => () => void done.push(what)
  const link = { wake: note('wake'), sleep: note('sleep'), connected: () => connected, ask: vi.fn() }
  const stop = watchNeighbours(host, link, { flush: note('flush') })
  stops.push(stop)
  return stop
}
/** What a browser tells the other tabs while one of them calls. */
const hear = (key = `${letterBoxName(host)}!`, newValue: string | null = '1') =>
  dispatchEvent(new window.StorageEvent('storage', { key, newValue }))

it('W53 a tab that is called tries within a second, once however often it is called', async () => {
  keep(host)
  tab()
  for (let i = 0; i < 5; i++) hear()
  hear(undefined, null)
  expect(done).toEqual([])
  await page.tick(1_000)
  expect(done).toEqual(['wake'])
})

it('W53 a tab whose line is up only looks for what waits', async () => {
  keep(host)
  tab()
  connected = true
  hear()
  await page.tick(1_000)
  expect(done).toEqual(['flush'])
})

it('W53 P11 a call for somebody else is not heard, and a call leaves nothing behind', async () => {
  tab()
  callNeighbours(host)
  expect(localStorage.length).toBe(0)
  keep(host)
  const before = localStorage.length
  callNeighbours(host)
  expect(localStorage.length).toBe(before)
  hear('ahlan:demo:somebody!')
  await page.tick(1_000)
  expect(done).toEqual([])
})

it('H4 a tab that has gone hears nothing', async () => {
  keep(host)
  tab()()
  hear()
  await page.tick(1_000)
  expect([done, vi.getTimerCount()]).toEqual([[], 0])
})
