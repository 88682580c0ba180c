import { type Locale, locales } from '../../../shared/locale.ts'
import { texts } from '../layout.ts'
import { allPages } from '../pages/pages.ts'
import type { Chance } from '../seeding/chance.ts'
import { dialogues } from '../seeding/dialogues.ts'
import { names } from '../seeding/people.ts'
import { address } from '../shop.ts'

interface View {
  url: string
  title: string
  referrer: string
}

/** What one visitor will do. */
export interface Part {
  locale: Locale
  device: 'desktop' | 'phone'
  /** Given before writing; null for those who stay nameless. */
  name: string | null
  trail: readonly [View, ...View[]]
  /** What they write, should they write at all. */
  lines: readonly string[]
}

const pages = Object.fromEntries(
  locales.map((locale) => [locale, allPages().filter((page) => page.locale === locale)]),
)

/** Chance decides who comes: most look around, some write. */
export function castPart(chance: Chance, origin: string): Part {
  const locale = chance.pick<Locale>(['en', 'ar', 'fa'])
  const view = (path: string, title: string): View => ({
    url: origin + address(locale, path),
    title,
    referrer: '',
  })
  const home = view('', texts[locale].home.title)
  const others = Array.from({ length: chance.between(1, 7) }, () => {
    const of = pages[locale] ?? []
    const page = of[chance.between(0, of.length - 1)]
    return page ? view(page.path, page.title) : home
  })
  const trail: View[] = [home, ...others].map((one, i, all) => ({ ...one, referrer: all[i - 1]?.url ?? '' }))
  const [landing = home, ...rest] = trail
  return {
    locale,
    device: chance.happens(0.4) ? 'phone' : 'desktop',
    name: chance.happens(0.6) ? chance.pick(names[locale]) : null,
    trail: [landing, ...rest],
    lines: chance.happens(0.22) ? linesOf(chance, locale) : [],
  }
}

function linesOf(chance: Chance, locale: Locale): string[] {
  const ware = texts[locale].wares['dawn-bowl'].name
  return chance
    .pick(dialogues[locale])
    .filter((line) => line.startsWith('v:'))
    .map((line) => line.slice(2).replace('{ware}', ware))
}
