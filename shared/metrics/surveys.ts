import type { AskKind } from '../conversation/entry.ts'
import { scales } from '../survey.ts'
import type { OtherAsk } from './asks.ts'
import type { Definition } from './definitions.ts'
import { wilson } from './statistics.ts'

/** How often something was asked, and what became of it. Shares between 0 and 1; null where there is nothing to divide by. */
export interface AskCounts {
  /** Episodes closed. */
  episodes: number
  shown: number
  /** Of those shown. */
  skipped: number
  answered: number
  /** Answered ÷ shown. */
  responseRate: number | null
  /** Shown ÷ episodes closed. */
  coverage: number | null
}

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

type State = 'neverDue' | OtherAsk['state']

export function askCounts(states: readonly State[]): AskCounts {
  const many = (...wanted: State[]): number => states.filter((state) => wanted.includes(state)).length
  const shown = many('shown', 'skipped', 'answered')
  const answered = many('answered')
  return {
    episodes: states.length,
    ...{ shown, skipped: many('skipped'), answered },
    responseRate: shown ? answered / shown : null,
    coverage: states.length ? shown / states.length : null,
  }
}

export function shareOf(part: number, all: number): Share {
  const interval = wilson(part, all)
  return { score: all ? part / all : null, low: interval?.low ?? null, high: interval?.high ?? null }
}

/** Answers of at least this many count into the score. */
const good = { ces: 5, goal: 3, emotion: 4 } as const
const promoters = 9
const detractors = 6

/** What was asked besides the rating; each list holds, for every closed episode, where its ask stands. */
export function otherSurveys(
  episodes: readonly { asks: { others?: Partial<Record<AskKind, OtherAsk>> } }[],
): OtherSurveys {
  const asksOf = (kind: AskKind) => episodes.map(({ asks }) => asks.others?.[kind])
  const scored = (kind: 'ces' | 'goal' | 'emotion'): SurveyResult => {
    const { counts, answers, ...rest } = gathered(kind, asksOf(kind))
    const part = answers.filter((answer) => answer >= good[kind]).length
    return { ...counts, ...shareOf(part, answers.length), ...rest }
  }
  return {
    nps: npsOf(gathered('nps', asksOf('nps'))),
    ces: scored('ces'),
    goal: scored('goal'),
    emotion: scored('emotion'),
  }
}

function npsOf({ counts, answers, ...rest }: ReturnType<typeof gathered>): NpsResult {
  const all = answers.length
  const recommending = answers.filter((answer) => answer >= promoters).length
  const against = answers.filter((answer) => answer <= detractors).length
  const score = all ? (recommending - against) / all : null
  return {
    ...counts,
    score,
    promoters: shareOf(recommending, all),
    detractors: shareOf(against, all),
    ...rest,
  }
}

function gathered(kind: AskKind, asks: readonly (OtherAsk | undefined)[]) {
  const answers = asks.flatMap((ask) => (ask?.state === 'answered' ? [ask.score] : []))
  const [least, most] = scales[kind]
  const numbers = Array.from({ length: most - least + 1 }, (_, i) => least + i)
  return {
    counts: askCounts(asks.map((ask) => ask?.state ?? 'neverDue')),
    answers,
    mean: answers.length ? answers.reduce((sum, answer) => sum + answer, 0) / answers.length : null,
    distribution: Object.fromEntries(
      numbers.map((number) => [nameOf(kind, number), answers.filter((one) => one === number).length]),
    ),
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
