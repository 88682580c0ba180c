import type { AskKind, Credited, Entry, EntryOf, Rating } from '../conversation/entry.ts'

/** Where the rating of an episode stands. */
export type CsatAsk =
  | { state: 'neverDue' }
  | { state: 'due' }
  | { state: 'shown' }
  | { state: 'skipped' }
  | { state: 'answered'; rating: Rating; comment: string; at: number }

/** Where one of the other questions stands. */
export type OtherAsk =
  | { state: 'due' }
  | { state: 'shown' }
  | { state: 'skipped' }
  | { state: 'answered'; score: number; at: number }

/** What the visitor was asked after an episode, and where each ask stands. */
export interface Asks {
  csat: CsatAsk
  /** Those that were asked. */
  others?: Partial<Record<AskKind, OtherAsk>>
  /** Whom the answers are about, as it was when they were asked for. */
  credited?: Credited
  /** An agent had a reason not to ask. */
  unasked?: true
}

export const noAsks = (): Asks => ({ csat: { state: 'neverDue' } })

/** What an entry changes in the asks of the last closed episode. An answer stands until another takes its place. */
export function takeAsk(asks: Asks, entry: Entry): Asks {
  switch (entry.kind) {
    case 'closed':
      return {
        csat: { state: entry.survey ? 'due' : 'neverDue' },
        ...(entry.asks ? { others: due(entry.asks) } : {}),
        ...(entry.credited ? { credited: entry.credited } : {}),
        ...(entry.unasked === undefined ? {} : { unasked: true }),
      }
    case 'surveyAsked': {
      const isNew = entry.survey && asks.csat.state === 'neverDue'
      const others = entry.asks ? { others: { ...due(entry.asks), ...asks.others } } : {}
      return { ...asks, credited: entry.credited, ...(isNew ? { csat: { state: 'due' } } : {}), ...others }
    }
    case 'surveyShown':
      return unlessAnswered(asks, { state: 'shown' })
    case 'surveySkipped':
      return unlessAnswered(asks, { state: 'skipped' })
    case 'rated':
      return {
        ...asks,
        csat: { state: 'answered', rating: entry.rating, comment: entry.comment, at: entry.at },
      }
    case 'survey':
      return { ...asks, others: { ...asks.others, [entry.about]: other(asks.others?.[entry.about], entry) } }
    default:
      return asks
  }
}

const due = (kinds: readonly AskKind[]): Asks['others'] =>
  Object.fromEntries(kinds.map((kind) => [kind, { state: 'due' }]))

const unlessAnswered = (asks: Asks, csat: CsatAsk): Asks =>
  asks.csat.state === 'answered' ? asks : { ...asks, csat }

function other(held: OtherAsk | undefined, { state, score, at }: EntryOf<'survey'>): OtherAsk {
  if (state === 'answered') return { state, score: score ?? 0, at }
  return held?.state === 'answered' ? held : { state }
}
