import { createHmac, timingSafeEqual } from 'node:crypto'
import type { SiteId } from '../../../shared/ids.ts'
import type { Clock, Random } from '../ports.ts'

/** Lets a page of this site ask why its rules speak or do not, while somebody sets it up. */
export interface WhyKeys {
  /** `until`: ms. */
  issue(siteId: SiteId): { key: string; until: number }
  holds(key: string, siteId: SiteId): boolean
}

const lasts = 30 * 60_000

/** Nothing is kept of them but a secret in memory: with the process, all of them end. */
export function createWhyKeys({ clock, random }: { clock: Clock; random: Random }): WhyKeys {
  const secret = random.bytes(32)
  const sealed = (siteId: SiteId, until: string): string => {
    const seal = createHmac('sha256', secret).update(`${siteId} ${until}`).digest('base64url')
    return `${until}.${seal}`
  }
  return {
    issue(siteId) {
      const until = clock.now() + lasts
      return { key: sealed(siteId, until.toString(36)), until }
    },
    holds(key, siteId) {
      const [until = ''] = key.split('.', 1)
      const [told, right] = [Buffer.from(key), Buffer.from(sealed(siteId, until))]
      const isRight = told.length === right.length && timingSafeEqual(told, right)
      return isRight && Number.parseInt(until, 36) > clock.now()
    },
  }
}
