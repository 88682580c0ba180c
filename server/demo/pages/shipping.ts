import type { Locale } from '../../../shared/locale.ts'
import { type Page, texts } from '../layout.ts'
import { html } from '../markup.ts'

export function shippingPage(locale: Locale): Page {
  const { title, heading, lead, passages } = texts[locale].shipping
  const body = html`
<section class="opening"><h1>${heading}</h1><p class="lead">${lead}</p></section>
<section class="passages">${passages.map(({ heading, body }) => html`<div><h2>${heading}</h2><p>${body}</p></div>`)}</section>`
  return { locale, path: 'shipping', title, body }
}
