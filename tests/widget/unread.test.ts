import { afterEach, beforeEach, expect, it } from 'vitest'
import { rememberTalk } from '../../widget/live/unread.ts'
import type { Host } from '../../widget/page/host.ts'
import { keep } from '../../widget/page/keep.ts'
import { begin, createHost } from '../../widget/page/page.ts'
import { applyEvent, emptyState, unstarted } from '../../widget/state/state.ts'
import { clientId } from '../shared/story.ts'
import { openPage, type WidgetPage } from '../support/widget-page.ts'

let page: WidgetPage
beforeEach(() => {
  page = openPage()
})
afterEach(() => page.close())

async function open(): Promise<Host> {
  const made = createHost('https://chat.example', { site: 'demo' }, async () => undefined)
  await begin(made)
  return made
}

it('I7 a message that waits makes the next page connect by itself, even before the first snapshot', async () => {
  const host = await open()
  keep(host)
  const waiting = applyEvent(emptyState, {
    type: 'timeline',
    place: unstarted,
    event: { type: 'queued', clientId: clientId(1), text: 'Hello', writtenAt: 1 },
  })
  rememberTalk(host, emptyState)
  expect(host.memory.held?.talking).toBeUndefined()
  rememberTalk(host, waiting)
  expect(host.memory.held?.talking).toBe(true)
})
