import type { AskKind } from '../conversation/entry.ts'
import { scales } from '../survey.ts'
import { type AskCounts, AskTally } from './ask-tally.ts'
import type { Asks } from './asks.ts'
import type { Definition } from './definitions.ts'
import { wilson } from './statistics.ts'

/** A share with its 95 % Wilson interval. */
export interface Share {
  score: number | null
  low: number | null
  high: number | null
}

export interface SurveyResult extends AskCounts, Share {
  mean: number | null
  /** How many gave each answer, from the least. */
  distribution: Record<string, number>
}

/** `score`: promoters − detractors, between −1 and 1; the two shares have the intervals. */
export interface NpsResult extends AskCounts {
  score: number | null
  mean: number | null
  promoters: Share
  detractors: Share
  distribution: Record<string, number>
}

export interface OtherSurveys {
  nps: NpsResult
  ces: SurveyResult
  goal: SurveyResult
  emotion: SurveyResult
}

export function shareOf(part: number, all: number): Share {
  const interval = wilson(part, all)
  return { score: all ? part / all : null, low: interval?.low ?? null, high: interval?.high ?? null }
}

/** Answers of at least this many count into the score. */
const good = { ces: 5, goal: 3, emotion: 4 } as const
const promoters = 9
const detractors = 6

const otherKinds = ['nps', 'ces', 'goal', 'emotion'] as const satisfies readonly AskKind[]

/** What was asked besides the rating. */
export interface OtherSurveysBuilder {
  /** Of a closed episode. */
  episode(asks: Pick<Asks, 'others'>): void
  answer(): OtherSurveys
}

export function otherSurveys(): OtherSurveysBuilder {
  const tallies = {
    ...{ nps: new AskTally(scales.nps), ces: new AskTally(scales.ces) },
    ...{ goal: new AskTally(scales.goal), emotion: new AskTally(scales.emotion) },
  }
  return {
    episode({ others }) {
      for (const kind of otherKinds) {
        const ask = others?.[kind]
        tallies[kind].take(ask?.state ?? 'neverDue', ask?.state === 'answered' ? ask.score : null)
      }
    },
    answer: () => ({
      nps: npsOf(tallies.nps),
      ...{ ces: scored('ces', tallies.ces), goal: scored('goal', tallies.goal) },
      emotion: scored('emotion', tallies.emotion),
    }),
  }
}

function scored(kind: keyof typeof good, tally: AskTally): SurveyResult {
  const counts = tally.counts()
  return {
    ...counts,
    ...shareOf(tally.within(good[kind], scales[kind][1]), counts.answered),
    mean: tally.mean(),
    distribution: tally.distribution((answer) => nameOf(kind, answer)),
  }
}

function npsOf(tally: AskTally): NpsResult {
  const [least, most] = scales.nps
  const counts = tally.counts()
  const all = counts.answered
  const [recommending, against] = [tally.within(promoters, most), tally.within(least, detractors)]
  return {
    ...counts,
    score: all ? (recommending - against) / all : null,
    promoters: shareOf(recommending, all),
    detractors: shareOf(against, all),
    mean: tally.mean(),
    distribution: tally.distribution((answer) => nameOf('nps', answer)),
  }
}

const goals = ['no', 'partly', 'yes']

/** An answer as reports call it: its number, but for whether they got done what they came for. */
export const nameOf = (kind: AskKind, answer: number): string =>
  (kind === 'goal' && goals[answer - 1]) || `${answer}`

/** As every screen and export explains them. */
export const surveyDefinitions = {
  nps: {
    id: 'nps',
    unit: 'share',
    meaning:
      'How many more would recommend the house than would not, asked of a person at most once in ninety days.',
    formula: 'share of answers 9 and 10 − share of answers 0 to 6',
  },
  ces: {
    id: 'ces',
    unit: 'share',
    meaning: 'Share of those who found it easy to get their matter solved.',
    formula: 'answers of 5 to 7 ÷ answered',
  },
  goal: {
    id: 'goal',
    unit: 'share',
    meaning: 'Share of those who got done what they came for.',
    formula: 'answers of yes ÷ answered; the mean takes no for 1, partly for 2 and yes for 3',
  },
  emotion: {
    id: 'emotion',
    unit: 'share',
    meaning: 'Share of those who left pleased or delighted.',
    formula: 'answers of 4 and 5 ÷ answered',
  },
  'followUp.inTime': {
    id: 'followUp.inTime',
    unit: 'share',
    meaning:
      'Share of the follow-ups that were done within the time the house has set, 48 hours unless it says otherwise. Those whose time still runs are not counted.',
    formula: 'follow-ups done within that time ÷ follow-ups done within it or older than it',
  },
  'csat.byFirstResponse': {
    id: 'csat.byFirstResponse',
    unit: 'share',
    meaning:
      'What speed is worth: how chats were rated, by how long the visitor waited for the first answer.',
    formula: 'per bucket of the first response time: ratings of 4 and 5 ÷ ratings answered',
  },
} as const satisfies Record<string, Definition>
