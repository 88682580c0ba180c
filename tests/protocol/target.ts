import type { Garbage } from '../support/garbage.ts'

/** Something that can be thrown at. */
export interface Target {
  name: string
  /** How many of every hundred and forty payloads it gets. */
  share: number
  /** The events or routes that got something so far. */
  hit: Set<string>
  /** Throws one payload; answers what was wrong with the reaction, or null. */
  throwOne(garbage: Garbage): Promise<string | null>
  close(): void
}

export const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value)
