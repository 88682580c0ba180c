import type { SiteId } from '../../../shared/ids.ts'
import type { Clock, Random } from '../ports.ts'
import { createSeal } from '../seal.ts'

/** Lets a page of this site ask why its rules speak or do not, while somebody sets it up. */
export interface WhyKeys {
  /** `until`: ms. */
  issue(siteId: SiteId): { key: string; until: number }
  holds(key: string, siteId: SiteId): boolean
}

const lasts = 30 * 60_000

export function createWhyKeys({ clock, random }: { clock: Clock; random: Random }): WhyKeys {
  const seal = createSeal(random)
  return {
    issue(siteId) {
      const until = clock.now() + lasts
      return { key: seal.issue(siteId, until), until }
    },
    holds: (key, siteId) => (seal.read(key, siteId) ?? 0) > clock.now(),
  }
}
