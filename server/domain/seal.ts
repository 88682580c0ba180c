import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Random } from './ports.ts'

/** Signs what somebody takes along and brings back. */
export interface Seal {
  /** `until` in ms; `about` is not in it, and has to be said again. */
  issue(about: string, until: number): string
  /** Until when it holds, ms; null when it is none of ours, or about something else. */
  read(key: string, about: string): number | null
}

/** Nothing is kept of what was signed but a secret in memory: with the process, all of it ends. */
export function createSeal(random: Random): Seal {
  const secret = random.bytes(32)
  const sealed = (about: string, until: string): string => {
    const seal = createHmac('sha256', secret).update(`${about} ${until}`).digest('base64url')
    return `${until}.${seal}`
  }
  return {
    issue: (about, until) => sealed(about, until.toString(36)),
    read(key, about) {
      const [until = ''] = key.split('.', 1)
      const [told, right] = [Buffer.from(key), Buffer.from(sealed(about, until))]
      const isRight = told.length === right.length && timingSafeEqual(told, right)
      return isRight ? Number.parseInt(until, 36) : null
    },
  }
}
