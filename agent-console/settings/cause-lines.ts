import type { NamedCause } from '../../shared/follow-up.ts'
import { type Locale, localText } from '../../shared/locale.ts'

/** One a line, by its code and its name in this language. */
export const listedCauses = (all: readonly NamedCause[], locale: Locale): string =>
  all.map(({ id, name }) => `${id}: ${localText(name, locale)}`).join('\n')

/** As people write them; the names in other languages stay, and who gives no code gets one. */
export function readCauses(text: string, held: readonly NamedCause[], locale: Locale): NamedCause[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const codes = new Set(lines.flatMap((line) => codeIn(line) ?? []))
  let next = 1
  const freshCode = (): string => {
    while (codes.has(`own-${next}`)) next++
    return `own-${next++}`
  }
  return lines.map((line) => {
    const code = codeIn(line)
    const name = (code ? line.slice(line.indexOf(':') + 1) : line).trim()
    const known = held.find(({ id }) => id === code)
    return { id: code ?? freshCode(), name: { ...known?.name, [locale]: name } }
  })
}

const codeIn = (line: string): string | null => /^\s*([a-z0-9-]{1,40})\s*:/.exec(line)?.[1] ?? null
