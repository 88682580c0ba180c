import { randomBytes, randomUUID } from 'node:crypto'
import * as v from 'valibot'
import { ClientId, PageId, VisitorToken } from '../../shared/ids.ts'

export const aToken = (): VisitorToken => v.parse(VisitorToken, randomBytes(32).toString('base64url'))
export const aPage = (): PageId => v.parse(PageId, randomBytes(16).toString('base64url'))
export const aClientId = (): ClientId => v.parse(ClientId, randomUUID())

/** Numbers in [0, 1) that a seed repeats (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
