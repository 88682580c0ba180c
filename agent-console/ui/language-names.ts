import type { Locale } from '../../shared/locale.ts'
import type { Words } from './words.ts'

/** Each language by its own name: whoever looks for theirs can read no other. */
export const languageNames: Record<Locale, string> = { en: 'English', ar: 'العربية', fa: 'فارسی' }

/** What a browser's language is called here; its tag where that is no language at all. */
export function languageOf(words: Words, tag: string): string {
  try {
    return new Intl.DisplayNames(words.tag, { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}
