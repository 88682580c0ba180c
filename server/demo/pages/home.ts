import type { Locale } from '../../../shared/locale.ts'
import { niche } from '../art.ts'
import { type Page, texts } from '../layout.ts'
import { html } from '../markup.ts'
import { address } from '../shop.ts'
import { card } from './card.ts'

export function homePage(locale: Locale): Page {
  const { home } = texts[locale]
  const body = html`
<section class="hero">
  <div class="hero-words">
    <h1>${home.heading}</h1>
    <p class="lead">${home.lead}</p>
    <p class="actions">
      <a class="button" href="${address(locale, 'collection')}">${home.browse}</a>
      <a class="button quiet" href="${address(locale, 'pricing')}">${home.learn}</a>
    </p>
  </div>
  ${niche}
</section>
<section class="band">
  <div class="row"><h2>${home.featured}</h2><a href="${address(locale, 'collection')}">${home.all}</a></div>
  <ul class="cards">${(['cypress-vase', 'dawn-bowl', 'pomegranate-plate'] as const).map((slug) => card(slug, locale))}</ul>
</section>
<section class="story"><h2>${home.story.heading}</h2><p>${home.story.body}</p></section>
<section class="promises">${home.promises.map(({ heading, body }) => html`<div><h3>${heading}</h3><p>${body}</p></div>`)}</section>`
  return { locale, path: '', title: home.title, body }
}
