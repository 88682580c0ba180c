import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core'
import { ensureChromium } from '../chromium.ts'
import { type Figure, figure, median } from './figures.ts'
import { startSubject } from './subject.ts'

const pairs = 7
/** Times slower than this machine: a phone of the lower middle class. */
const slowDown = 4

interface Cost {
  /** ms. */
  script: number
  /** ms of tasks beyond 50 ms each. */
  blocking: number
  /** Bytes after a collection. */
  heap: number
}

/** What the script tag costs a page before anybody clicks, over the same page without it. */
export async function measurePage(): Promise<Figure[]> {
  const house = await startSubject('house')
  const browser = await launch()
  try {
    const origin = `http://127.0.0.1:${house.hello.port}`
    const taken: { bare: Cost[]; chat: Cost[] } = { bare: [], chat: [] }
    for (let pair = 0; pair < pairs; pair++) {
      taken.bare.push(await costOf(browser, origin, bareHead))
      taken.chat.push(
        await costOf(browser, origin, `${bareHead}<script async src="/widget.js" data-site="demo">`),
      )
    }
    const added = (of: keyof Cost): number =>
      median(taken.chat.map((cost, i) => cost[of] - (taken.bare[i]?.[of] ?? 0)))
    const note = `added to a bare page before a click, processor slowed ${slowDown}×; median of ${pairs} pairs`
    return [
      figure('page.script', added('script'), 'ms', { note }),
      figure('page.blocking', added('blocking'), 'ms', { note }),
      figure('page.heap', added('heap'), 'bytes', { note }),
    ]
  } finally {
    await browser.close()
    await house.stop()
  }
}

const bareHead = '<!doctype html><html lang="en"><title>A page</title><link rel="icon" href="data:,">'

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

async function costOf(browser: Browser, origin: string, head: string): Promise<Cost> {
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    await page.route(`${origin}/measured`, (route) =>
      route.fulfill({ contentType: 'text/html', body: `${head}</script><h1>A page</h1>` }),
    )
    const cdp = await context.newCDPSession(page)
    await cdp.send('Performance.enable')
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowDown })
    await page.addInitScript(watchLongTasks)
    await page.goto(`${origin}/measured`)
    await page.waitForLoadState('networkidle')
    return {
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
