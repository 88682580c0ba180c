import { describe, expect, it } from 'vitest'
import { renderPage } from '../../../server/demo/layout.ts'
import { html } from '../../../server/demo/markup.ts'
import { allPages } from '../../../server/demo/pages/pages.ts'
import { address, formatPrice } from '../../../server/demo/shop.ts'

const pages = allPages()
const addresses = new Set(pages.map(({ locale, path }) => address(locale, path)))

describe('the templates', () => {
  it('escape what they are given, in text and in attributes', () => {
    const hostile = `"><script>alert('1')</script>&`
    expect(html`<a title="${hostile}">${[hostile]}</a>`.source).not.toMatch(/<script|"">|'1'/)
  })

  it('pass markup of their own on, and leave null out', () => {
    expect(html`<ul>${[1, 2].map((one) => html`<li>${one}</li>`)}${null}</ul>`.source).toBe(
      '<ul><li>1</li><li>2</li></ul>',
    )
  })
})

describe('the shop', () => {
  it('has the same pages in three languages', () => {
    const paths = (locale: string): string[] =>
      pages.filter((page) => page.locale === locale).map(({ path }) => path)
    expect(paths('ar')).toEqual(paths('en'))
    expect(paths('fa')).toEqual(paths('en'))
    expect(paths('en').length).toBeGreaterThan(10)
  })

  it('tells its language and direction, and brings the chat by one tag', () => {
    const [persian] = pages.filter(({ locale }) => locale === 'fa')
    const document = persian ? renderPage(persian) : ''
    expect(document).toMatch(/^<!doctype html>\n<html lang="fa" dir="rtl">/)
    expect(document).toContain('<script async src="/widget.js" data-site="demo"></script>')
  })

  it.each(pages.map((page) => [address(page.locale, page.path), page] as const))(
    'links from %s only to pages it has, and keeps a strict policy',
    (_, page) => {
      const document = renderPage(page)
      const links = [...document.matchAll(/ href="(\/demo\/[^".]*)"/g)].map((match) => match[1])
      expect(links.filter((link) => !addresses.has(link ?? ''))).toEqual([])
      expect(document).not.toMatch(/ style="| on\w+="|<style|<script>|https?:\/\//)
    },
  )

  it('writes prices as their readers do', () => {
    expect(formatPrice(1_575, 'en')).toBe('$1,575')
    expect(formatPrice(1_575, 'ar')).toContain('١٬٥٧٥')
    expect(formatPrice(4_800_000, 'fa')).toContain('۴٬۸۰۰٬۰۰۰')
  })
})
