import type { Conversation } from '../../shared/conversation/conversation.ts'
import type { Command } from '../../shared/conversation/decide.ts'
import type { ConversationFacts } from '../../shared/conversation/facts.ts'
import { limits } from '../../shared/limits.ts'
import type { VisitorMessage } from './domain.ts'
import type { Log } from './ports.ts'
import type { Sorter } from './sorter.ts'
import type { LiveVisits } from './visits/live-visits.ts'
import { isLookedAt, lastView, type Visit } from './visits/visit.ts'

interface BeginningNeeds {
  visits: Pick<LiveVisits, 'byId' | 'ofVisitor'>
  sorter: Pick<Sorter, 'segmentsOf'>
  log: Log
}

type Said = Pick<VisitorMessage, 'visitId' | 'page'>

/**
 * Who begins an episode of a conversation, and where, to be asked when one begins; null for who is not on the site.
 * Nothing of it may cost a message.
 */
export const beginning =
  (needs: BeginningNeeds, command: Command, said?: Said) =>
  ({ visitorId }: Conversation): ConversationFacts | null => {
    try {
      const visitId = said?.visitId ?? needs.visits.ofVisitor(visitorId)?.visitId
      const visit = visitId && needs.visits.byId(visitId)
      if (!visit) return null
      const proactive = command.type === 'message' && command.invitation !== undefined
      return { ...whereabouts(visit, said), segments: needs.sorter.segmentsOf(visit), proactive }
    } catch (error) {
      needs.log.error('beginning:unknown', { error: String(error) })
      return null
    }
  }

function whereabouts(visit: Visit, said?: Said): Pick<ConversationFacts, 'language' | 'page' | 'device'> {
  const { language, locale, device } = visit
  // Who denied consent is not followed, not even to here.
  const shown = isLookedAt(visit) ? (said?.page ?? lastView(visit)) : undefined
  const page = shown ? withoutQuery(shown.url) : null
  return { language: (language ?? locale).slice(0, limits.localeCharacters), page, device }
}

const withoutQuery = (url: string): string => url.replace(/[?#].*$/s, '')
