import type { ClientId } from '../../shared/ids.ts'

/** What the console's state asks of the browser. Passed in, so that tests move time by hand. */
export interface Clock {
  /** ms since 1970. */
  now(): number
  /** Calls `run` once after `ms`; the returned function cancels it. */
  after(ms: number, run: () => void): () => void
}

/** `localStorage` or what stands in for it; never throws. */
export interface Keep {
  read(key: string): string | null
  write(key: string, value: string | null): void
}

export interface Chance {
  clientId(): ClientId
  /** At least 0, less than 1. */
  share(): number
}
