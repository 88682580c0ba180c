import type { Visit } from '../../server/domain/visits/visit.ts'
import type { PageId, VisitorId } from '../../shared/ids.ts'

/** The page that is on the screen last. */
export function pageOf({ tabs }: Visit): PageId {
  const tab = tabs.at(-1)
  if (!tab) throw new Error('The visit has no page.')
  return tab.page
}

export function visitorOf({ visitorId }: Visit): VisitorId {
  if (!visitorId) throw new Error('Who consents is known.')
  return visitorId
}
