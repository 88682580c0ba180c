import type { AgentStatus, SignedInAgent } from '../../shared/agent.ts'
import type { Conversation } from '../../shared/conversation/conversation.ts'
import type { AgentId, ClientId, ConversationId } from '../../shared/ids.ts'
import type { InboxRow } from '../../shared/inbox.ts'
import { times } from '../../shared/limits.ts'
import { type AgentInput, type Changed, protocolVersion } from '../../shared/protocol.ts'
import { type Ack, type Failure, isRetryable, type Result, success } from '../../shared/result.ts'
import type { LiveVisitor, RecordedPageView } from '../../shared/visitor.ts'
import type { Api, List, Query } from '../connection/api.ts'
import type { Link } from '../connection/link.ts'
import { applyDesk, type Desk, type DeskEvent, emptyDesk } from './desk-state.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import type { Chance, Clock, Keep } from './ports.ts'
import { createStore, type Store } from './store.ts'

export interface DeskParts {
  me: SignedInAgent
  link: Link
  api: Api
  clock: Clock
  keep: Keep
  chance: Chance
}

/** What a signed-in agent sees and can do. Every change comes back through `state`. */
export interface DeskControl {
  state: Store<Desk>
  /** The server's time, ms. */
  now(): number
  /** Asks for all that may have been missed: after a pause, a new connection, a wake-up. */
  resync(): void
  watch(id: ConversationId): () => void
  older(id: ConversationId): Promise<void>
  reply(id: ConversationId, text: string, note: boolean): void
  isNote(clientId: ClientId): boolean
  retry(clientId: ClientId): void
  discard(clientId: ClientId): void
  typing(id: ConversationId, typing: boolean): void
  /** Tells that the entries of this conversation have reached this device, or were looked at. */
  receive(id: ConversationId, looking: boolean): void
  close(id: ConversationId): Promise<Failure | null>
  reopen(id: ConversationId): Promise<Failure | null>
  assign(id: ConversationId, agentId: AgentId | null): Promise<Failure | null>
  setStatus(status: AgentStatus): void
  /** Brings conversations that are not in the live list into it. Answers where the next page begins. */
  olderRows(query: Query): Promise<Result<string | null>>
  recallTrail(visitor: LiveVisitor): Promise<void>
  leave(): void
}

export function createDesk(parts: DeskParts): DeskControl {
  const { link, clock } = parts
  const state = createStore<Desk>(emptyDesk(parts.me))
  const tell = (event: DeskEvent) => state.update((desk) => applyDesk(desk, event))
  const watched = new Map<ConversationId, number>()
  const outbox = openOutbox(parts, tell)
  const sync = createSync({ ...parts, state, tell, watched, outbox })

  hearAnnouncements(link, { clock, tell, fillGap: sync.fillGap })
  link.onNews((news) => {
    if (news.name === 'up') void sync.hello()
    else if (news.name === 'refused') tell({ type: 'connection', connection: news })
    else if (state.get().connection.name !== 'refused')
      tell({ type: 'connection', connection: { name: 'lost' } })
  })
  link.open()

  const change = async (asked: Promise<Ack<Changed>>): Promise<Failure | null> => {
    const answer = await asked
    if (!answer.ok) return answer.error
    const { conversation, entries } = answer
    tell({ type: 'timeline', conversationId: conversation.id, event: { type: 'entries', entries } })
    return null
  }

  return {
    state,
    now: () => clock.now() + state.get().skew,
    resync: () => {
      link.hurry()
      if (state.get().connection.name === 'live') void sync.hello()
    },
    watch: (id) => {
      watched.set(id, (watched.get(id) ?? 0) + 1)
      if (watched.get(id) === 1) void sync.watch(id)
      return () => {
        const left = (watched.get(id) ?? 1) - 1
        if (left > 0) watched.set(id, left)
        else {
          watched.delete(id)
          void link.request('conversation:unwatch', { conversationId: id })
        }
      }
    },
    older: sync.older,
    reply: (conversationId, text, note) => outbox.post({ conversationId, text, note }),
    isNote: (clientId) => outbox.find(clientId)?.note ?? false,
    retry: outbox.retry,
    discard: outbox.discard,
    typing: (conversationId, typing) => void link.request('typing:set', { conversationId, typing }),
    receive: createReceipts(link, state),
    close: (conversationId) =>
      change(link.request('conversation:close', { conversationId, reason: 'agent' })),
    reopen: (conversationId) => change(link.request('conversation:reopen', { conversationId })),
    assign: (conversationId, agentId) =>
      change(link.request('conversation:assign', { conversationId, agentId })),
    olderRows: async (query) => {
      const found = await parts.api.get<List<FlatRow>>('/conversations', query)
      if (!found.ok) return found
      tell({ type: 'inbox', rows: found.value.items.map(rowOf) })
      return success(found.value.nextCursor)
    },
    setStatus: (status) => {
      tell({ type: 'status', status })
      void link.request('status:set', { status })
    },
    recallTrail: async (visitor) => {
      const found = await parts.api.get<List<RecordedPageView>>(`/visitors/${visitor.visitId}/page-views`)
      if (found.ok) tell({ type: 'trail', visitor, views: found.value.items })
    },
    leave: () => {
      outbox.close()
      link.close()
    },
  }
}

