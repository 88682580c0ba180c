import type { Locale } from '../../../shared/locale.ts'
import { type Page, texts } from '../layout.ts'
import { html, type Markup } from '../markup.ts'
import { address, type Kind, kinds, slugs, wares } from '../shop.ts'
import { card } from './card.ts'

/**
 * The finder: a page for every kind, so that each address works by itself; once loaded,
 * the shop's script moves between them by `pushState`.
 */
export function collectionPage(locale: Locale, shown: Kind | null): Page {
  const { collection } = texts[locale]
  const body = html`
<section class="opening"><h1>${collection.heading}</h1><p class="lead">${collection.lead}</p></section>
<nav class="finder" aria-label="${collection.filter}"><ul>
  ${[null, ...kinds].map((kind) => finderLink(locale, kind, shown))}
</ul></nav>
<ul class="cards" data-finder>${slugs.map((slug) => card(slug, locale, shown !== null && wares[slug].kind !== shown))}</ul>`
  return { locale, path: pathOf(shown), title: titleOf(locale, shown), body }
}

const pathOf = (kind: Kind | null): string => (kind ? `collection/${kind}` : 'collection')

function titleOf(locale: Locale, kind: Kind | null): string {
  const { collection } = texts[locale]
  return kind ? `${collection.kinds[kind]} · ${collection.title}` : collection.title
}

function finderLink(locale: Locale, kind: Kind | null, shown: Kind | null): Markup {
  const { collection } = texts[locale]
  const current = kind === shown ? html` aria-current="page"` : null
  return html`<li><a href="${address(locale, pathOf(kind))}" data-show="${kind ?? ''}" data-title="${titleOf(locale, kind)}"${current}>${
    kind ? collection.kinds[kind] : collection.all
  }</a></li>`
}
