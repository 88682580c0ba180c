import type { NamedCause } from '../../shared/follow-up.ts'
import { type Locale, localText } from '../../shared/locale.ts'

/** One a line, by its code and its name in this language. */
export const listedCauses = (all: readonly NamedCause[], locale: Locale): string =>
  all.map(({ id, name }) => `${id}: ${localText(name, locale)}`).join('\n')

interface Lines {
  text: string
  held: readonly NamedCause[]
  locale: Locale
  /** ms */
  now: number
}

/**
 * As people write them; the names in other languages stay. Who gives no code keeps that of the name, or gets one that
 * none has had before, removed or not: what was sorted under a code would else be called something else.
 */
export function readCauses({ text, held, locale, now }: Lines): NamedCause[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const codes = new Set(lines.flatMap((line) => codeIn(line) ?? []))
  const isThere = (code: string) => codes.has(code) || held.some(({ id }) => id === code)
  let next = now
  const codeFor = (name: string): string => {
    const known = held.find((one) => !codes.has(one.id) && localText(one.name, locale) === name)
    while (isThere(ownCode(next))) next++
    const code = known?.id ?? ownCode(next)
    codes.add(code)
    return code
  }
  return lines.map((line) => {
    const written = codeIn(line)
    const name = (written ? line.slice(line.indexOf(':') + 1) : line).trim()
    const id = written ?? codeFor(name)
    return { id, name: { ...held.find((one) => one.id === id)?.name, [locale]: name } }
  })
}

const ownCode = (number: number): string => `own-${number.toString(36)}`

const codeIn = (line: string): string | null => /^\s*([a-z0-9-]{1,40})\s*:/.exec(line)?.[1] ?? null
