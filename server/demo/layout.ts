import { direction, type Locale, locales } from '../../shared/locale.ts'
import { emblem } from './art.ts'
import { type Content, html, type Markup } from './markup.ts'
import { address } from './shop.ts'
import { ar } from './texts/ar.ts'
import { en } from './texts/en.ts'
import { fa } from './texts/fa.ts'
import type { ShopTexts } from './texts/texts.ts'

export const texts: Record<Locale, ShopTexts> = { en, ar, fa }

/** A page of the shop in one language. */
export interface Page {
  locale: Locale
  /** Below the language's own root, such as `collection/vases`; empty for the home page. */
  path: string
  title: string
  body: Content
}

const doctype = '<!doctype html>\n'

/** The whole document. The chat's tag is the one line a real shop would add. */
export function renderPage(page: Page): string {
  const { locale, title, body } = page
  const words = texts[locale]
  const document = html`<html lang="${locale}" dir="${direction(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="/demo/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/demo/style.css">
<script type="module" src="/demo/shop.js"></script>
<script async src="/widget.js" data-site="demo"></script>
</head>
<body>
<a class="skip" href="#content">${words.skip}</a>
${header(page, words)}
<main id="content" tabindex="-1">${body}</main>
${footer(words)}
</body>
</html>
`
  return doctype + document.source
}

function header({ locale, path }: Page, words: ShopTexts): Markup {
  const item = (page: string, name: string): Markup => {
    const current = path.split('/')[0] === page ? html` aria-current="page"` : null
    return html`<li><a href="${address(locale, page)}"${current}>${name}</a></li>`
  }
  return html`<header class="head">
  <a class="brand" href="${address(locale)}">${emblem}<span>${words.brand}</span></a>
  <nav class="menu" aria-label="${words.menu}"><ul>
    ${item('collection', words.nav.collection)}${item('pricing', words.nav.workshops)}${item('shipping', words.nav.shipping)}
  </ul></nav>
  <nav class="languages" aria-label="${words.languages}"><ul>${locales.map((other) => languageLink(other, locale, path))}</ul></nav>
  <a class="cart-link" href="${address(locale, 'cart')}">${words.nav.cart} <span data-cart-count hidden></span></a>
</header>`
}

function languageLink(other: Locale, current: Locale, path: string): Markup {
  const here = other === current ? html` aria-current="true"` : null
  return html`<li><a href="${address(other, path)}" lang="${other}" hreflang="${other}"${here}>${texts[other].language}</a></li>`
}

const footer = (words: ShopTexts): Markup => html`<footer class="foot">
  <p>${words.footer.line}</p><p>${words.footer.note}</p>
</footer>`
