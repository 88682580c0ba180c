import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Link } from '../../widget/connection/link.ts'
import { openSession } from '../../widget/live/session.ts'
import type { Host } from '../../widget/page/host.ts'
import { keep } from '../../widget/page/keep.ts'
import { createHost } from '../../widget/page/page.ts'
import { createStore } from '../../widget/state/store.ts'
import { handshake, joined, Line, line, settle } from '../support/played-line.ts'
import { openPage, type WidgetPage } from '../support/widget-page.ts'

let page: WidgetPage
let host: Host
let link: Link
beforeEach(() => {
  page = openPage()
  vi.stubGlobal('WebSocket', Line)
  vi.spyOn(Math, 'random').mockReturnValue(1)
  Line.opened = []
  host = createHost('https://chat.example', { site: 'demo' }, async () => undefined)
  link = openSession(host, createStore(), () => undefined)
})
afterEach(() => {
  link.sleep()
  page.close()
  vi.restoreAllMocks()
})

/** The socket does not come through, polling does. */
async function polls(): Promise<void> {
  const frames = [handshake, joined]
  vi.stubGlobal('fetch', async (_: string, init?: RequestInit) => {
    const frame = init?.method === 'POST' ? 'ok' : frames.shift()
    return frame ? new Response(frame) : new Promise(() => undefined)
  })
  line().drops()
  await page.tick(1_000)
  await settle()
}
const stored = () => JSON.parse(localStorage.getItem('ahlan:demo') ?? 'null')

it('W31 who is remembered from now on remembers also that the line already polls', async () => {
  await polls()
  expect(link.connected()).toBe(true)
  expect(stored()).toBeNull()
  keep(host)
  expect(stored().pollUntil).toBeGreaterThan(Date.now())
})

it('W31 remembers at once that polling got through, for whoever is remembered', async () => {
  keep(host)
  expect(stored().pollUntil).toBeUndefined()
  await polls()
  expect(stored().pollUntil).toBeGreaterThan(Date.now())
})
