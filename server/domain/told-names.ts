import type { SiteId } from '../../shared/ids.ts'
import type { ToldNames } from '../history/past.ts'
import type { LiveVisits } from './visits/live-visits.ts'

/** By what names pages have told of events and of visitors who are in memory. */
export function toldHere(visits: Pick<LiveVisits, 'everybody'>, siteId: SiteId): ToldNames {
  const [events, attributes] = [new Set<string>(), new Set<string>()]
  for (const visit of visits.everybody()) {
    if (visit.siteId !== siteId) continue
    for (const name of visit.events?.keys() ?? []) events.add(name)
    for (const name of Object.keys(visit.attributes ?? {})) attributes.add(name)
  }
  return { events: [...events].sort(), attributes: [...attributes].sort() }
}
