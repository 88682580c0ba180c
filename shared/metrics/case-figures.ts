import type { ShareId } from './definitions.ts'
import type { Respect } from './groups.ts'
import type { EpisodeLength } from './lengths.ts'
import type { Question } from './question.ts'

/** What a report has figures of, each by the name of its measure where it has one. */
export const caseFigures = [
  ...['response', 'firstResponse.customer', 'firstResponse.human', 'firstResponse.agent', 'wait', 'handle'],
  ...['resolution.first', 'resolution.last', 'resolution.episode', 'abandoned', 'missed', 'promiseKept'],
  ...['late.firstResponse', 'late.response', 'late.resolution'],
  ...['conversations', 'episodes', 'visitorMessages', 'agentMessages', 'proactive'],
  ...['turns', 'closed', 'waiting', 'csat', 'nps', 'ces', 'goal', 'emotion'],
] as readonly CaseFigure[]

export type VolumeFigure = 'conversations' | 'episodes' | 'visitorMessages' | 'agentMessages' | 'proactive'
export type AskFigure = 'csat' | 'nps' | 'ces' | 'goal' | 'emotion'
export type LateFigure = 'late.firstResponse' | 'late.response' | 'late.resolution'
export type TurnFigure = 'response' | 'turns' | 'waiting' | 'late.response'
export type CaseFigure =
  | TurnFigure
  | EpisodeLength
  | 'firstResponse.agent'
  | 'handle'
  | ShareId
  | LateFigure
  | VolumeFigure
  | 'closed'
  | AskFigure

/** Where an ask stands: `closed` is every episode closed, asked or not; `unasked` those closed with a reason not to ask. */
export const askStates = ['closed', 'shown', 'skipped', 'answered', 'unasked'] as const
export type AskState = (typeof askStates)[number]

/** Which of the cases behind a figure are to be looked at. */
export interface CasesWanted {
  figure: CaseFigure
  /** Longer than the first and at most the second, ms on the clock; of a rating: its first response, on the wall. */
  longerThan?: number
  upTo?: number
  /** `YYYY-MM-DD`, weekday (1 is Monday) and hour in the report's time zone. */
  day?: string
  weekday?: number
  hour?: number
  /** Of one line of a break-down; by agent only what is charged to them. `key` null: those of whom it is not known. */
  by?: { respect: Respect; key: string | null }
  /** Of a share: those that came so, or those that did not. */
  outcome?: boolean
  /** Of something asked; `answered` where nothing is said. */
  state?: AskState
  answer?: number
  /** Only those nobody answered. */
  unanswered?: boolean
}

/** What a figure is worked out with. */
export type Asking = Pick<Question, 'from' | 'to' | 'now' | 'timeZone' | 'clock' | 'aiming'>

const asks: readonly CaseFigure[] = ['csat', 'nps', 'ces', 'goal', 'emotion']
const late: readonly CaseFigure[] = ['late.firstResponse', 'late.response', 'late.resolution']
const shares: readonly CaseFigure[] = ['abandoned', 'missed', 'promiseKept', ...late]
const turns: readonly CaseFigure[] = ['response', 'turns', 'waiting', 'late.response']

export const isAsk = (figure: CaseFigure): figure is AskFigure => asks.includes(figure)
export const isLate = (figure: CaseFigure): figure is LateFigure => late.includes(figure)
export const isShare = (figure: CaseFigure): figure is ShareId | LateFigure => shares.includes(figure)
export const isOfTurns = (figure: CaseFigure): figure is TurnFigure => turns.includes(figure)

const certain: readonly CaseFigure[] = [
  ...asks,
  ...(['conversations', 'episodes', 'visitorMessages', 'agentMessages', 'proactive', 'closed'] as const),
]
/** Whether some of its cases may still be waited for, or never came. */
export const mayBeUnanswered = (figure: CaseFigure): boolean => !certain.includes(figure)

const byAgent: readonly CaseFigure[] = [
  ...(['turns', 'response', 'firstResponse.agent', 'handle', 'closed', 'csat'] as const),
]

/** Whether a report tells this figure apart by that. */
export function isToldApart(figure: CaseFigure, respect: Respect): boolean {
  if (respect === 'agent') return byAgent.includes(figure)
  if (figure === 'csat' || late.includes(figure)) return respect === 'team'
  return figure === 'firstResponse.customer'
}
