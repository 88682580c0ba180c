import type { Locale } from '../../../shared/locale.ts'
import { type Page, texts } from '../layout.ts'
import { html, type Markup } from '../markup.ts'
import { formatPrice } from '../shop.ts'
import type { Plan, ShopTexts } from '../texts/texts.ts'

/** Three offers side by side; the page on which visitors hesitate. */
export function workshopsPage(locale: Locale): Page {
  const { workshops } = texts[locale]
  const body = html`
<section class="opening"><h1>${workshops.heading}</h1><p class="lead">${workshops.lead}</p></section>
<section class="plans">${workshops.plans.map((plan, i) => offer(plan, locale, i === 1 ? workshops.popular : null))}</section>
<section class="passages"><h2 class="wide">${workshops.questions}</h2>
  ${workshops.answers.map(({ heading, body }) => html`<div><h3>${heading}</h3><p>${body}</p></div>`)}</section>`
  return { locale, path: 'pricing', title: workshops.title, body }
}

function offer(plan: Plan, locale: Locale, badge: string | null): Markup {
  const { workshops }: ShopTexts = texts[locale]
  return html`<article class="plan${badge ? ' chosen' : ''}">
  ${badge && html`<p class="badge">${badge}</p>`}
  <h2>${plan.name}</h2><p>${plan.line}</p>
  <p class="price large">${formatPrice(plan.price, locale)} <small>${workshops.person}</small></p>
  <ul>${plan.items.map((item) => html`<li>${item}</li>`)}</ul>
  <p class="actions"><button class="button${badge ? '' : ' quiet'}" type="button" data-ask>${workshops.book}</button></p>
</article>`
}
