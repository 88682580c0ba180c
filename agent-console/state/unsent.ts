import type { ConversationId } from '../../shared/ids.ts'
import type { Pending } from '../../shared/timeline.ts'
import type { Desk } from './desk-state.ts'

const pendingOf = ({ timelines }: Pick<Desk, 'timelines'>): Pending[] =>
  [...timelines.values()].flatMap(({ pending }) => pending)

/** Replies on their way, in all conversations. */
export const waitingOf = (desk: Pick<Desk, 'timelines'>): number =>
  pendingOf(desk).filter(({ state }) => state.name !== 'notSent').length

/** Replies that the server refused, or that have waited too long. */
export const notSentOf = (desk: Pick<Desk, 'timelines'>): number =>
  pendingOf(desk).filter(({ state }) => state.name === 'notSent').length

/** Where the first of those stands. */
export const whereNotSent = ({ timelines }: Pick<Desk, 'timelines'>): ConversationId | null =>
  [...timelines].find(([, { pending }]) => pending.some(({ state }) => state.name === 'notSent'))?.[0] ?? null
