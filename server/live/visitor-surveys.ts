import type { ConversationId } from '../../shared/ids.ts'
import { failure, success } from '../../shared/result.ts'
import type { SurveyMove } from '../domain/surveys.ts'
import type { SeatedVisitor, VisitorHandlers } from './visitor-handlers.ts'
import { asVisitor } from './visitor-talk.ts'
import type { World } from './world.ts'

type SurveyRequest = 'survey:show' | 'survey:skip' | 'survey:answer' | 'survey:reply'

/** What a visitor is asked about a chat, and says. Whose chat it is the token says: a survey has no address. */
export function visitorSurveys(world: World): Pick<VisitorHandlers, SurveyRequest> {
  const { conversations, surveyReturn } = world.domain
  const move = async (seat: SeatedVisitor, conversationId: ConversationId, what: SurveyMove) => {
    const moved = await asVisitor(seat, (visitorId) =>
      conversations.survey({ conversationId, visitorId }, what, { except: seat.socket.id }),
    )
    // What a bubble asks as well it need not ask any more.
    if (moved.ok) surveyReturn.settled(seat.visit)
    return moved
  }
  const answer: typeof move = async (seat, conversationId, what) =>
    (await isAgents(world, seat)) ? ownRating() : move(seat, conversationId, what)
  return {
    'survey:show': async (seat, { conversationId, about }) => {
      const shown = await move(seat, conversationId, { type: 'showSurvey', about })
      if (!shown.ok) return shown
      const words = conversations.surveys.words(seat.siteId, seat.auth.locale, about)
      return success({ ...shown.value, words })
    },
    'survey:skip': (seat, { conversationId, about }) =>
      move(seat, conversationId, { type: 'skipSurvey', about }),
    'survey:answer': (seat, { conversationId, rating, comment }) =>
      answer(seat, conversationId, { type: 'rate', rating, comment }),
    'survey:reply': (seat, { conversationId, about, score }) =>
      answer(seat, conversationId, { type: 'answer', about, score }),
  }
}

/** The session of now: who has signed out since may rate. */
export const isAgents = async (world: World, { cookie }: Pick<SeatedVisitor, 'cookie'>): Promise<boolean> =>
  cookie !== undefined && (await world.sessionOf(cookie)) !== null

export const ownRating = () =>
  failure('forbidden', 'An agent is signed in in this browser: what it says of a chat is not counted.')
