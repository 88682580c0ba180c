import type { Locale } from '../../../shared/locale.ts'
import { drawing } from '../art.ts'
import { type Page, texts } from '../layout.ts'
import { html, type Markup } from '../markup.ts'
import { formatPrice, type Slug, slugs, wares } from '../shop.ts'
import { card } from './card.ts'

export function productPage(locale: Locale, slug: Slug): Page {
  const { ware, brand, wares: names } = texts[locale]
  const { name, line, story, size } = names[slug]
  const body = html`
<article class="product">
  <div class="plinth">${drawing(slug)}</div>
  <div class="about">
    <h1>${name}</h1>
    <p class="lead">${line}</p>
    <p class="price large">${formatPrice(wares[slug].price[locale], locale)}</p>
    <p>${story}</p>
    <p class="actions"><button class="button" type="button" data-add="${slug}" data-added="${ware.added}">${ware.add}</button></p>
    <dl>${fact(ware.size, size)}${fact(ware.care, ware.careText)}${fact(ware.delivery, ware.deliveryText)}</dl>
  </div>
</article>
<section class="band">
  <div class="row"><h2>${ware.related}</h2></div>
  <ul class="cards">${besides(slug).map((other) => card(other, locale))}</ul>
</section>`
  return { locale, path: `products/${slug}`, title: `${name} · ${brand}`, body }
}

const fact = (term: string, text: string): Markup => html`<dt>${term}</dt><dd>${text}</dd>`

/** The three that follow on the shelf, round its end. */
function besides(slug: Slug): Slug[] {
  const at = slugs.indexOf(slug)
  return [...slugs.slice(at + 1), ...slugs.slice(0, at)].slice(0, 3)
}
