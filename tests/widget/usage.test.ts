import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { times } from '../../shared/limits.ts'
import { failure, type Result, success } from '../../shared/result.ts'
import type { Ask } from '../../widget/connection/link.ts'
import { createTracked } from '../../widget/live/tracked.ts'
import { watchUsage } from '../../widget/live/usage.ts'
import { whenIdle } from '../../widget/page/idle.ts'
import { openPage, type WidgetPage } from '../support/widget-page.ts'

let page: WidgetPage
let end: AbortController
const focus = { is: true, visible: 'visible' }

beforeEach(() => {
  page = openPage({ url: 'https://shop.example/bowls' })
  end = new AbortController()
  Object.assign(focus, { is: true, visible: 'visible' })
  for (const name of ['scrollY', 'innerHeight']) vi.stubGlobal(name, 0)
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => setTimeout(run, 16))
  vi.stubGlobal('scrollY', 0)
  vi.stubGlobal('innerHeight', 500)
  Object.defineProperty(page.window.document, 'hasFocus', { value: () => focus.is, configurable: true })
  Object.defineProperty(page.window.document, 'visibilityState', {
    get: () => focus.visible,
    configurable: true,
  })
})
afterEach(() => {
  end.abort()
  page.close()
})

const happens = (name: string) => dispatchEvent(new window.Event(name))

function scrolled(to: number, height: number) {
  vi.stubGlobal('scrollY', to)
  vi.stubGlobal('innerHeight', 500)
  Object.defineProperty(page.window.document.documentElement, 'scrollHeight', {
    value: height,
    configurable: true,
  })
  happens('scroll')
}

describe('engaged time', () => {
  it('V12 counts while the page is looked at, and ends a while after the last touch', async () => {
    const usage = watchUsage(end.signal)
    await page.tick(10_000)
    expect(usage.now().engagedMs).toBe(10_000)
    await page.tick(5 * 60_000)
    expect(usage.now().engagedMs).toBe(times.engagementEnds)
    happens('keydown')
    await page.tick(4_000)
    expect(usage.now().engagedMs).toBe(times.engagementEnds + 4_000)
  })

  it.each([
    ['blur', { is: false }],
    ['visibilitychange', { visible: 'hidden' }],
  ])('V12 stops with %s and goes on after it', async (sign, change) => {
    const usage = watchUsage(end.signal)
    await page.tick(3_000)
    Object.assign(focus, change)
    happens(sign)
    await page.tick(20_000)
    Object.assign(focus, { is: true, visible: 'visible' })
    happens('focus')
    await page.tick(2_000)
    expect(usage.now().engagedMs).toBe(5_000)
  })

  it('V12 begins anew with another view', async () => {
    const usage = watchUsage(end.signal)
    await page.tick(3_000)
    usage.anew()
    await page.tick(1_000)
    expect(usage.now().engagedMs).toBe(1_000)
  })
})

describe('scroll depth', () => {
  it('V12 is the deepest so far, measured once a frame', async () => {
    const frames = vi.fn((run: () => void) => setTimeout(run, 16))
    vi.stubGlobal('requestAnimationFrame', frames)
    scrolled(0, 2_000)
    const usage = watchUsage(end.signal)
    await page.tick(20)
    expect(usage.now().scroll).toBe(25)
    frames.mockClear()
    for (const to of [100, 600, 500]) scrolled(to, 2_000)
    expect(frames).toHaveBeenCalledTimes(1)
    scrolled(1_000, 2_000)
    await page.tick(20)
    scrolled(0, 2_000)
    await page.tick(20)
    expect(usage.now().scroll).toBe(75)
  })
})

describe('a page made ready ahead', () => {
  it('V17 counts from when it is shown', async () => {
    Object.defineProperty(page.window.document, 'prerendering', { value: true, configurable: true })
    const run = vi.fn()
    whenIdle(end.signal, run)
    await page.tick(10_000)
    expect(run).not.toHaveBeenCalled()
    document.dispatchEvent(new window.Event('prerenderingchange'))
    await page.tick(1_000)
    expect(run).toHaveBeenCalledTimes(1)
  })
})

describe('events of a page', () => {
  function tracking() {
    const told: { name: string; times?: number; properties?: object }[] = []
    const line = { isOnline: true, answer: success({}) as Result<never> }
    const ask: Ask = async (_, input) => {
      if (line.answer.ok) told.push({ name: '', ...input })
      return line.answer
    }
    return {
      told,
      line,
      tracked: createTracked({ ask, isOnline: () => line.isOnline, warn: () => undefined }),
    }
  }

  it('V14 ten thousand of them cost few frames, and none of the count is lost', async () => {
    const { told, tracked } = tracking()
    for (let n = 0; n < 10_000; n++) tracked.add('moved', { n })
    await page.tick(10_000)
    expect(told.length).toBeLessThan(50)
    expect(told.reduce((sum, { times: more = 1 }) => sum + more, 0)).toBe(10_000)
    expect(told.at(-1)?.properties).toEqual({ n: 9_999 })
  })

  it('V14 few of them go one by one, in their order, with their own properties', () => {
    const { told, tracked } = tracking()
    for (const n of [1, 2, 3]) tracked.add('seen', { n })
    expect(told.map(({ properties }) => properties)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
  })

  it('V14 are told again, in time, where the server did not answer', async () => {
    const { told, line, tracked } = tracking()
    line.answer = failure('unavailable', 'the connection was lost')
    tracked.add('order', { value: 9 })
    await page.tick(times.retryFirst - 1)
    line.answer = success({}) as Result<never>
    expect(told).toEqual([])
    await page.tick(1)
    expect(told).toEqual([{ name: 'order', properties: { value: 9 } }])
  })

  it('V14 wait for a connection, and so many names wait at most', () => {
    const { told, line, tracked } = tracking()
    line.isOnline = false
    const many = () => {
      for (let n = 0; n < 1_000; n++) tracked.add(`name ${n}`, {})
    }
    expect(many).toThrow(RangeError)
    line.isOnline = true
    tracked.flush()
    expect(told[0]?.name).toBe('name 0')
  })
})
