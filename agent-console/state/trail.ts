import type { VisitId } from '../../shared/ids.ts'
import { limits } from '../../shared/limits.ts'
import type { LiveVisitor, RecordedPageView } from '../../shared/visitor.ts'

/** A page somebody was on, and from when to when; `leftAt` null while they are there. */
export interface Step {
  url: string
  title: string
  at: number
  leftAt: number | null
}

/** The pages of each visit, oldest first, as far as this console has seen or asked. */
export type Trails = ReadonlyMap<VisitId, readonly Step[]>

/** Appends where somebody is now. The same page again only corrects its title. */
export function followVisitor(trails: Trails, visitor: LiveVisitor): Trails {
  const held = trails.get(visitor.visitId) ?? []
  const next = step(held, visitor)
  return next === held ? trails : new Map(trails).set(visitor.visitId, next)
}

/** Puts what the server remembers of a visit in place of what was gathered here. */
export function recallTrail(
  trails: Trails,
  visitor: LiveVisitor,
  views: readonly RecordedPageView[],
): Trails {
  const recorded = views
    .filter((view) => view.at >= visitor.startedAt)
    .map(({ url, title, at, leftAt }) => ({ url, title, at, leftAt }))
    .sort((a, b) => a.at - b.at)
  return new Map(trails).set(visitor.visitId, step(closeGaps(recorded), visitor))
}

function step(held: readonly Step[], { page, state }: LiveVisitor): readonly Step[] {
  const last = held.at(-1)
  const leftAt = state === 'gone' ? Math.max(page.at, last?.leftAt ?? page.at) : null
  if (!last) return [{ ...page, leftAt }]
  if (last.at > page.at) return held
  if (last.at === page.at || (last.url === page.url && last.leftAt === null)) {
    if (last.title === page.title && (last.leftAt === null) === (leftAt === null)) return held
    return [...held.slice(0, -1), { ...last, title: page.title, leftAt }]
  }
  return [...held.slice(0, -1), { ...last, leftAt: page.at }, { ...page, leftAt }].slice(-limits.trailLength)
}

const closeGaps = (steps: Step[]): Step[] =>
  steps.map((one, i) => ({ ...one, leftAt: one.leftAt ?? steps[i + 1]?.at ?? null }))

/** Without a page for this long a visit is over, ms: as the server counts it. */
const visitEnds = 30 * 60_000

/** Page views, newest first, as visits, newest first, each with its pages from the first on. */
export function visitsIn(views: readonly RecordedPageView[]): RecordedPageView[][] {
  const visits: RecordedPageView[][] = []
  for (const view of views) {
    const last = visits.at(-1)
    if (last?.[0] && last[0].at - (view.leftAt ?? view.at) < visitEnds) last.unshift(view)
    else visits.push([view])
  }
  return visits
}
