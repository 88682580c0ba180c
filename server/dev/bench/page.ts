import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core'
import { ensureChromium } from '../chromium.ts'
import { type Figure, figure, median } from './figures.ts'
import { openShop, staff } from './shop.ts'
import { type Hello, leaveFirstCore, startSubject, takeAllCores } from './subject.ts'
import type { WireSocket } from './wire-socket.ts'

const pairs = 15
/** Times slower than this machine: a phone of the lower middle class. */
const slowDown = 4
/** ms after the last request, in which what was begun comes to its end. */
const settles = 1_500

interface Cost {
  /** ms. */
  script: number
  /** ms of tasks beyond 50 ms each. */
  blocking: number
  /** Bytes after a collection. */
  heap: number
}

/**
 * What the script tag costs a page before anybody clicks, over the same page without it: where somebody can
 * answer and a rule waits, so that the socket is up and all that runs before a click has run; and, as
 * `quiet`, where nobody can and there is none.
 */
export async function measurePage(): Promise<Figure[]> {
  const [staffed, quiet] = [await measureHouse(staff), await measureHouse(async () => null)]
  const said = `added to a bare page before a click, processor slowed ${slowDown}×; median of ${pairs} pairs`
  const socket = { note: `${said}; somebody can answer and a rule waits` }
  const none = { note: `${said}; nobody can answer and there is no rule` }
  return [
    figure('page.script', staffed.script, 'ms', socket),
    figure('page.blocking', staffed.blocking, 'ms', socket),
    figure('page.heap', staffed.heap, 'bytes', socket),
    figure('page.quiet.script', quiet.script, 'ms', none),
    figure('page.quiet.blocking', quiet.blocking, 'ms', none),
    figure('page.quiet.heap', quiet.heap, 'bytes', none),
  ]
}

async function measureHouse(prepare: (house: Hello) => Promise<WireSocket | null>): Promise<Cost> {
  // A browser has several processes; on one core they would wait for each other, and not for the page.
  takeAllCores()
  const house = await startSubject('house')
  const [shop, browser] = [await openShop(house.hello), await launch()]
  const agent = await prepare(house.hello)
  try {
    const taken: { bare: Cost[]; chat: Cost[] } = { bare: [], chat: [] }
    // The first pair finds cold disks and is not counted.
    for (let pair = 0; pair <= pairs; pair++) {
      const [bare, chat] = [await costOf(browser, shop.bare), await costOf(browser, shop.chat)]
      if (chat.socket !== Boolean(agent)) throw new Error('The page was not measured with what it should do.')
      if (pair === 0) continue
      taken.bare.push(bare)
      taken.chat.push(chat)
    }
    const added = (of: keyof Cost): number =>
      median(taken.chat.map((cost, i) => cost[of] - (taken.bare[i]?.[of] ?? 0)))
    return { script: added('script'), blocking: added('blocking'), heap: added('heap') }
  } finally {
    agent?.close()
    await browser.close()
    shop.close()
    await house.stop()
    leaveFirstCore()
  }
}

const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: ensureChromium(),
    chromiumSandbox: process.getuid?.() !== 0,
    args: [
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })

/** `socket`: whether one was opened and its greeting answered. */
async function costOf(browser: Browser, address: string): Promise<Cost & { socket: boolean }> {
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    let socket = false
    page.on('websocket', (opened) =>
      opened.on('framereceived', ({ payload }) => {
        socket ||= String(payload).startsWith('43/visitor,')
      }),
    )
    const cdp = await context.newCDPSession(page)
    await cdp.send('Performance.enable')
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowDown })
    await page.addInitScript(watchLongTasks)
    await page.goto(address)
    await page.waitForLoadState('networkidle')
    await page.waitForTimeout(settles)
    return {
      socket,
      script: (await metric(cdp, 'ScriptDuration')) * 1_000,
      blocking: await blocking(page),
      heap: await heap(cdp),
    }
  } finally {
    await context.close()
  }
}

/** Runs in the page. */
function watchLongTasks(): void {
  const long: number[] = []
  Reflect.set(window, 'longTasks', long)
  new PerformanceObserver((list) => long.push(...list.getEntries().map((task) => task.duration))).observe({
    type: 'longtask',
    buffered: true,
  })
}

async function blocking(page: Page): Promise<number> {
  const long = await page.evaluate<number[]>('window.longTasks')
  return long.reduce((sum, duration) => sum + Math.max(0, duration - 50), 0)
}

async function heap(cdp: CDPSession): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage')
  await cdp.send('HeapProfiler.collectGarbage')
  return metric(cdp, 'JSHeapUsedSize')
}

async function metric(cdp: CDPSession, name: string): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics')
  return metrics.find((one) => one.name === name)?.value ?? Number.NaN
}
