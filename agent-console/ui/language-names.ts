import type { Locale } from '../../shared/locale.ts'

/** Each language by its own name: whoever looks for theirs can read no other. */
export const languageNames: Record<Locale, string> = { en: 'English', ar: 'العربية', fa: 'فارسی' }
