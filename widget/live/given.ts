import { limits } from '../../shared/limits.ts'
import type { Result } from '../../shared/result.ts'
import { characters } from '../../shared/text/characters.ts'
import type { EventProperties } from '../../shared/visitor.ts'

/** Of names of events, properties and tags. */
export const nameCharacters = 60

export function word(given: unknown, most = Number.POSITIVE_INFINITY): string {
  if (typeof given === 'string' && given.trim()) return short(given, most)
  throw new TypeError('needs a text')
}

/** What does not fit a frame would end the connection, and be said again on the next one. */
export function short(text: string, most: number): string {
  if (text.length > most && characters(text) > most)
    throw new RangeError(`must be at most ${most} characters`)
  return text
}

/** Flat and little: a page that hands over its whole state is told so, instead of sending it. */
export function propertiesOf(given: unknown): EventProperties {
  const entries = Object.entries(given ?? {})
  if (entries.length > limits.propertyCount)
    throw new RangeError(`more than ${limits.propertyCount} properties`)
  return Object.fromEntries(
    entries.map(([name, value]) => [short(name, nameCharacters), property(name, value)]),
  )
}

function property(name: string, value: unknown): string | number | boolean {
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return value
  if (typeof value !== 'string')
    throw new TypeError(`${name.slice(0, 60)} must be a text, a number or a boolean`)
  if (value.length > limits.propertyCharacters && characters(value) > limits.propertyCharacters)
    throw new RangeError(`${name.slice(0, 60)} must be at most ${limits.propertyCharacters} characters`)
  return value
}

/** The page's developer is told why something was not taken. */
export function warned(command: string, result: Result<object>): void {
  if (!result.ok) console.warn(`Ahlan: ${command}: ${result.error.path ?? ''} ${result.error.message}`)
}
