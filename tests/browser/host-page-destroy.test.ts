import type { CDPSession } from 'playwright-core'
import { expect, it } from 'vitest'
import type {} from '../../widget/loader.ts'
import type { Guest } from '../support/guest.ts'
import { useTown } from '../support/town.ts'

const town = useTown()

/** Counts the timers that are set and the queries of media that are listened to. */
const countTimers = `{
  const timers = window.timers = new Map()
  const { setTimeout: set, clearTimeout: clear, setInterval: every, clearInterval: stop } = window
  window.setTimeout = (run, ...rest) => {
    const id = set(() => { timers.delete(id); run() }, ...rest)
    timers.set(id, new Error(rest[0]).stack)
    return id
  }
  window.setInterval = (...given) => { const id = every(...given); timers.set(id, 'every'); return id }
  window.clearTimeout = (id) => { timers.delete(id); clear(id) }
  window.clearInterval = (id) => { timers.delete(id); stop(id) }
}`

interface Traces {
  html: string
  listeners: string[]
  timers: number
  globals: string[]
  history: unknown[]
}

async function tracesIn(guest: Guest, cdp: CDPSession): Promise<Traces> {
  const inPage = await guest.page.evaluate(() => ({
    html: document.documentElement.outerHTML.replace(/<script src.*?<\/script>/g, ''),
    timers: Reflect.get(window, 'timers').size,
    globals: Object.keys(window),
    history: [
      Object.hasOwn(history, 'pushState'),
      Object.hasOwn(history, 'replaceState'),
      String(history.pushState),
    ],
  }))
  const listeners = await Promise.all(
    ['window', 'document', 'document.documentElement', 'document.body', 'visualViewport'].map((of) =>
      listenersOf(cdp, of),
    ),
  )
  return { ...inPage, listeners: listeners.flat() }
}

async function listenersOf(cdp: CDPSession, expression: string): Promise<string[]> {
  const { result } = await cdp.send('Runtime.evaluate', { expression })
  const found = await cdp.send('DOMDebugger.getEventListeners', { objectId: result.objectId ?? '' })
  return found.listeners.map(({ type }) => `${expression} ${type}`).sort()
}

/** Leaves nothing out that the chat may hold: a conversation, an open panel, a bubble, commands. */
async function liveFully(guest: Guest): Promise<void> {
  await guest.open()
  await guest.says('I will leave no trace.')
  await town.answers(await town.conversation(), 'Neither will we.')
  await guest.log.getByText('Neither will we.').waitFor()
  await guest.page.evaluate(() => {
    history.pushState(null, '', '#/elsewhere')
    history.replaceState(null, '', location.pathname)
    history.pushState(null, '', '#/more')
  })
  await expect
    .poll(() => guest.frames.filter((frame) => frame.includes('"page:view"')).length)
    .toBeGreaterThan(0)
}

it('H4 destroy leaves history, listeners, timers and the document as they were, and the chat can come again', async () => {
  const guest = await town.guest({ prepare: countTimers })
  await guest.page.goto(town.shop.put('/before', ''))
  await guest.page.getByRole('heading').waitFor()
  const cdp = await guest.context.newCDPSession(guest.page)
  const before = await tracesIn(guest, cdp)
  const add = (src: string) =>
    guest.page.evaluate((address) => {
      const script = document.createElement('script')
      script.src = address
      script.async = true
      script.dataset.site = 'demo'
      document.head.append(script)
    }, src)
  await add(`${town.world.url}/widget.js`)
  await liveFully(guest)
  const [socket] = guest.sockets
  const closed = socket?.waitForEvent('close')
  await guest.page.evaluate('Ahlan("destroy")')
  await closed
  expect(await tracesIn(guest, cdp)).toEqual(before)

  await guest.page.evaluate(() => document.querySelector('script[data-site]')?.remove())
  await add(`${town.world.url}/widget.js`)
  await guest.page.waitForFunction(() => 'Ahlan' in window)
  // It stood open before, and may be opening by itself just now.
  await guest.page.evaluate('Ahlan("open")')
  await guest.log.getByText('Neither will we.').waitFor()
  await guest.says('Here again.')
})

it('H4 leaves what others have put over the history functions', async () => {
  const guest = await town.guest()
  await guest.goto(town.page('/patched'))
  const calls = await guest.page.evaluate(() => {
    const ours = history.pushState
    let count = 0
    history.pushState = function (...args) {
      count++
      return ours.apply(this, args)
    }
    window.Ahlan?.('destroy')
    history.pushState(null, '', '#later')
    return { count, at: location.hash }
  })
  expect(calls).toEqual({ count: 1, at: '#later' })
})
