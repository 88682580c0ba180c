import { times } from '../limits.ts'
import { failure, type Result, success } from '../result.ts'
import { isOnScale, isOther, standing } from '../survey.ts'
import type { Conversation } from './conversation.ts'
import type { AskKind, Author, Credited, EntryBody, EntryOf, Rating, SurveyKind } from './entry.ts'

/** What is asked of the visitor about a chat, and what they say. `about`: left out for the rating. */
export type SurveyCommand =
  | { type: 'showSurvey'; about?: AskKind | undefined }
  | { type: 'skipSurvey'; about?: AskKind | undefined }
  | { type: 'rate'; rating: Rating; comment: string }
  | { type: 'answer'; about: AskKind; score: number }
  /** Once an episode. `asks`: what the site asks. */
  | { type: 'askAgain'; by: Author; asks: readonly SurveyKind[]; credited: Credited }

interface Closing {
  surveyLocked: boolean
  asks?: readonly SurveyKind[]
  credited?: Credited
  unasked?: string | undefined
}

type Asking = Pick<EntryOf<'closed'>, 'survey' | 'asks' | 'credited' | 'unasked'>

/** Whom a chat is worth asking: who was answered by a person, and wrote more than once. */
export function asksAtClose(
  conversation: Conversation,
  { surveyLocked, asks = ['csat'], credited, unasked }: Closing,
): Asking {
  if (unasked !== undefined) return { survey: false, unasked }
  const isWorthIt = conversation.humanReplies >= 1 && conversation.visitorMessages >= 2
  if (!isWorthIt || surveyLocked || asks.length === 0) return { survey: false }
  const others = asks.filter(isOther)
  return {
    survey: asks.includes('csat'),
    ...(others.length > 0 ? { asks: others } : {}),
    credited: creditOf(conversation, credited),
  }
}

/** A team is told of the one who was known to have replied last; another may have been quicker. */
const creditOf = ({ lastReplier }: Conversation, known: Credited | undefined): Credited => ({
  agentId: lastReplier,
  team: known?.agentId === lastReplier ? known.team : null,
})

export function decideSurvey(
  conversation: Conversation,
  command: SurveyCommand,
  now: number,
): Result<EntryBody[]> {
  switch (command.type) {
    case 'showSurvey': {
      const { about } = command
      return success(stateOf(conversation, about) === 'due' ? [moved(about, 'shown')] : [])
    }
    case 'skipSurvey':
      return decideSkip(conversation, command)
    case 'rate':
      return decideRating(conversation, command, now)
    case 'answer':
      return decideAnswer(conversation, command, now)
    case 'askAgain':
      return decideAskAgain(conversation, command)
  }
}

const stateOf = (conversation: Conversation, about: AskKind | undefined) =>
  about ? standing(conversation, about) : conversation.survey.state

function moved(about: AskKind | undefined, state: 'shown' | 'skipped'): EntryBody {
  if (about) return { kind: 'survey', about, state }
  return { kind: state === 'shown' ? 'surveyShown' : 'surveySkipped' }
}

const notAsked = () => failure('conflict', 'No rating is being asked for.')

function decideSkip(
  conversation: Conversation,
  { about }: Extract<SurveyCommand, { type: 'skipSurvey' }>,
): Result<EntryBody[]> {
  const state = stateOf(conversation, about)
  if (state === 'skipped') return success([])
  return state === 'due' || state === 'shown' ? success([moved(about, 'skipped')]) : notAsked()
}

function decideRating(
  conversation: Conversation,
  { rating, comment }: Extract<SurveyCommand, { type: 'rate' }>,
  now: number,
): Result<EntryBody[]> {
  const { survey } = conversation
  if (survey.state === 'none') return notAsked()
  const held = survey.state === 'answered' ? survey : undefined
  if (held?.rating === rating && held.comment === comment) return success([])
  const taken = takenStill(conversation, held, now)
  if (!taken.ok) return taken
  const { agentId, team } = creditIn(conversation)
  return success([
    { kind: 'rated', rating, comment, credited: agentId, ...(team ? { team } : {}), ...taken.value },
  ])
}

function decideAnswer(
  conversation: Conversation,
  { about, score }: Extract<SurveyCommand, { type: 'answer' }>,
  now: number,
): Result<EntryBody[]> {
  const state = standing(conversation, about)
  if (!state) return notAsked()
  if (!isOnScale(about, score)) return failure('invalid', 'is not on the scale', { path: 'score' })
  const held = state === 'answered' ? conversation.asks?.[about] : undefined
  if (held?.score === score) return success([])
  const taken = takenStill(conversation, held, now)
  if (!taken.ok) return taken
  const credited = creditIn(conversation)
  return success([{ kind: 'survey', about, state: 'answered', score, credited, ...taken.value }])
}

const creditIn = ({ asked, lastReplier }: Conversation): Credited =>
  asked?.credited ?? { agentId: lastReplier, team: null }

/** When it was first answered, where it was; or why it is not taken any more. */
function takenStill(
  { asked, closedAt }: Conversation,
  held: { at: number; firstAt?: number | undefined } | undefined,
  now: number,
): Result<{ firstAt?: number }> {
  if (held) {
    const firstAt = held.firstAt ?? held.at
    if (now - firstAt <= times.ratingChangeable) return success({ firstAt })
    return failure('conflict', 'The rating can no longer be changed.')
  }
  return now - (asked?.at ?? closedAt ?? now) > times.surveyOpen
    ? failure('conflict', 'This was asked too long ago.')
    : success({})
}

function decideAskAgain(
  conversation: Conversation,
  { by, asks, credited }: Extract<SurveyCommand, { type: 'askAgain' }>,
): Result<EntryBody[]> {
  const { status, asked, survey: rating, humanReplies } = conversation
  if (status === 'open') return failure('conflict', 'Close the conversation first.')
  if (humanReplies === 0) return failure('conflict', 'Nobody has answered them.')
  if (asked?.kind === 'surveyAsked') return failure('conflict', 'They were asked again already.')
  const isHappy = rating.state === 'answered' && rating.rating > 2
  const survey = asks.includes('csat') && !isHappy
  const others = asks.filter(isOther).filter((kind) => standing(conversation, kind) !== 'answered')
  if (!survey && others.length === 0) return failure('conflict', 'They have answered.')
  const more = others.length > 0 ? { asks: others } : {}
  return success([{ kind: 'surveyAsked', by, survey, ...more, credited: creditOf(conversation, credited) }])
}
