import { limits } from '../../../shared/limits.ts'
import { isLookedAt, type Visit } from './visit.ts'
import { noteEvent } from './visit-told.ts'

/**
 * Two tabs of one browser, of which one did not know yet whose it is: what was seen in it becomes part of the other
 * visit, but for the view on its screen, which is carried over as it is. In memory only, as it was.
 */
export function joinVisit(from: Visit, to: Visit): void {
  if (from.quietSince !== null) to.quietSince = Math.max(from.quietSince, to.quietSince ?? 0)
  if (!isLookedAt(from) || !isLookedAt(to)) return
  const shown = from.tabs.at(-1)?.view
  const seen = from.trail.filter((view) => view !== shown)
  if (from.startedAt < to.startedAt) Object.assign(to, { startedAt: from.startedAt, landing: from.landing })
  to.trail = [...to.trail, ...seen].sort((a, b) => a.at - b.at).slice(-limits.trailLength)
  to.pageViews += Math.max(0, from.pageViews - (shown ? 1 : 0))
  to.engagedMs += from.engagedMs
  for (const [name, { count, at, properties }] of from.events ?? [])
    noteEvent(to, { name, properties, times: count }, at)
}
