/** A measure as every screen, export and page of documentation explains it. */
export interface Definition {
  id: string
  unit: 'ms' | 'share' | 'rating'
  meaning: string
  formula: string
}

export const definitions = {
  'firstResponse.customer': {
    id: 'firstResponse.customer',
    unit: 'ms',
    meaning: 'How long a visitor waited for the first human answer of an episode, a bot’s time included.',
    formula: 'time of the first human visible reply − time of the first visitor message of the episode',
  },
  'firstResponse.human': {
    id: 'firstResponse.human',
    unit: 'ms',
    meaning: 'The same wait, counted from the hand-over where a bot was first.',
    formula:
      'time of the first human visible reply − the later of the first visitor message and the hand-over',
  },
  response: {
    id: 'response',
    unit: 'ms',
    meaning: 'How long each unanswered visitor message waited for a human answer.',
    formula: 'per turn: time of the human visible reply − time of the first unanswered visitor message',
  },
  csat: {
    id: 'csat',
    unit: 'share',
    meaning: 'Share of the answered ratings that were good or very good.',
    formula: 'ratings of 4 and 5 ÷ ratings answered',
  },
} as const satisfies Record<string, Definition>

export type MeasureId = keyof typeof definitions
