import { createHash } from 'node:crypto'

/** How many lines, and the SHA-256 of them all, each with its line feed. */
export interface Tally {
  lines: number
  sha256: string
}

export type Tallies = Readonly<Record<string, Tally>>

export interface Tallying {
  add(lines: readonly string[]): void
  result(): Tally
}

export function startTally(): Tallying {
  const hash = createHash('sha256')
  let lines = 0
  return {
    add(more) {
      lines += more.length
      for (const line of more) hash.update(`${line}\n`)
    },
    result: () => ({ lines, sha256: hash.copy().digest('hex') }),
  }
}

/** What differs, in words, or null. */
export function difference(expected: Tallies, found: Tallies): string | null {
  for (const [name, { lines, sha256 }] of Object.entries(expected)) {
    const other = found[name]
    if (!other) return `${name} are missing`
    if (other.lines !== lines) return `${lines} ${name} were expected and ${other.lines} found`
    if (other.sha256 !== sha256) return `the checksum of ${name} is another`
  }
  return null
}
