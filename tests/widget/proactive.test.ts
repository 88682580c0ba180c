import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { makeId } from '../../shared/ids.ts'
import { type FailureCode, failure } from '../../shared/result.ts'
import type { PageRule } from '../../shared/triggers/page.ts'
import { letRulesSpeak } from '../../widget/live/proactive.ts'
import type { Host } from '../../widget/page/host.ts'
import { begin, createHost } from '../../widget/page/page.ts'
import { createStore, type Store } from '../../widget/state/store.ts'
import { loadLanguage } from '../../widget/ui/language.ts'
import { openPage, siteAnswer, type WidgetPage } from '../support/widget-page.ts'

let page: WidgetPage
beforeEach(() => {
  page = openPage()
  vi.stubGlobal('matchMedia', (query: string) => page.window.matchMedia(query))
})
afterEach(() => {
  page.close()
  vi.unstubAllGlobals()
})

const answerable: PageRule = {
  id: makeId('r', 1, new Uint8Array(10)),
  priority: 1,
  when: [{ kind: 'somebodyCanAnswer' }],
}

const after = (ms: number, run: () => void) => {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

/** Rules may speak in this page, and the server does not answer, or answers so. */
function speaking(host: Host, store: Store, code: FailureCode = 'unavailable') {
  const asked: string[] = []
  const proactive = letRulesSpeak({
    ...{ host, store, after, usage: Promise.resolve(undefined) },
    client: () => {
      throw new Error('Nobody has answered.')
    },
    language: () => loadLanguage('en'),
    ask: async (name) => {
      asked.push(name)
      return failure(code, 'Nobody answers here.')
    },
  })
  return { proactive, asked }
}

it('T4 a dismissal that was not heard is told on the next connection, which would bring it back', async () => {
  const host = createHost('https://chat.example', { site: 'demo' }, async () => undefined)
  const store = createStore()
  const { proactive, asked: told } = speaking(host, store)
  const inviteId = makeId('i', 1, new Uint8Array(10))
  const invitation = { inviteId, ruleId: null, text: 'Hello', from: 'Sara' }
  store.apply({ type: 'invitation', invitation })
  proactive.dismiss()
  await page.tick(0)
  expect(store.get().invitation).toBeNull()
  store.apply({ type: 'invitation', invitation })
  store.apply({ type: 'connection', connection: 'online', at: 0 })
  expect(store.get().invitation).toBeNull()
  expect(told.filter((name) => name === 'invite:dismiss')).toHaveLength(2)
  proactive.stop()
})

it('T5 a rule that waits for somebody to answer is asked for when they come, without news of the rules', async () => {
  const host = createHost('https://chat.example', { site: 'demo' }, async () => undefined)
  await begin(host)
  const store = createStore()
  const { proactive, asked } = speaking(host, store)
  const site = { ...siteAnswer.site, side: 'end' as const, key: host.settings.site }
  store.apply({ type: 'connection', connection: 'online', at: 0 })
  store.apply({ type: 'site', site: { ...site, online: false }, rules: [answerable] })
  expect(asked).toEqual([])
  store.apply({ type: 'site', site: { ...site, online: true } })
  expect(asked).toEqual(['invite:ask'])
  proactive.stop()
})

it('T32 a page that nobody looks at asks for no rule, and asks once it is looked at', async () => {
  const host = createHost('https://chat.example', { site: 'demo' }, async () => undefined)
  await begin(host)
  const store = createStore()
  const shown = { is: 'hidden' }
  const visibilityState = { get: () => shown.is, configurable: true }
  Object.defineProperty(page.window.document, 'visibilityState', visibilityState)
  const { proactive, asked } = speaking(host, store)
  const site = { ...siteAnswer.site, side: 'end' as const, key: host.settings.site, online: true }
  store.apply({ type: 'connection', connection: 'online', at: 0 })
  store.apply({ type: 'site', site, rules: [answerable] })
  expect(asked).toEqual([])
  shown.is = 'visible'
  document.dispatchEvent(new window.Event('visibilitychange'))
  expect(asked).toEqual(['invite:ask'])
  proactive.stop()
})

it.each([
  ['forbidden', 1],
  ['unavailable', 5],
] as const)('H32 what the server will not hear of a message is not told again: %s', async (code, times) => {
  const host = createHost('https://chat.example', { site: 'demo' }, async () => undefined)
  await begin(host)
  const store = createStore()
  const { proactive, asked } = speaking(host, store, code)
  host.state = 'open'
  const inviteId = makeId('i', 1, new Uint8Array(10))
  store.apply({ type: 'invitation', invitation: { inviteId, ruleId: null, text: 'Hello', from: 'Sara' } })
  await page.tick(100_000)
  proactive.repaint()
  expect(asked.filter((name) => name === 'invite:opened')).toHaveLength(times)
  proactive.stop()
})
