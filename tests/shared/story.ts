import * as v from 'valibot'
import { applyEntry, type Conversation, startConversation } from '../../shared/conversation/conversation.ts'
import { type Command, decide } from '../../shared/conversation/decide.ts'
import type { Author, Entry, Rating } from '../../shared/conversation/entry.ts'
import { type AgentId, ClientId, makeId } from '../../shared/ids.ts'
import type { Result } from '../../shared/result.ts'

export const minute = 60_000
export const hour = 60 * minute

/** Ten bytes that differ for each number. */
const bytes = (n: number): Uint8Array => new Uint8Array(10).fill(0).map((_, i) => (n >> (8 * i)) & 255)

export const siteId = makeId('s', 0, bytes(1))
export const visitorId = makeId('v', 0, bytes(1))
export const conversationId = makeId('c', 0, bytes(1))
export const ruleId = makeId('r', 0, bytes(1))
export const inviteId = makeId('i', 0, bytes(1))

type Agent = Extract<Author, { kind: 'agent' }>
const agent = (n: number, name: string): Agent => ({ kind: 'agent', id: makeId('a', 0, bytes(n)), name })
export const sara = agent(1, 'Sara')
export const omid = agent(2, 'Omid')
export const visitor: Author = { kind: 'visitor', id: visitorId }

export const clientId = (n: number): ClientId =>
  v.parse(ClientId, `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`)

/** A conversation as it happens: commands are decided, numbered and folded, as the store does. */
export class Story {
  conversation: Conversation = startConversation(conversationId, siteId, visitorId, 0)
  entries: Entry[] = []
  #written = 0

  /** Carries the command out at `at` (ms) and answers what it was answered. */
  run(command: Command, at: number): Result<Entry[]> {
    const decided = decide(this.conversation, command, at)
    if (!decided.ok) return decided
    const added = decided.value.map((body, i): Entry => ({ ...body, seq: this.conversation.seq + i + 1, at }))
    for (const entry of added) this.conversation = applyEntry(this.conversation, entry)
    this.entries.push(...added)
    return { ok: true, value: added }
  }

  visitor(at: number, text = 'Is it still there?'): this {
    return this.#say(visitor, { text, at, note: false })
  }

  agent(at: number, author: Agent = sara, text = 'It is.'): this {
    return this.#say(author, { text, at, note: false })
  }

  note(at: number, author: Agent = sara): this {
    return this.#say(author, { text: 'A regular.', at, note: true })
  }

  assign(at: number, to: Agent | null): this {
    return this.#do({ type: 'assign', agent: to && { id: to.id, name: to.name }, by: sara }, at)
  }

  close(at: number, surveyLocked = false): this {
    return this.#do({ type: 'close', by: sara, reason: 'agent', surveyLocked }, at)
  }

  rate(at: number, rating: Rating, comment = ''): this {
    return this.#do({ type: 'rate', rating, comment }, at)
  }

  #say(author: Author, said: { text: string; at: number; note: boolean }): this {
    this.#written++
    return this.#do({ type: 'message', author, clientId: clientId(this.#written), ...said }, said.at)
  }

  #do(command: Command, at: number): this {
    const done = this.run(command, at)
    if (!done.ok) throw new Error(`${command.type} was refused: ${done.error.message}`)
    return this
  }
}

export const agentId = (author: Author): AgentId => {
  if (author.kind !== 'agent') throw new Error('not an agent')
  return author.id
}
