import { afterEach, beforeEach, expect, it } from 'vitest'
import { watchPageViews } from '../../widget/tracker/page-views.ts'
import { scrub } from '../../widget/tracker/scrub.ts'
import { openPage, type WidgetPage } from '../support/widget-page.ts'

let page: WidgetPage
let end: AbortController
let seen: string[]

beforeEach(() => {
  page = openPage({ url: 'https://shop.example/bowls' })
  end = new AbortController()
  seen = []
})
afterEach(() => page.close())

const watch = () => {
  const views = watchPageViews(end.signal, () => {
    const view = views.view()
    seen.push(`${view?.url} ${view?.title} < ${view?.referrer}`)
  })
  return views
}

it('V1 counts pushState, replaceState, popstate and a changed hash route, each address once', async () => {
  watch()
  for (const path of ['/vases', '/vases', '/vases?size=9']) {
    history.pushState(null, '', path)
    await page.tick(150)
  }
  history.replaceState(null, '', '/tea')
  await page.tick(150)
  location.hash = '#/cups'
  dispatchEvent(new window.Event('popstate'))
  await page.tick(150)
  expect(seen.map((one) => one.split(' ')[0])).toEqual([
    'https://shop.example/vases',
    'https://shop.example/tea',
    'https://shop.example/tea#/cups',
  ])
})

it('V1 takes a thousand addresses within a moment for the one that the page settles on', async () => {
  watch()
  for (let n = 0; n < 1_000; n++) history.pushState(null, '', `/vases/${n}`)
  await page.tick(1_000)
  expect(seen.map((one) => one.split(' ')[0])).toEqual(['https://shop.example/vases/999'])
})

it('V2 gives a view the title that the page has settled on, and the page before', async () => {
  watch()
  document.title = 'Bowls'
  history.pushState(null, '', '/vases')
  await page.tick(50)
  document.title = 'Vases'
  await page.tick(50)
  expect(seen).toEqual(['https://shop.example/vases Vases < https://shop.example/bowls'])
})

it.each([
  ['https://shop.example/a?utm_source=x&email=me@x.example', 'https://shop.example/a?utm_source=x'],
  ['https://shop.example/a?gclid=1', 'https://shop.example/a'],
  ['https://me:secret@shop.example/a#part', 'https://shop.example/a'],
  ['https://shop.example/@me/a?b=c@d', 'https://shop.example/@me/a'],
  ['http://[::1]:8080/a?x=1&utm_medium=y#!/b?c=1', 'http://[::1]:8080/a?utm_medium=y#!/b'],
  ['https://shop.example/#/cups?token=1', 'https://shop.example/#/cups'],
  ['about:blank', ''],
  ['', ''],
])('V3 scrubs %s', (address, scrubbed) => {
  expect(scrub(address)).toBe(scrubbed)
})

it('H4 takes its patches of the history back', () => {
  const before = history.pushState
  watch()
  expect(history.pushState).not.toBe(before)
  end.abort()
  expect(history.pushState).toBe(before)
})

it('H4 leaves a later patch of somebody else in place, and counts nothing any more', async () => {
  watch()
  const ours = history.pushState
  const theirs: History['pushState'] = (...args) => ours.apply(history, args)
  history.pushState = theirs
  end.abort()
  expect(history.pushState).toBe(theirs)
  history.pushState(null, '', '/vases')
  await page.tick(150)
  expect(seen).toEqual([])
})
