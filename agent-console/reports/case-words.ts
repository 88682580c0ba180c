import { type CaseFigure, isAsk, isLate, isShare } from '../../shared/metrics/case-figures.ts'
import type { Case } from '../../shared/metrics/opened-case.ts'
import type { ReportView } from '../state/report-view.ts'
import { figure as inFigures, reportDay } from '../ui/format.ts'
import type { TextKey, Words } from '../ui/words.ts'

/** What a figure is called where it stands. */
export const figureNames: Record<CaseFigure, TextKey> = {
  response: 'responseTimes',
  'firstResponse.customer': 'firstResponse',
  'firstResponse.human': 'firstResponseHuman',
  'firstResponse.agent': 'firstResponseAgent',
  wait: 'waitInQueue',
  handle: 'handleTime',
  'resolution.episode': 'resolutionEpisode',
  'resolution.first': 'resolutionFirst',
  'resolution.last': 'resolutionLast',
  abandoned: 'shareAbandoned',
  missed: 'shareMissed',
  promiseKept: 'sharePromiseKept',
  'late.firstResponse': 'firstResponse',
  'late.response': 'responseTimes',
  'late.resolution': 'resolutionEpisode',
  conversations: 'newChats',
  episodes: 'chatsBegun',
  visitorMessages: 'fromVisitors',
  agentMessages: 'fromYou',
  proactive: 'proactiveYes',
  turns: 'turnsColumn',
  closed: 'closedEpisodes',
  waiting: 'caseWaiting',
  csat: 'satisfaction',
  ces: 'cesName',
  goal: 'goalName',
  emotion: 'emotionName',
  nps: 'npsName',
}

const states: Record<NonNullable<ReportView['state']>, TextKey> = {
  closed: 'closedEpisodes',
  shown: 'asked',
  skipped: 'skipped',
  answered: 'ratings',
  unasked: 'closedUnasked',
}

const goals: readonly TextKey[] = ['goalNo', 'goalPartly', 'goalYes']

/** An answer as it is called, on its scale. */
export function answerInWords(words: Words, figure: CaseFigure, answer: number): string {
  if (figure === 'goal') return words.t(goals[answer - 1] ?? 'goalNo')
  if (figure === 'csat' || figure === 'emotion') return words.t('ratingOfFive', { rating: answer })
  return inFigures(words, answer)
}

/** What else the list is narrowed to than its figure, as far as it needs no names. */
export function narrowedInWords(words: Words, figure: CaseFigure, view: ReportView): string[] {
  const { t } = words
  const { day, outcome, unanswered, state, answer } = view
  return [
    ...(day === undefined ? [] : [reportDay(words, day)]),
    ...(outcome === undefined ? [] : [outcomeInWords(words, figure, outcome === 'yes')]),
    ...(unanswered === undefined ? [] : [t('casesUnanswered')]),
    ...(state === undefined ? [] : [t(states[state])]),
    ...(answer === undefined ? [] : [answerInWords(words, figure, Number(answer))]),
  ]
}

function outcomeInWords({ t }: Words, figure: CaseFigure, isSuch: boolean): string {
  const name = t(isLate(figure) ? 'caseLate' : figureNames[figure])
  return t(isSuch ? 'casesSuch' : 'casesNotSuch', { name })
}

/** What there is to say of a case beside how long and when. */
export function tagsOf(words: Words, figure: CaseFigure, one: Case): { text: string; loss: boolean }[] {
  const { measured, outcome, answer, n } = one
  const name = words.t(figureNames[figure])
  const isWait = !isAsk(figure) && measured.censored
  return [
    ...(isLate(figure) && outcome !== null
      ? [{ text: words.t(outcome ? 'caseLate' : 'inTarget'), loss: outcome }]
      : []),
    ...(isShare(figure) && !isLate(figure) && outcome !== null
      ? [
          {
            text: outcome ? name : words.t('caseNotSuch', { name }),
            loss: outcome !== (figure === 'promiseKept'),
          },
        ]
      : []),
    ...(isAsk(figure) && answer !== null
      ? [{ text: answerInWords(words, figure, answer), loss: false }]
      : []),
    ...(n !== 1 ? [{ text: words.count('caseMessages', n), loss: false }] : []),
    ...(isWait ? [{ text: words.t(measured.open ? 'stillWaiting' : 'caseUnanswered'), loss: true }] : []),
  ]
}
