import type { Locale } from '../../../shared/locale.ts'
import { drawing } from '../art.ts'
import { texts } from '../layout.ts'
import { html, type Markup } from '../markup.ts'
import { address, formatPrice, type Slug, wares } from '../shop.ts'

/** A ware on a shelf. `hidden` ones wait for the finder to show them. */
export function card(slug: Slug, locale: Locale, hidden = false): Markup {
  const { name, line } = texts[locale].wares[slug]
  const { kind, price } = wares[slug]
  return html`<li class="card" data-kind="${kind}"${hidden ? html` hidden` : null}>
  <a href="${address(locale, `products/${slug}`)}">
    ${drawing(slug)}
    <h3>${name}</h3><p>${line}</p><p class="price">${formatPrice(price[locale], locale)}</p>
  </a>
</li>`
}
