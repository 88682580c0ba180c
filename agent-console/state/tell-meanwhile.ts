import type { Desk, DeskEvent } from './desk-state.ts'
import { meanwhileIn } from './meanwhile.ts'

type Told = Omit<Extract<DeskEvent, { type: 'meanwhile' }>, 'type'>

/** What others did in a conversation is kept beside it until the agent has read it. */
export function tellMeanwhile(
  { timelines, meanwhile, me }: Desk,
  { conversationId, since, before, unchanged }: Told,
): Desk['meanwhile'] {
  const entries = meanwhileIn(timelines.get(conversationId)?.entries ?? [], { since, before }, me.id)
  return entries.length > 0 ? new Map(meanwhile).set(conversationId, { entries, unchanged }) : meanwhile
}
