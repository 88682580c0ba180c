import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { makeId } from '../../shared/ids.ts'
import { failure } from '../../shared/result.ts'
import type { PageRule } from '../../shared/triggers/page.ts'
import { letRulesSpeak } from '../../widget/live/proactive.ts'
import { begin, createHost } from '../../widget/page/page.ts'
import { createStore } from '../../widget/state/store.ts'
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

it('T5 a rule that waits for somebody to answer is asked for when they come, without news of the rules', async () => {
  const host = createHost('https://chat.example', { site: 'demo' }, async () => undefined)
  await begin(host)
  const store = createStore()
  const asked: string[] = []
  const proactive = letRulesSpeak({
    ...{ host, store, after: () => () => undefined, dismiss: () => undefined },
    usage: Promise.resolve(undefined),
    client: () => {
      throw new Error('Nobody has answered.')
    },
    language: () => loadLanguage('en'),
    ask: async (name) => {
      asked.push(name)
      return failure('unavailable', 'Nobody answers here.')
    },
  })
  const site = { ...siteAnswer.site, side: 'end' as const, key: host.settings.site }
  store.apply({ type: 'connection', connection: 'online', at: 0 })
  store.apply({ type: 'site', site: { ...site, online: false }, rules: [answerable] })
  expect(asked).toEqual([])
  store.apply({ type: 'site', site: { ...site, online: true } })
  expect(asked).toEqual(['invite:ask'])
  proactive.stop()
})
