import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { storageBox } from '../../widget/connection/letter-box.ts'
import { run } from '../../widget/door.ts'
import type { Host, Live } from '../../widget/page/host.ts'
import { keep, letterBoxName } from '../../widget/page/keep.ts'
import { followOtherTabs } from '../../widget/page/other-tabs.ts'
import { begin, createHost } from '../../widget/page/page.ts'
import { mint } from '../../widget/page/settings.ts'
import { openPage, type WidgetPage } from '../support/widget-page.ts'

const key = 'ahlan:demo'
let page: WidgetPage
beforeEach(() => {
  page = openPage()
})
afterEach(() => page.close())

/** One more tab of the same browser: its own page on the same storage. */
async function openTab(): Promise<Host> {
  const tab: Host = createHost('https://chat.example', { site: 'demo' }, (name, ...values) =>
    run(tab, name, values),
  )
  await begin(tab)
  await followOtherTabs(tab)
  return tab
}
const stored = () => JSON.parse(localStorage.getItem(key) ?? 'null')
/** What a browser tells the other tabs of a change. */
const spread = async () => {
  dispatchEvent(new window.StorageEvent('storage', { key }))
  await page.tick(0)
}

function watch(tab: Host): string[] {
  const done: string[] = []
  const live: Live = {
    run: async () => void done.push('run'),
    takeView: () => false,
    refresh: () => done.push('refresh'),
    stop: () => done.push('stop'),
  }
  tab.live = live
  return done
}

it('P10 a tab opened before another one began to remember is the same person', async () => {
  const [one, other] = [await openTab(), await openTab()]
  keep(one, { draft: 'Is the blue bowl' })
  keep(other, { open: true })
  expect(stored()).toMatchObject({ token: one.memory.held?.token, draft: 'Is the blue bowl', open: true })
  keep(one, { talking: true })
  expect(stored()).toMatchObject({ open: true, talking: true })
})

it('P10 a tab that learns of the token of another tells its server so', async () => {
  const [one, other] = [await openTab(), await openTab()]
  const done = watch(other)
  keep(one)
  await spread()
  expect(other.memory.held?.token).toBe(one.memory.held?.token)
  expect(done).toEqual(['refresh'])
})

it('P11 signing out in one tab signs out in all, and none brings the token back', async () => {
  const [one, other] = [await openTab(), await openTab()]
  keep(one)
  await spread()
  const done = watch(other)
  await run(one, 'shutdown', [])
  keep(other, { draft: 'still here' })
  expect(stored()).toBeNull()
  await spread()
  expect(other.memory.held).toBeNull()
  expect(done).toContain('stop')
})

it('P11 whoever comes after a sign-out is not forgotten with them', async () => {
  const [one, other] = [await openTab(), await openTab()]
  keep(one)
  await spread()
  await run(one, 'shutdown', [])
  keep(one)
  await spread()
  expect(stored().token).toBe(one.memory.held?.token)
  expect(other.memory.held?.token).toBe(one.memory.held?.token)
})

it('P11 a letter that waits is wiped at sign-out, even where no socket was opened since', async () => {
  const one = await openTab()
  keep(one)
  const wiped: string[] = []
  const asked = { onsuccess: () => undefined }
  vi.stubGlobal('indexedDB', {
    deleteDatabase(name: string) {
      wiped.push(name)
      return asked
    },
  })
  const name = letterBoxName(one)
  const box = storageBox(name)
  await box.put({ clientId: mint('1'), conversationId: null, shownIn: null, text: 'Mine', writtenAt: 1 })
  await run(one, 'shutdown', [])
  asked.onsuccess()
  expect(localStorage.length).toBe(0)
  expect(wiped).toEqual([name, `files:${name}`])
  keep(one)
  expect(await storageBox(letterBoxName(one)).all()).toEqual([])
  expect(letterBoxName(one)).not.toBe(name)
})

it.each(['pageshow', 'resume'])(
  'P11 a page that was not told of a sign-out finds out at %s',
  async (sign) => {
    const [one, other] = [await openTab(), await openTab()]
    keep(one)
    await spread()
    await run(one, 'shutdown', [])
    expect(other.memory.held).not.toBeNull()
    dispatchEvent(new window.Event(sign))
    await page.tick(0)
    expect(other.memory.held).toBeNull()
  },
)
