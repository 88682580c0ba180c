import type { Conversation } from '../../../shared/conversation/conversation.ts'
import type { VisitorId } from '../../../shared/ids.ts'
import type { Appended } from '../../history/history.ts'
import type { Visit } from '../visits/visit.ts'
import type { LiveVisits } from '../visits/visits.ts'
import type { Exposures } from './exposures.ts'

/** Sees what is said in conversations for those who look after what rules did. */
export interface TalkWitness {
  talked(appended: Appended): void
}

interface WitnessNeeds {
  exposures: Pick<Exposures, 'add' | 'came' | 'happened'>
  visits: Pick<LiveVisits, 'byId' | 'ofVisitor'>
}

export function createTalkWitness({ exposures, visits }: WitnessNeeds): TalkWitness {
  return {
    talked({ conversation, entries, started }) {
      for (const entry of entries)
        if (entry.kind === 'message' && entry.invitation)
          exposures.came(entry.invitation.inviteId, 'repliedAt', conversation.id)
      const deeds = deedsIn(entries, started, conversation)
      // Most of what is said is none of these, and nobody is looked for then.
      const visit = deeds.length > 0 ? visitOf(visits, conversation.visitorId) : null
      if (!visit) return
      for (const deed of deeds)
        if (deed.kind === 'asked') exposures.add(visit, { by: 'survey' })
        else exposures.happened(visit, deed)
    },
  }
}

type Deed = { kind: 'chat' } | { kind: 'rating'; rating: number } | { kind: 'asked' }

function deedsIn(entries: Appended['entries'], started: boolean, { asked }: Conversation): Deed[] {
  const isReopened = entries.some(({ kind }) => kind === 'reopened')
  return entries.flatMap((entry): Deed[] => {
    switch (entry.kind) {
      case 'message':
        return entry.author.kind === 'visitor' && (started || isReopened) ? [{ kind: 'chat' }] : []
      case 'rated':
        return [{ kind: 'rating', rating: entry.rating }]
      case 'surveyShown':
        return [{ kind: 'asked' }]
      case 'survey': {
        // Of the questions of one chat the first that is shown is the contact.
        const isFirst = asked?.survey === false && asked.asks?.[0] === entry.about
        return entry.state === 'shown' && isFirst ? [{ kind: 'asked' }] : []
      }
      default:
        return []
    }
  })
}

function visitOf(visits: WitnessNeeds['visits'], visitorId: VisitorId): Visit | null {
  const live = visits.ofVisitor(visitorId)
  return live && visits.byId(live.visitId)
}
