import type { Conversation } from '../../shared/conversation/conversation.ts'
import type { SurveyKind } from '../../shared/conversation/entry.ts'
import type { ConversationId, InviteId, VisitorId } from '../../shared/ids.ts'
import { times } from '../../shared/limits.ts'
import { failure, type Result } from '../../shared/result.ts'
import { isOther, openAsks, standing } from '../../shared/survey.ts'
import { latestChat } from '../../shared/survey-words.ts'
import type { Origin } from './audience.ts'
import type { LiveConversations } from './conversations.ts'
import type { Clock, Log } from './ports.ts'
import type { LiveProactive } from './proactive/proactive.ts'
import type { SurveyMove } from './surveys.ts'
import type { Visit } from './visits/visit.ts'

/** Who was gone when their chat was closed is asked at their next visit, once, within what they are to bear. */
export interface SurveyReturn {
  /** They are back; `conversations` are theirs. What is asked waits for them as any invitation does. */
  returned(visit: Visit, conversations: readonly Conversation[]): void
  seen(visit: Visit, inviteId: InviteId): Promise<void>
  /** Whether this invitation is a question about a chat. */
  asks(visit: Visit, inviteId: InviteId): boolean
  /** Resolves once it is stored; what could not be stays asked. */
  rated(visit: Visit, inviteId: InviteId, score: number, origin: Origin): Promise<Result<unknown>>
  dismissed(visit: Visit, inviteId: InviteId, origin: Origin): Promise<void>
  /** It was answered or skipped in the chat itself. */
  settled(visit: Visit): void
}

interface Needs {
  proactive: Pick<LiveProactive, 'question' | 'answered'>
  conversations: Pick<LiveConversations, 'survey' | 'surveys'>
  clock: Clock
  log: Log
}

/** What a bubble asks of one visit. */
interface Question {
  inviteId: InviteId
  own: { conversationId: ConversationId; visitorId: VisitorId }
  about: SurveyKind
}

export const createSurveyReturn = (needs: Needs): SurveyReturn => new BubbleSurveys(needs)

class BubbleSurveys implements SurveyReturn {
  private readonly asked = new WeakMap<Visit, Question>()

  constructor(private readonly needs: Needs) {}

  returned(visit: Visit, conversations: readonly Conversation[]): void {
    const { conversations: talk, proactive, clock } = this.needs
    const found = conversations.find((one) => waitsFor(visit, one, clock.now()))
    const about = found && openAsks(found)[0]
    if (!found || (about !== 'csat' && about !== 'nps')) return
    const { id: conversationId, visitorId, siteId } = found
    const written = talk.surveys.words(siteId, visit.locale, about === 'nps' ? about : undefined)
    const words = about === 'csat' ? latestChat(written, visit.locale) : written
    const since = found.asked?.at ?? found.changedAt
    const invitation = proactive.question(visit, { words, about, since })
    if (!invitation) return
    this.asked.set(visit, { inviteId: invitation.inviteId, own: { conversationId, visitorId }, about })
  }

  asks(visit: Visit, inviteId: InviteId): boolean {
    return this.of(visit, inviteId) !== null
  }

  async seen(visit: Visit, inviteId: InviteId): Promise<void> {
    const question = this.of(visit, inviteId)
    if (question) await this.move(question, { type: 'showSurvey', ...named(question) }, {})
  }

  async rated(visit: Visit, inviteId: InviteId, score: number, origin: Origin): Promise<Result<unknown>> {
    const question = this.of(visit, inviteId)
    const said = question && answerTo(question, score)
    if (!said) return failure('invalid', 'is not on the scale', { path: 'score' })
    const outcome = await this.move(question, said, origin)
    if (outcome.ok) this.asked.delete(visit)
    // Refused for good, such as where the chat goes on again: it must not stand there and take no answer.
    else if (outcome.error.code !== 'unavailable') this.settled(visit)
    return outcome
  }

  async dismissed(visit: Visit, inviteId: InviteId, origin: Origin): Promise<void> {
    const question = this.of(visit, inviteId)
    if (!question) return
    await this.move(question, { type: 'skipSurvey', ...named(question) }, origin)
    this.asked.delete(visit)
  }

  settled(visit: Visit): void {
    const question = this.asked.get(visit)
    if (!question) return
    this.asked.delete(visit)
    this.needs.proactive.answered(visit.id, question.inviteId)
  }

  private of(visit: Visit, inviteId: InviteId): Question | null {
    const question = this.asked.get(visit)
    return question?.inviteId === inviteId ? question : null
  }

  private async move({ own }: Question, what: SurveyMove, origin: Origin): Promise<Result<unknown>> {
    const outcome = await this.needs.conversations.survey(own, what, origin)
    if (!outcome.ok) this.needs.log.warn('survey:notStored', { code: outcome.error.code })
    return outcome
  }
}

const ratings = [1, 2, 3, 4, 5] as const

function answerTo({ about }: Question, score: number): SurveyMove | null {
  if (isOther(about)) return { type: 'answer', about, score }
  const rating = ratings.find((one) => one === score)
  return rating ? { type: 'rate', rating, comment: '' } : null
}

const named = ({ about }: Question) => (isOther(about) ? { about } : {})

/** Asked while they were away, and not shown since. */
function waitsFor(visit: Visit, conversation: Conversation, now: number): boolean {
  const { asked, closedAt, survey } = conversation
  const since = asked?.at ?? closedAt
  const about = openAsks(conversation)[0]
  const isDue = about && (isOther(about) ? standing(conversation, about) : survey.state) === 'due'
  return since !== null && !!isDue && visit.startedAt > since && now - since <= times.surveyOpen
}
