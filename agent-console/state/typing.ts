import type { AgentId, ConversationId } from '../../shared/ids.ts'
import type { TypingChanged } from '../../shared/protocol.ts'
import type { TimelineEvent } from '../../shared/timeline.ts'

/** What a conversation's other writers are doing, each until the time given. */
export interface Typing {
  visitorUntil: number
  colleagues: readonly { id: AgentId; name: string; until: number }[]
}

export type AllTyping = ReadonlyMap<ConversationId, Typing>

/** `until` this time, unless it is taken back before. */
export function withTyping(
  all: AllTyping,
  { conversationId, who, typing }: TypingChanged,
  until: number,
): AllTyping {
  const held = all.get(conversationId) ?? { visitorUntil: 0, colleagues: [] }
  const end = typing ? until : 0
  const next: Typing =
    who.side === 'visitor'
      ? { ...held, visitorUntil: end }
      : {
          ...held,
          colleagues: [
            ...held.colleagues.filter((one) => one.id !== who.agentId),
            ...(typing ? [{ id: who.agentId, name: who.name, until }] : []),
          ],
        }
  return new Map(all).set(conversationId, next)
}

/** Whoever's message has arrived is no longer writing it. */
export function withoutTyping(
  typing: AllTyping,
  id: ConversationId,
  { entries }: Extract<TimelineEvent, { type: 'entries' }>,
): AllTyping {
  const held = typing.get(id)
  if (!held) return typing
  const authors = entries.flatMap((entry) => (entry.kind === 'message' ? [entry.author] : []))
  return new Map(typing).set(id, {
    visitorUntil: authors.some((author) => author.kind === 'visitor') ? 0 : held.visitorUntil,
    colleagues: held.colleagues.filter(
      (one) => !authors.some((author) => author.kind === 'agent' && author.id === one.id),
    ),
  })
}
