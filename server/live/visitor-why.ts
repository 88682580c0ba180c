import { failure, success } from '../../shared/result.ts'
import { fitting } from '../../shared/text/bytes.ts'
import type { VisitorHandlers } from './visitor-handlers.ts'
import type { World } from './world.ts'

/** What rules ask for is nobody's business but of those who set the site up. */
export const visitorWhy = ({
  domain: { proactive, whyKeys },
}: World): Pick<VisitorHandlers, 'rules:why'> => ({
  'rules:why': (seat, { key, seen }) => {
    const { visit, siteId, auth } = seat
    if (!seat.settingUp && !(key && whyKeys.holds(key, siteId)))
      return failure('forbidden', 'Ask with a key from the console, or from a page on this very machine.')
    const { click, elementSeen, ...rest } = seen
    const facts = {
      ...rest,
      click: click && new Set(click),
      elementSeen: elementSeen && new Set(elementSeen),
    }
    return success({ items: fitting(proactive.why(visit.id, auth.page, facts) ?? []) })
  },
})