/** A row as programs get it: the conversation's own fields on the top level. */
type FlatRow = Conversation & Omit<InboxRow, 'conversation'>
const rowOf = ({ visitorName, receipts, unread, ...conversation }: FlatRow): InboxRow => ({
  conversation,
  visitorName,
  receipts,
  unread,
})

type Tell = (event: DeskEvent) => void

const openOutbox = ({ me, keep, clock, chance, link }: DeskParts, tell: Tell): Outbox =>
  createOutbox({
    key: `ahlan.outbox.${me.id}`,
    keep,
    clock,
    chance,
    send: ({ conversationId, clientId, text, note }) =>
      link.request('message:send', { conversationId, clientId, text, note }),
    announce: (conversationId, event) => tell({ type: 'timeline', conversationId, event }),
  })

interface Ears {
  clock: Clock
  tell: Tell
  fillGap(id: ConversationId): void
}

function hearAnnouncements(link: Link, { clock, tell, fillGap }: Ears): void {
  link.on('entries:added', ({ conversationId, entries }) => {
    tell({ type: 'timeline', conversationId, event: { type: 'entries', entries } })
    fillGap(conversationId)
  })
  link.on('receipts:changed', ({ conversationId, receipts }) =>
    tell({ type: 'timeline', conversationId, event: { type: 'receipts', receipts } }),
  )
  link.on('typing:changed', (change) =>
    tell({ type: 'typing', change, until: clock.now() + times.typingExpires }),
  )
  link.on('inbox:changed', ({ rows }) => tell({ type: 'inbox', rows }))
  link.on('roster:changed', ({ upserts, gone }) => tell({ type: 'roster', upserts, gone }))
  link.on('colleagues:changed', ({ colleagues }) => tell({ type: 'colleagues', colleagues }))
  link.on('workspace:changed', () => tell({ type: 'workspace' }))
}

interface SyncParts extends DeskParts {
  state: Store<Desk>
  tell: Tell
  watched: ReadonlyMap<ConversationId, number>
  outbox: Outbox
}

/** Asks for what is missing; everything it learns goes through the same folds as live news. */
function createSync({ link, clock, state, tell, watched, outbox }: SyncParts) {
  const filling = new Set<ConversationId>()
  const held = (id: ConversationId) => state.get().timelines.get(id)?.conversation ?? null

  const hello = async (): Promise<void> => {
    const answer = await link.request('hello', { protocolVersion, resume: null })
    if (!answer.ok) {
      if (answer.error.code === 'unsupported')
        tell({ type: 'connection', connection: { name: 'refused', reason: 'protocol' } })
      else if (isRetryable(answer.error.code) && link.isUp()) clock.after(times.retryFirst, hello)
      return
    }
    tell({ type: 'snapshot', snapshot: answer, now: clock.now() })
    tell({ type: 'connection', connection: { name: 'live' } })
    outbox.flush()
    await Promise.all([...watched.keys()].map(watch))
  }

  const watch = async (id: ConversationId): Promise<void> => {
    if (!state.get().ready) return
    const answer = await link.request('conversation:watch', {
      conversationId: id,
      after: held(id)?.seq ?? null,
    })
    if (!answer.ok) return
    tell({ type: 'inbox', rows: [answer.row] })
    const { conversation, entries, receipts } = answer
    const event =
      answer.mode === 'whole'
        ? ({ type: 'snapshot', conversation, entries, receipts } as const)
        : ({ type: 'entries', entries } as const)
    tell({ type: 'timeline', conversationId: id, event })
    tell({ type: 'timeline', conversationId: id, event: { type: 'receipts', receipts } })
  }

  const ask = (input: AgentInput<'entries:since'>) => link.request('entries:since', input)

  const fill = async (id: ConversationId): Promise<void> => {
    for (;;) {
      const answer = await ask({ conversationId: id, after: held(id)?.seq ?? 0 })
      if (!answer.ok) return
      tell({ type: 'timeline', conversationId: id, event: { type: 'entries', entries: answer.entries } })
      if (!answer.more) return
    }
  }

  return {
    hello,
    watch,
    fillGap: (id: ConversationId) => {
      if (!state.get().timelines.get(id)?.gap || filling.has(id)) return
      filling.add(id)
      void fill(id).finally(() => filling.delete(id))
    },
    older: async (id: ConversationId) => {
      const first = state.get().timelines.get(id)?.entries[0]?.seq ?? 1
      const answer = await ask({ conversationId: id, after: Math.max(0, first - 1 - olderAtOnce) })
      if (!answer.ok) return
      tell({
        type: 'timeline',
        conversationId: id,
        event: { type: 'older', entries: answer.entries.filter((entry) => entry.seq < first) },
      })
    },
  }
}

const olderAtOnce = 100

/** Receipts only move forward, so one that says nothing new is not sent. */
function createReceipts(link: Link, state: Store<Desk>): DeskControl['receive'] {
  return (conversationId, looking) => {
    const timeline = state.get().timelines.get(conversationId)
    const seq = timeline?.conversation?.seq ?? 0
    const { delivered, seen } = timeline?.receipts.agents ?? { delivered: 0, seen: 0 }
    const next = { delivered: seq, seen: looking ? seq : seen }
    if (seq === 0 || (next.delivered <= delivered && next.seen <= seen)) return
    void link.request('receipt:send', { conversationId, ...next })
  }
}
