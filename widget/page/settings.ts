import type { SiteKey } from '../../shared/ids.ts'

/** What the page decides about its chat, by data attributes or by `boot`. Unknown values count as not given. */
export interface Settings {
  site: SiteKey
  /** A tag such as `fa-IR`; who needs a language takes the nearest. */
  locale: string
  /** `start` or `end`; otherwise as the site's owner chose. */
  side?: string
  /** `granted` or `denied`; otherwise `essential`. */
  consent?: string
  /** `hidden`; otherwise shown. */
  launcher?: string
  /** `light` or `dark`; otherwise as the browser prefers. */
  theme?: string
}

/** A page that names no site is told so by the server. */
export const readSettings = (given: Record<string, string | undefined>): Settings =>
  ({ locale: document.documentElement.lang || navigator.language, ...given }) as { locale: string } & Settings

/** Gives a string this page made or was configured with the brand it stands for; the server checks it. */
export function mint<Brand extends string>(value: string): Brand {
  // A declared function that only hands its argument on is left out by the bundler.
  return value as Brand
}
