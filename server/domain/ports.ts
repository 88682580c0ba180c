/** What the domain asks of the outside. Passed in at the composition root, so tests move time by hand. */

export interface Clock {
  /** ms since 1970, UTC. */
  now(): number
  /** Calls `run` once after `ms`; the returned function cancels it. */
  after(ms: number, run: () => void): () => void
}

export interface Random {
  bytes(length: number): Uint8Array
}

/** One JSON line an event. Values under secret-looking keys are redacted before they are written. */
export interface Log {
  debug(event: string, details?: object): void
  info(event: string, details?: object): void
  warn(event: string, details?: object): void
  error(event: string, details?: object): void
}
