import type { Conversation } from './conversation/conversation.ts'
import type { AskKind, EntryOf, SurveyKind } from './conversation/entry.ts'
import type { FailureCode } from './result.ts'

/** From the least answer to the most. Goal: 1 no, 2 partly, 3 yes. Emotion: five faces, the most unhappy first. */
export const scales = {
  csat: [1, 5],
  ces: [1, 7],
  goal: [1, 3],
  emotion: [1, 5],
  nps: [0, 10],
} as const satisfies Record<SurveyKind, readonly [least: number, most: number]>

export const isOnScale = (kind: SurveyKind, answer: number): boolean => {
  const [least, most] = scales[kind]
  return answer >= least && answer <= most
}

/** The order in which they are asked: the chat first, the house last. */
export const surveyOrder = ['csat', 'ces', 'goal', 'emotion', 'nps'] as const satisfies readonly SurveyKind[]

/**
 * One question in the visitor's language. `words` are those of its answers, the least
 * first, empty where a number has none; those of the rating are the widget’s own.
 */
export interface SurveyWords {
  question: string
  words: readonly string[]
  send: string
  /** What may be written beside it; only of the rating. */
  comment?: string
  /** Why an answer was not taken, by the code of the failure; left out where another try may help. */
  faults: Partial<Record<FailureCode, string>>
}

type Asking = Pick<Conversation, 'survey' | 'asked' | 'asks'>

/** Where one of the other questions stands; undefined where it is not asked. What was asked anew is due. */
export function standing({ asked, asks }: Asking, about: AskKind): 'due' | Standing | undefined {
  const held = asks?.[about]
  const isNew = asked?.asks?.includes(about) && (held?.seq ?? 0) < asked.seq
  return isNew ? 'due' : held?.state
}

type Standing = EntryOf<'survey'>['state']

/** What still waits for the visitor's word, in the order in which it is asked. */
export const openAsks = (conversation: Asking): SurveyKind[] =>
  surveyOrder.filter((kind) => {
    const state = kind === 'csat' ? conversation.survey.state : standing(conversation, kind)
    return state === 'due' || state === 'shown'
  })

export const isOther = (kind: SurveyKind): kind is AskKind => kind !== 'csat'
