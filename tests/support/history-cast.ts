import { randomBytes, randomUUID } from 'node:crypto'
import { parse } from 'valibot'
import type { Appended, History } from '../../server/history/history.ts'
import { applyEntry, type Conversation, startConversation } from '../../shared/conversation/conversation.ts'
import type { Command } from '../../shared/conversation/decide.ts'
import type { Author, Entry } from '../../shared/conversation/entry.ts'
import type { ConversationFacts } from '../../shared/conversation/facts.ts'
import {
  type AgentId,
  ClientId,
  type ConversationId,
  makeId,
  type SiteId,
  type VisitorId,
} from '../../shared/ids.ts'
import type { Result } from '../../shared/result.ts'

/** The time at which every scene begins. */
export const noon = Date.UTC(2026, 4, 4, 12)
export const minute = 60_000
export const hour = 60 * minute

export const newClientId = (): ClientId => parse(ClientId, randomUUID())
export const newConversationId = (at = noon): ConversationId => makeId('c', at, randomBytes(10))
export const newVisitorId = (at = noon): VisitorId => makeId('v', at, randomBytes(10))
export const newSiteId = (): SiteId => makeId('s', noon, randomBytes(10))
export const newTokenHash = (): string => randomBytes(32).toString('base64url')

export const taken = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}

export interface Scene {
  history: History
  siteId: SiteId
  visitorId: VisitorId
  visitor: Author
  sara: Author & { kind: 'agent' }
  /** The visitor writes to whichever conversation takes it. */
  says(text: string, at?: number, clientId?: ClientId): Promise<Result<Appended>>
  /** As the first of an episode, with who begins it and where. */
  begins(text: string, facts: ConversationFacts, at?: number): Promise<Result<Appended>>
  /** Somebody does something to a conversation. */
  does(id: ConversationId, command: Command, at?: number): Promise<Result<Appended>>
  answers(id: ConversationId, text: string, at?: number): Promise<Result<Appended>>
  closes(id: ConversationId, at?: number): Promise<Result<Appended>>
  entries(id: ConversationId): Promise<Entry[]>
}

/** A visitor and an agent on a site of their own, so that scenes can share one store. */
export function scene(history: History, siteId = newSiteId(), visitorId = newVisitorId()): Scene {
  const visitor: Author = { kind: 'visitor', id: visitorId }
  const agentId: AgentId = makeId('a', noon, randomBytes(10))
  const sara = { kind: 'agent', id: agentId, name: 'Sara' } as const
  const does: Scene['does'] = (conversationId, command, at = noon) =>
    history.conversations.append({ target: { kind: 'existing', conversationId }, command, at })
  return {
    history,
    siteId,
    visitorId,
    visitor,
    sara,
    says: (text, at = noon, clientId = newClientId()) =>
      history.conversations.append({
        target: { kind: 'current', siteId, visitorId, newId: newConversationId(at) },
        command: { type: 'message', author: visitor, clientId, text, note: false },
        at,
      }),
    begins: (text, facts, at = noon) =>
      history.conversations.append({
        target: { kind: 'current', siteId, visitorId, newId: newConversationId(at) },
        command: { type: 'message', author: visitor, clientId: newClientId(), text, note: false },
        ...{ at, beginning: () => facts },
      }),
    does,
    answers: (id, text, at) =>
      does(id, { type: 'message', author: sara, clientId: newClientId(), text, note: false }, at),
    closes: (id, at) => does(id, { type: 'close', by: sara, reason: 'agent', surveyLocked: false }, at),
    entries: (id) => allEntries(history, id),
  }
}

/** However many answers they take. */
export async function allEntries({ conversations }: History, id: ConversationId): Promise<Entry[]> {
  const entries: Entry[] = []
  for (;;) {
    const more = await conversations.entries(id, entries.at(-1)?.seq ?? 0, 10_000)
    if (more.length === 0) return entries
    entries.push(...more)
  }
}

/** What the entries add up to. */
export const fold = (
  { id, siteId, visitorId, startedAt }: Conversation,
  entries: readonly Entry[],
): Conversation => entries.reduce(applyEntry, startConversation(id, siteId, visitorId, startedAt))
