import type { Roster } from '../../shared/roster.ts'
import type { LiveVisitor } from '../../shared/visitor.ts'
import { pathOf } from '../ui/person.ts'

/** The people on the site, the latest arrival first: an order that does not change while they stay. */
export const arrivalOrder = (roster: Roster): LiveVisitor[] =>
  [...roster.values()]
    .filter((one) => one.state !== 'gone')
    .sort((a, b) => b.startedAt - a.startedAt || (a.visitId < b.visitId ? 1 : -1))

export const pageKey = (visitor: LiveVisitor): string => pathOf(visitor.page.url).replace(/\?.*$/, '')

const most = 6

/** The pages most people are on, and the chosen one even when nobody is there any more. */
export function busiestPages(roster: Roster, chosen: string | null): { path: string; n: number }[] {
  const counts = new Map<string, number>()
  for (const one of arrivalOrder(roster)) counts.set(pageKey(one), (counts.get(pageKey(one)) ?? 0) + 1)
  const pages = [...counts].map(([path, n]) => ({ path, n }))
  pages.sort((a, b) => b.n - a.n || (a.path < b.path ? -1 : 1))
  const shown = pages.slice(0, most)
  if (chosen !== null && !shown.some(({ path }) => path === chosen))
    shown.push({ path: chosen, n: counts.get(chosen) ?? 0 })
  return shown
}
