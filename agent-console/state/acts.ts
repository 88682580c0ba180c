import type { Priority } from '../../shared/aims.ts'
import type { Conversation } from '../../shared/conversation/conversation.ts'
import type { AgentId, ConversationId } from '../../shared/ids.ts'
import type { Changed } from '../../shared/protocol.ts'
import type { Ack, Failure } from '../../shared/result.ts'
import type { Link } from '../connection/link.ts'
import type { Desk, DeskEvent } from './desk-state.ts'
import type { Store } from './store.ts'
import type { Sync } from './sync.ts'

interface ActParts {
  link: Pick<Link, 'request'>
  state: Pick<Store<Desk>, 'get'>
  sync: Pick<Sync, 'heldSeq' | 'fillGap' | 'fetch'>
  tell(event: DeskEvent): void
}

/** What an agent does with a conversation besides writing; each answers why it could not be done, or null. */
export class Acts {
  readonly #parts: ActParts

  constructor(parts: ActParts) {
    this.#parts = parts
  }

  /** `unasked`: why the visitor shall not be asked how it was. */
  close(conversationId: ConversationId, unasked?: string): Promise<Failure | null> {
    const why = unasked === undefined ? {} : { unasked }
    return this.#act(
      conversationId,
      this.#parts.link.request('conversation:close', { conversationId, ...why }),
    )
  }

  reopen(conversationId: ConversationId): Promise<Failure | null> {
    return this.#act(conversationId, this.#parts.link.request('conversation:reopen', { conversationId }))
  }

  /** Only from whom the screen shows as its owner: what a colleague has decided meanwhile stands. */
  assign(conversationId: ConversationId, agentId: AgentId | null): Promise<Failure | null> {
    const shown = this.#shown(conversationId)
    const from = shown && { from: shown.assigneeId }
    return this.#act(
      conversationId,
      this.#parts.link.request('conversation:assign', { conversationId, agentId, ...from }),
    )
  }

  /** Instead of the labels that the screen shows: what a colleague has added or removed meanwhile stays so. */
  tag(conversationId: ConversationId, tags: string[]): Promise<Failure | null> {
    const from = [...(this.#shown(conversationId)?.tags ?? [])]
    return this.#act(
      conversationId,
      this.#parts.link.request('conversation:tag', { conversationId, tags, from }),
    )
  }

  prioritise(conversationId: ConversationId, priority: Priority): Promise<Failure | null> {
    const asked = this.#parts.link.request('conversation:prioritise', { conversationId, priority })
    return this.#act(conversationId, asked)
  }

  /** How it was, once more. */
  askAgain(conversationId: ConversationId): Promise<Failure | null> {
    return this.#act(conversationId, this.#parts.link.request('survey:ask', { conversationId }))
  }

  #shown(id: ConversationId): Conversation | undefined {
    const { timelines, inbox } = this.#parts.state.get()
    return timelines.get(id)?.conversation ?? inbox.get(id)?.conversation
  }

  /** What could not be done because of a colleague is no failure: the screen is brought up to date, and says so. */
  async #act(id: ConversationId, asked: Promise<Ack<Changed>>): Promise<Failure | null> {
    const { sync, state, tell } = this.#parts
    const since = sync.heldSeq(id) ?? state.get().inbox.get(id)?.conversation.seq ?? 0
    const answer = await asked
    if (!answer.ok && answer.error.code !== 'conflict') return answer.error
    const entries = answer.ok ? answer.entries : []
    tell({ type: 'timeline', conversationId: id, event: { type: 'entries', entries } })
    if (entries.length > 0) await sync.fillGap(id)
    else {
      await sync.fetch(id)
      tell({ type: 'meanwhile', conversationId: id, since, unchanged: true })
    }
    return null
  }
}
