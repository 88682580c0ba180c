import { createHash, createHmac } from 'node:crypto'
import type { SiteId, VisitorToken } from '../../../shared/ids.ts'
import { day } from '../../../shared/limits.ts'
import type { PageView } from '../../../shared/visitor.ts'
import type { Caller } from '../domain.ts'
import type { Clock, Random } from '../ports.ts'
import { lastView, presence, type Visit } from './visit.ts'

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

/** The visits that have shown a page, whatever follows its path. */
type Shown = (url: string) => Iterable<Visit>

/**
 * Which of the visits behind one address this view goes on from: people who share an address and a
 * browser differ in the page they come from, or in having just left this very page (a reload).
 */
export function continues(shown: Shown, view: PageView, now: number): Visit | null {
  return best(comesFrom(shown, view)) ?? best(reloads(shown, view, now))
}

type Ranked = [visit: Visit, rank: number]

function comesFrom(shown: Shown, { url, referrer }: PageView): Ranked[] {
  if (pathOf(referrer) === '' || originOf(referrer) !== originOf(url)) return []
  const from = pathOf(referrer)
  return [...shown(referrer)].map((visit) => [visit, pathOf(lastView(visit)?.url ?? '') === from ? 2 : 1])
}

const reloads = (shown: Shown, view: PageView, now: number): Ranked[] =>
  [...shown(view.url)].filter((visit) => mayReload(visit, view, now)).map((visit) => [visit, 1])

/** The page was left and nothing opened since, or the whole visit has fallen silent on it. */
function mayReload(visit: Visit, { url, referrer }: PageView, now: number): boolean {
  const last = lastView(visit)
  const seen = visit.trail.findLast((one) => one.url === url && one.referrer === referrer)
  if (!last || !seen) return false
  if (seen !== last) return seen.leftAt !== null && seen.leftAt > last.at
  return (
    seen.leftAt !== null || (visit.sockets === 0 && (visit.connectedOnce || presence(visit, now) === 'gone'))
  )
}

function best(ranked: Ranked[]): Visit | null {
  let found: Ranked | null = null
  for (const one of ranked) if (!found || isNearer(one, found)) found = one
  return found?.[0] ?? null
}

const isNearer = ([visit, rank]: Ranked, [other, otherRank]: Ranked): boolean =>
  rank > otherRank || (rank === otherRank && visit.seenAt > other.seenAt)

export const pathOf = (url: string): string => url.split(/[?#]/, 1)[0] ?? ''
const originOf = (url: string): string => url.split('/', 3).join('/')
