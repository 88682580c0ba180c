import { afterEach, expect, it, vi } from 'vitest'
import { run } from '../../widget/door.ts'
import type { Host } from '../../widget/page/host.ts'
import { whenIdle } from '../../widget/page/idle.ts'
import { begin, createHost } from '../../widget/page/page.ts'
import { openPage, siteAnswer, type WidgetPage } from '../support/widget-page.ts'

let page: WidgetPage
afterEach(() => {
  page.close()
  vi.restoreAllMocks()
})

const noChunk = async () => undefined

async function load(given: Record<string, string> = {}, signals: object = {}): Promise<Host> {
  page = openPage({ url: 'https://shop.example/bowls?email=me@x.example', signals })
  const made = createHost('https://chat.example', { site: 'demo', ...given }, noChunk)
  await begin(made)
  return made
}

it('P1 stores nothing on the device before the visitor opens the chat', async () => {
  await load()
  expect(localStorage.length).toBe(0)
  expect(page.told).toHaveLength(1)
  expect(page.told[0]).toMatchObject({
    url: 'https://chat.example/v1/page-views',
    body: { site: 'demo', consent: 'essential', view: { url: 'https://shop.example/bowls' } },
  })
  expect(page.told[0]?.body).not.toHaveProperty('token')
})

it.each([
  ['denied', { consent: 'denied' }, {}],
  ['Do-Not-Track', {}, { doNotTrack: '1' }],
  ['Global Privacy Control', { consent: 'granted' }, { globalPrivacyControl: true }],
])('P3 with %s tells of no page view, on arrival, on the way or on leaving', async (_, given, signals) => {
  const host = await load(given, signals)
  history.pushState(null, '', '/vases')
  await page.tick(150)
  dispatchEvent(new window.Event('pagehide'))
  expect(page.told.every(({ url }) => url.startsWith('https://chat.example/v1/sites/demo'))).toBe(true)
  expect(host.answer).toEqual(siteAnswer)
  expect(localStorage.length).toBe(0)
})

it('P2 with granted consent a token is kept, and told with the next view', async () => {
  const host = await load()
  await run(host, 'consent', ['granted'])
  history.pushState(null, '', '/vases')
  await page.tick(150)
  expect(page.told.at(-1)?.body).toMatchObject({ consent: 'granted', token: host.memory.held?.token })
  expect(JSON.parse(localStorage.getItem('ahlan:demo') ?? '')).toMatchObject({ consent: 'granted' })
})

it.each(['{', 'null', '{"token":"short"}'])('takes spoilt storage (%s) for none', async (stored) => {
  page = openPage()
  localStorage.setItem('ahlan:demo', stored)
  expect(createHost('https://chat.example', { site: 'demo' }, noChunk).memory.held).toBeNull()
})

it('H2 draws the launcher in one open shadow root on the document element, named in the language given', async () => {
  await load({ locale: 'fa-IR' })
  const roots = [...document.documentElement.children].flatMap((one) => one.shadowRoot ?? [])
  expect(roots).toHaveLength(1)
  expect(roots[0]?.querySelector('button')?.ariaLabel).toBe('باز کردن گفتگو')
})

it('puts nothing into the page with a hidden launcher, until asked', async () => {
  const made = await load({ launcher: 'hidden' })
  expect(document.documentElement.querySelector('ahlan-chat')).toBeNull()
  await run(made, 'show', [])
  expect(made.button?.hidden).toBe(false)
  await run(made, 'hide', [])
  expect(made.button?.hidden).toBe(true)
})

it('H3 takes a server that cannot answer for an error event, and for no error of the page', async () => {
  page = openPage()
  vi.stubGlobal('fetch', async () => ({ json: async () => ({ error: { code: 'not_found' } }) }))
  const errors: unknown[] = []
  document.addEventListener('ahlan:error', (event) => errors.push(event))
  const made = createHost('https://chat.example', { site: 'nobody' }, noChunk)
  await begin(made)
  expect(errors).toHaveLength(1)
  expect(document.documentElement.querySelector('ahlan-chat')).toBeNull()
})

