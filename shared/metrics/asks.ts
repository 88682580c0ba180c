import type { Entry, Rating } from '../conversation/entry.ts'

/** Where the rating of an episode stands. */
export type CsatAsk =
  | { state: 'neverDue' }
  | { state: 'due' }
  | { state: 'shown' }
  | { state: 'skipped' }
  | { state: 'answered'; rating: Rating; comment: string; at: number }

/** What the visitor was asked after an episode, and where each ask stands. */
export interface Asks {
  csat: CsatAsk
}

export const noAsks = (): Asks => ({ csat: { state: 'neverDue' } })

/** What an entry changes in the asks of the last closed episode. */
export function takeAsk(asks: Asks, entry: Entry): Asks {
  switch (entry.kind) {
    case 'closed':
      return { ...asks, csat: { state: entry.survey ? 'due' : 'neverDue' } }
    case 'surveyShown':
      return { ...asks, csat: { state: 'shown' } }
    case 'surveySkipped':
      return { ...asks, csat: { state: 'skipped' } }
    case 'rated':
      return {
        ...asks,
        csat: { state: 'answered', rating: entry.rating, comment: entry.comment, at: entry.at },
      }
    default:
      return asks
  }
}
