import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { noReceipts } from '../../shared/timeline.ts'
import type { Link } from '../../widget/connection/link.ts'
import { openSession } from '../../widget/live/session.ts'
import type { Host } from '../../widget/page/host.ts'
import { keep } from '../../widget/page/keep.ts'
import { createHost } from '../../widget/page/page.ts'
import { createStore, type Store } from '../../widget/state/store.ts'
import { conversationId, minute, Story } from '../shared/story.ts'
import { handshake, joined, Line, line, settle } from '../support/played-line.ts'
import { openPage, siteAnswer, type WidgetPage } from '../support/widget-page.ts'

let page: WidgetPage
let host: Host
let link: Link
let store: Store
beforeEach(() => {
  page = openPage()
  vi.stubGlobal('WebSocket', Line)
  vi.spyOn(Math, 'random').mockReturnValue(1)
  Line.opened = []
  host = createHost('https://chat.example', { site: 'demo' }, async () => undefined)
  store = createStore()
  link = openSession(host, store, () => undefined)
})
afterEach(() => {
  link.sleep()
  page.close()
  vi.restoreAllMocks()
})

/** The socket does not come through, polling does. What is `told` comes in one piece. */
async function polls(...told: string[]): Promise<void> {
  const frames = [handshake, joined, ...(told.length ? [told.join('\x1e')] : [])]
  vi.stubGlobal('fetch', async (_: string, init?: RequestInit) => {
    const frame = init?.method === 'POST' ? 'ok' : frames.shift()
    return frame ? new Response(frame) : new Promise(() => undefined)
  })
  line().drops()
  await page.tick(1_000)
  await settle()
}
const answerTo = (request: number, answer: object) => `43/visitor,${request}${JSON.stringify([answer])}`
const says = (name: string, payload: object) => `42/visitor,${JSON.stringify([name, payload])}`
const greeted = {
  epoch: 'first',
  serverTime: 0,
  visitor: null,
  team: [],
  rules: [],
  pageViews: 1,
  invitation: null,
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

it('W7 W31 W42 holds what was said while it was greeted, though both come in one piece', async () => {
  const story = new Story().visitor(minute)
  const [conversation, entries] = [story.conversation, [...story.entries]]
  const added = story.agent(2 * minute).entries.slice(entries.length)
  const whole = { mode: 'whole', conversation, entries, receipts: noReceipts }
  const snapshot = { ...greeted, conversations: [whole], site: { ...siteAnswer.site, online: false } }
  await polls(
    answerTo(1, { ok: true, ...snapshot }),
    says('entries:added', { conversationId, entries: added }),
    says('site:changed', { site: { ...siteAnswer.site, online: true } }),
  )
  await vi.waitFor(() => expect(store.get().connection).toBe('online'))
  await vi.waitFor(() => expect(store.get().site?.online).toBe(true))
  expect(store.get().timelines.get(conversationId)?.entries).toEqual(story.entries)
})
