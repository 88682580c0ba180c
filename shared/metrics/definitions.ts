/** A measure as every screen, export and page of documentation explains it. */
export interface Definition {
  id: string
  unit: 'ms' | 'share' | 'rating' | 'count'
  meaning: string
  formula: string
}

/** Lengths, each on the clock that is asked for. */
export const lengthDefinitions = {
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
  'firstResponse.agent': {
    id: 'firstResponse.agent',
    unit: 'ms',
    meaning: 'How long an agent who had a waiting visitor took for their own first answer in an episode.',
    formula:
      'time of the agent’s first answer − the later of their assignment and the first unanswered message',
  },
  response: {
    id: 'response',
    unit: 'ms',
    meaning: 'How long each unanswered visitor message waited for a human answer.',
    formula:
      'per turn: time of the human visible reply − time of the first unanswered visitor message, or of the hand-over where a bot had it first',
  },
  wait: {
    id: 'wait',
    unit: 'ms',
    meaning: 'How long a conversation stood in the queue before somebody took it.',
    formula: 'time of the first assignment or human reply − time it came into the queue',
  },
  handle: {
    id: 'handle',
    unit: 'ms',
    meaning:
      'How long agents worked on an episode. Waits of more than 4 minutes for the visitor and of more than 10 minutes for the agent are left out.',
    formula:
      'sum of the gaps between messages, changes of hands and the close while an agent had it, without those over 4 min that waited for the visitor and over 10 min that waited for the agent',
  },
  'resolution.first': {
    id: 'resolution.first',
    unit: 'ms',
    meaning: 'How long it took from the start of a conversation to its first close.',
    formula: 'time of the first close − start of the conversation',
  },
  'resolution.last': {
    id: 'resolution.last',
    unit: 'ms',
    meaning: 'How long it took from the start of a conversation to its last close, reopenings included.',
    formula: 'time of the last close − start of the conversation',
  },
  'resolution.episode': {
    id: 'resolution.episode',
    unit: 'ms',
    meaning: 'How long each episode took, from its start or reopening to its close.',
    formula: 'time of the close − start of the episode',
  },
} as const satisfies Record<string, Definition>

/** Shares of the episodes of which it is decided. */
export const shareDefinitions = {
  abandoned: {
    id: 'abandoned',
    unit: 'share',
    meaning:
      'Share of the visitors who left before the first human answer and were not back within 5 minutes.',
    formula:
      'episodes whose visitor left before the first human reply and was away for more than 5 min ÷ episodes answered, left or closed',
  },
  missed: {
    id: 'missed',
    unit: 'share',
    meaning:
      'Share of the visitors who were gone without an answer in time, or whose chat was closed without one.',
    formula:
      'episodes closed without a human reply, or abandoned without one within the target ÷ episodes of which this is decided',
  },
  promiseKept: {
    id: 'promiseKept',
    unit: 'share',
    meaning:
      'Share of the visitors who were answered within the reply time they had been shown, counted around the clock.',
    formula:
      'episodes answered within the reply time shown ÷ episodes with a reply time shown that were answered, closed or have waited longer',
  },
} as const satisfies Record<string, Definition>

export const definitions = {
  ...lengthDefinitions,
  ...shareDefinitions,
  late: {
    id: 'late',
    unit: 'share',
    meaning:
      'Share of the answers and resolutions that took longer than was aimed at, in the working time of the team that was to give them.',
    formula:
      'those that took longer than the target of their team and priority ÷ those with a target that have ended, or are late already',
  },
  csat: {
    id: 'csat',
    unit: 'share',
    meaning: 'Share of the answered ratings that were good or very good.',
    formula: 'ratings of 4 and 5 ÷ ratings answered',
  },
} as const satisfies Record<string, Definition>

export type LengthId = keyof typeof lengthDefinitions
export type ShareId = keyof typeof shareDefinitions
