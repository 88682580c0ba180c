import { createHash, createHmac } from 'node:crypto'
import type { SiteId, VisitorToken } from '../../shared/ids.ts'
import { day } from '../../shared/limits.ts'
import type { PageView } from '../../shared/visitor.ts'
import type { Caller } from './domain.ts'
import type { Clock, Random } from './ports.ts'
import { lastView, type Visit } from './visit.ts'

/** Tokens are 256 random bits, so a plain hash cannot be searched. */
export const hashToken = (token: VisitorToken): string =>
  createHash('sha256').update(token).digest('base64url')

/**
 * Recognises the next page of somebody who keeps nothing on their device. The key lives in memory
 * for one UTC day, so yesterday's hashes lead back to nobody, not even for us.
 */
export function createStitchingKey({ clock, random }: { clock: Clock; random: Random }) {
  let today = Number.NaN
  let key: Uint8Array = new Uint8Array()
  return (siteId: SiteId, caller: Caller): string => {
    const now = Math.floor(clock.now() / day)
    if (now !== today) {
      today = now
      key = random.bytes(32)
    }
    return createHmac('sha256', key)
      .update(`${siteId}\n${caller.address}\n${caller.userAgent}`)
      .digest('base64url')
  }
}

/**
 * Which of the visits behind one address this view goes on from: people who share an address and a
 * browser differ in the page they come from. None when it comes from elsewhere.
 */
export function continues(visits: Iterable<Visit>, view: PageView): Visit | null {
  const from = pathOf(view.referrer)
  if (from === '' || originOf(view.referrer) !== originOf(view.url)) return null
  let best: Visit | null = null
  let bestRank = 0
  for (const visit of visits) {
    const rank = nearness(visit, from)
    if (rank > bestRank || (rank > 0 && rank === bestRank && best && visit.seenAt > best.seenAt)) {
      best = visit
      bestRank = rank
    }
  }
  return best
}

function nearness(visit: Visit, from: string): number {
  if (pathOf(lastView(visit)?.url ?? '') === from) return 2
  return visit.trail.some((seen) => pathOf(seen.url) === from) ? 1 : 0
}

const pathOf = (url: string): string => url.split(/[?#]/, 1)[0] ?? ''
const originOf = (url: string): string => url.split('/', 3).join('/')
