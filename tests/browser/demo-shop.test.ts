import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { useConsoleGuard } from '../support/console-guard.ts'
import { openWorld, type World } from '../support/world.ts'

const guard = useConsoleGuard()
let world: World
let browser: Browser
let context: BrowserContext
let page: Page

beforeAll(async () => {
  world = await openWorld()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await world.close()
})
beforeEach(async () => {
  context = await browser.newContext()
  guard.watch(context)
  page = await context.newPage()
})
afterEach(() => context.close())

const visit = (path: string) => page.goto(`${world.url}${path}`)

describe('the demo shop', () => {
  it('moves through its collection without loading a page, the title following a moment later', async () => {
    await visit('/demo/collection/')
    await page.evaluate(() => document.body.setAttribute('data-loaded', 'once'))
    await page.getByRole('link', { name: 'Vases' }).click()
    await page.waitForURL('**/demo/collection/vase/')
    await page.waitForFunction(() => document.title.startsWith('Vases'))
    expect(await page.locator('.card:visible h3').allTextContents()).toEqual(['Cypress vase', 'Moon jar'])
    await page.goBack()
    await page.waitForFunction(() => document.title.startsWith('Collection'))
    expect(await page.locator('.card:visible').count()).toBe(6)
    expect(await page.getAttribute('body', 'data-loaded')).toBe('once')
  })

  it('keeps a cart for the tab, once something was put in', async () => {
    await visit('/demo/fa/products/moon-jar/')
    expect(await page.evaluate(() => sessionStorage.length + localStorage.length)).toBe(0)
    await page.getByRole('button', { name: 'افزودن به سبد' }).click()
    await page.getByRole('button', { name: 'در سبد شماست' }).click()
    await page.getByRole('link', { name: /سبد خرید/ }).click()
    expect(await page.locator('[data-cart-total]').textContent()).toContain('۲۴٬۰۰۰٬۰۰۰')
    await page.getByRole('button', { name: 'برداشتن' }).click()
    expect(await page.getByText('هنوز چیزی اینجا نیست').isVisible()).toBe(true)
  })

  it('leads from a page to the same page in another language', async () => {
    await visit('/demo/pricing/')
    await page.getByRole('link', { name: 'العربية' }).click()
    expect(new URL(page.url()).pathname).toBe('/demo/ar/pricing/')
    expect(await page.getAttribute('html', 'dir')).toBe('rtl')
  })

  it.each([320, 390, 1440])('fits a screen of %i pixels', async (width) => {
    await page.setViewportSize({ width, height: 800 })
    for (const path of ['/demo/', '/demo/fa/products/dawn-bowl/', '/demo/ar/pricing/', '/demo/cart/']) {
      await visit(path)
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(wider, path).toBeLessThanOrEqual(0)
    }
  })
})
