import type { Conversation } from '../../shared/conversation/conversation.ts'
import type { SurveyCommand } from '../../shared/conversation/decide-survey.ts'
import type { Credited, SurveyKind } from '../../shared/conversation/entry.ts'
import type { SiteId, VisitorId } from '../../shared/ids.ts'
import { failure, type Result } from '../../shared/result.ts'
import { asksOf, surveyWords, usualSurveys } from '../../shared/survey-words.ts'
import { usualBudget } from '../../shared/triggers/budget.ts'
import type { Append, Appended, ConversationHistory } from '../history/history.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { AskingVisitors } from './asking-visitors.ts'
import type { Origin } from './audience.ts'
import type { Sites } from './domain.ts'
import type { Exposures } from './proactive/exposures.ts'
import type { SurveyLock } from './survey-lock.ts'
import type { LiveVisits } from './visits/visits.ts'

/** What a visitor does with what they are asked. */
export type SurveyMove = Exclude<SurveyCommand, { type: 'askAgain' }>

/** Whom to ask, what, and in which words. */
export interface Surveys extends AskingVisitors {
  /** What the close of this conversation asks, if the chat is worth it. */
  atClose(conversation: Conversation): Promise<SurveyPlan>
}

interface SurveyPlan {
  surveyLocked: boolean
  asks: readonly SurveyKind[]
  credited: Credited
}

export interface SurveyNeeds {
  conversations: Pick<ConversationHistory, 'find'>
  sites: Pick<Sites, 'byId'>
  workspace: Pick<Workspace, 'read'>
  surveyLock: Pick<SurveyLock, 'locked'>
  visits: Pick<LiveVisits, 'byId' | 'ofVisitor'>
  exposures: Pick<Exposures, 'pastOf'>
  /** As everything is added to a conversation: durable, then announced. */
  append(append: Omit<Append, 'at'>, origin: Origin): Promise<Result<Appended>>
}

export function createSurveys(needs: SurveyNeeds): Surveys {
  const settingsOf = (id: SiteId) => needs.sites.byId(id)?.surveys ?? usualSurveys
  return {
    async atClose(conversation) {
      const locked = await needs.surveyLock.locked(conversation.visitorId)
      const mayAskNps = !locked.nps && bearsMore(needs, conversation.visitorId)
      const asks = asksOf(settingsOf(conversation.siteId)).filter((kind) => kind !== 'nps' || mayAskNps)
      return { surveyLocked: locked.all, asks, credited: creditedOf(needs, conversation) }
    },
    words: (siteId, locale, about = undefined) => surveyWords(about ?? 'csat', locale, settingsOf(siteId)),
    async askAgain(conversationId, by, origin) {
      const row = await needs.conversations.find(conversationId)
      if (!row) return failure('not_found', 'There is no such conversation.')
      const { conversation } = row
      // How likely they are to recommend the house is not a matter of this chat.
      const asks = asksOf(settingsOf(conversation.siteId)).filter((kind) => kind !== 'nps')
      const credited = creditedOf(needs, conversation)
      const command = { type: 'askAgain', by, asks, credited } as const
      return needs.append({ target: { kind: 'existing', conversationId }, command }, origin)
    },
  }
}

/** What is asked of the house, not of the chat, is a contact of its own, and held to what one visit may bear. */
function bearsMore({ visits, exposures }: SurveyNeeds, visitorId: VisitorId): boolean {
  const live = visits.ofVisitor(visitorId)
  const visit = live && visits.byId(live.visitId)
  return !visit || exposures.pastOf(visit).shownThisVisit < usualBudget.perVisit
}

/** Who replied last, and the first team they are in. */
function creditedOf({ workspace }: SurveyNeeds, { lastReplier: agentId }: Conversation): Credited {
  const { teams = [] } = workspace.read()
  return { agentId, team: teams.find(({ agents }) => agents.some((one) => one === agentId))?.id ?? null }
}