it('H3 warns once of an unknown command, and never throws', async () => {
  const host = await load()
  const warn = vi.spyOn(console, 'warn').mockReturnValue()
  for (const name of ['dance', 'dance', 'constructor']) await run(host, name, [])
  await run(host, 'on', ['opened', 'not a function'])
  expect(warn.mock.calls.map(([text]) => text)).toEqual([
    'Ahlan: dance is no command',
    'Ahlan: constructor is no command',
    'Ahlan: on: TypeError: needs a function',
  ])
})

it('tells listeners of the page, by on and by document events, until off', async () => {
  const host = await load()
  const heard: unknown[] = []
  const listener = (detail: unknown) => heard.push(detail)
  await run(host, 'on', ['unread', listener])
  host.emit('unread', { count: 2 })
  await run(host, 'off', ['unread', listener])
  host.emit('unread', { count: 3 })
  expect(heard).toEqual([{ count: 2 }])
})

it('P3 tells nothing when the page changes its mind before the first report', async () => {
  page = openPage()
  const made = createHost('https://chat.example', { site: 'demo' }, noChunk)
  await run(made, 'consent', ['denied'])
  expect(page.told).toHaveLength(0)
})

it('H4 destroy leaves no element, no listener and no patch', async () => {
  const host = await load()
  const children = document.documentElement.children.length
  host.destroy()
  const told = page.told.length
  history.pushState(null, '', '/vases')
  await page.tick(3_000)
  dispatchEvent(new window.Event('pagehide'))
  expect(document.documentElement.children).toHaveLength(children - 1)
  expect(page.told).toHaveLength(told)
})

it.each([
  ['denied', { consent: 'denied' }, {}],
  ['Do-Not-Track', {}, { doNotTrack: '1' }],
])(
  'P3 with %s the settings are asked for once, not at each page within the document',
  async (_, given, signals) => {
    await load(given, signals)
    for (const path of ['/vases', '/plates']) {
      history.pushState(null, '', path)
      await page.tick(150)
    }
    expect(page.told).toHaveLength(1)
  },
)

it('H3 takes an answer that is a fault for no answer, and throws nothing', async () => {
  const host = await load({ site: 'fault', consent: 'denied' })
  expect(host.answer).toBeUndefined()
  expect(host.button).toBeUndefined()
})

it('H4 destroy before the page has loaded takes the listener for the load away', () => {
  page = openPage()
  const end = new AbortController()
  let runs = 0
  Object.defineProperty(document, 'readyState', { value: 'loading', configurable: true })
  whenIdle(end.signal, () => runs++)
  end.abort()
  dispatchEvent(new window.Event('load'))
  vi.runAllTimers()
  expect(runs).toBe(0)
})

it('H2 a page that is never idle gets its launcher all the same', () => {
  page = openPage()
  const slots: unknown[] = []
  const ask = (_: unknown, options: unknown) => slots.push(options)
  Object.assign(window, { requestIdleCallback: ask })
  Object.defineProperty(document, 'readyState', { value: 'complete', configurable: true })
  whenIdle(new AbortController().signal, () => undefined)
  expect(slots).toEqual([{ timeout: 1_000 }])
})

it('H3 warns once of a bad argument, changes nothing and never throws', async () => {
  const host = await load()
  const warn = vi.spyOn(console, 'warn').mockReturnValue()
  const settings = { ...host.settings }
  const bad: [string, unknown][] = [
    ['consent', 'foo'],
    ['theme', 'purple'],
    ['locale', 'x'],
    ['locale', Symbol('fa')],
    ['get', 'root'],
    ['on', Symbol('opened')],
    ['page', { url: 'http://' }],
  ]
  for (const [name, value] of [...bad, ...bad]) await run(host, name, [value])
  expect(warn.mock.calls.map(([text]) => `${text}`.split(':')[1])).toEqual(bad.map(([name]) => ` ${name}`))
  expect(host.settings).toEqual(settings)
})

it.each([
  ['send', Symbol('hello')],
  ['track', {}],
  ['showConversation', undefined],
])('H3 takes %s with a bad argument for a warning, not for an unhandled rejection', async (name, value) => {
  const host = await load()
  vi.stubGlobal('WebSocket', class {})
  const warn = vi.spyOn(console, 'warn').mockReturnValue()
  await run(host, name, [value])
  await vi.waitFor(() => expect(warn).toHaveBeenCalledTimes(1))
  expect(warn.mock.calls[0]?.[0]).toMatch(`Ahlan: ${name}: TypeError: needs a text`)
})
