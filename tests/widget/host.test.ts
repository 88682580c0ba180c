import { afterEach, expect, it, vi } from 'vitest'
import { run } from '../../widget/door.ts'
import type { Host } from '../../widget/page/host.ts'
import { begin, createHost } from '../../widget/page/page.ts'
import { openPage, siteAnswer, type WidgetPage } from '../support/widget-page.ts'

let page: WidgetPage
afterEach(() => page.close())

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

it('H3 warns once of an unknown command and of one that is not there yet, and never throws', async () => {
  const host = await load()
  const warn = vi.spyOn(console, 'warn').mockReturnValue()
  for (const name of ['dance', 'dance', 'trigger', 'trigger', 'constructor']) await run(host, name, [])
  await run(host, 'on', ['opened', 'not a function'])
  expect(warn.mock.calls.map(([text]) => text)).toEqual([
    'Ahlan: dance is no command',
    'Ahlan: trigger is not available yet',
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
