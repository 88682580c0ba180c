import { onOneLine } from '../../shared/text/unseen.ts'
import type { Words } from './words.ts'

/** What somebody is called: by name, else by a friendly stable one made from their id. */
export const visitorName = (words: Words, person: { name: string | null; id: string }): string =>
  person.name?.trim() || words.t('visitorUnnamed', { code: codeOf(person.id) })

/** The last characters of an id are its random part. */
const codeOf = (id: string): string => id.slice(-3).toUpperCase()

/** One of eight hues, the same for the same id. */
export function hueOf(id: string): number {
  let sum = 0
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) >>> 0
  return sum % 8
}

/** Path of an address for showing; the whole of it when it cannot be read. */
export function pathOf(url: string): string {
  try {
    const { pathname, search } = new URL(url)
    // Decoding brings back what was kept out of every other line.
    return onOneLine(decodeURI(pathname)) + search
  } catch {
    return url
  }
}

export function hostOf(url: string): string {
  try {
    return new URL(url).host
  } catch {
    return url
  }
}
