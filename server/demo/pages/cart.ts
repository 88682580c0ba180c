import { formatTag, type Locale } from '../../../shared/locale.ts'
import { drawing } from '../art.ts'
import { type Page, texts } from '../layout.ts'
import { html, type Markup } from '../markup.ts'
import { address, currencies, formatPrice, type Slug, slugs, wares } from '../shop.ts'

/** Every ware is in the page, hidden; the shop's script shows those that were chosen. */
export function cartPage(locale: Locale): Page {
  const { cart, home } = texts[locale]
  const body = html`
<section class="opening"><h1>${cart.heading}</h1></section>
<div class="cart" data-cart data-format="${formatTag(locale)}" data-currency="${currencies[locale]}">
  <div data-cart-empty><p class="lead">${cart.empty}</p>
    <p class="actions"><a class="button" href="${address(locale, 'collection')}">${home.browse}</a></p></div>
  <ul class="lines">${slugs.map((slug) => line(locale, slug))}</ul>
  <div class="sum" data-cart-sum hidden>
    <p><span>${cart.total}</span> <strong data-cart-total>${formatPrice(0, locale)}</strong></p>
    <p class="actions"><button class="button" type="button" data-pay>${cart.pay}</button></p>
    <p class="note" data-cart-note hidden role="status">${cart.note}</p>
  </div>
</div>`
  return { locale, path: 'cart', title: cart.title, body }
}

function line(locale: Locale, slug: Slug): Markup {
  const { cart, wares: names } = texts[locale]
  const amount = wares[slug].price[locale]
  return html`<li data-line="${slug}" data-amount="${amount}" hidden>
  ${drawing(slug)}
  <div><h2><a href="${address(locale, `products/${slug}`)}">${names[slug].name}</a></h2>
    <p>${cart.quantity}: <span data-quantity></span></p></div>
  <p class="price">${formatPrice(amount, locale)}</p>
  <button class="button quiet" type="button" data-remove="${slug}">${cart.remove}</button>
</li>`
}
