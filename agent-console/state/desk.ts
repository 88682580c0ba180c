import type { AgentStatus, SignedInAgent } from '../../shared/agent.ts'
import type { ClientId, ConversationId } from '../../shared/ids.ts'
import { times } from '../../shared/limits.ts'
import type { Sent } from '../../shared/protocol.ts'
import { type Ack, type Failure, failure, type Result, success } from '../../shared/result.ts'
import { noReceipts } from '../../shared/timeline.ts'
import type { LiveVisitor, RecordedPageView } from '../../shared/visitor.ts'
import type { Api, List, Query } from '../connection/api.ts'
import type { Link, LinkNews } from '../connection/link.ts'
import { Acts } from './acts.ts'
import { applyDesk } from './desk-fold.ts'
import { type Desk, type DeskEvent, emptyDesk } from './desk-state.ts'
import { draftKey } from './draft.ts'
import { type FlatRow, rowOf } from './flat-row.ts'
import { FollowUpNews } from './follow-up-news.ts'
import { type Look, Lookout } from './lookout.ts'
import { Outbox, type Reply } from './outbox.ts'
import type { Chance, Clock, Keep, Vault } from './ports.ts'
import { OwedReceipts, type Reached } from './receipts.ts'
import { createStore, type Store } from './store.ts'
import { Sync } from './sync.ts'
import { noVault } from './vault.ts'

export interface DeskParts {
  me: SignedInAgent
  link: Link
  api: Api
  clock: Clock
  keep: Keep
  /** None where the browser has no database. */
  vault?: Vault
  chance: Chance
}

/** What a signed-in agent sees and can do. Every change comes back through `state`. */
export class DeskControl {
  readonly state: Store<Desk>
  readonly #parts: DeskParts
  readonly #outbox: Outbox
  readonly #receipts: OwedReceipts
  readonly #sync: Sync
  readonly #lookout: Lookout
  /** What is done with a conversation. */
  readonly acts: Acts
  readonly followUps: FollowUpNews

  constructor(parts: DeskParts) {
    const { me, link, clock, keep, vault = noVault, chance } = parts
    this.#parts = parts
    this.state = createStore<Desk>(emptyDesk(me))
    this.#outbox = new Outbox({
      prefix: `ahlan.outbox.${me.id}.`,
      keep,
      vault,
      clock,
      chance,
      mayGo: () => this.state.get().connection.name === 'live',
      send: (reply) => this.#greeted(() => link.request('message:send', messageOf(reply))),
      announce: (conversationId, event) => this.#tell({ type: 'timeline', conversationId, event }),
      confirmed: (reply, sent) => this.#confirm(reply, sent),
    })
    this.#receipts = new OwedReceipts({
      send: (conversationId, reached) =>
        this.#greeted(() => link.request('receipt:send', { conversationId, ...reached })),
      confirmed: (conversationId, agents) => this.#tellReceipts(conversationId, agents),
    })
    this.#sync = new Sync({
      agentId: me.id,
      link,
      clock,
      state: this.state,
      tell: (event) => this.#tell(event),
      erased: (ids) => this.#erased(ids),
      ready: () => {
        this.#outbox.flush()
        this.#receipts.flush()
        void this.#lookout.again()
      },
    })
    this.#lookout = new Lookout({
      ...{ link, clock },
      isLive: () => this.state.get().connection.name === 'live',
      seen: (look, frame) => this.#tell({ type: 'looked', look, frame }),
    })
    const tell = (event: DeskEvent) => this.#tell(event)
    this.acts = new Acts({ link, state: this.state, sync: this.#sync, tell })
    this.followUps = new FollowUpNews(link)
    this.#listen()
    link.open()
  }

  /** The server's time, ms. */
  readonly now = (): number => this.#parts.clock.now() + this.state.get().skew

  /** This device's time, ms: for what was noticed here. */
  readonly deviceNow = (): number => this.#parts.clock.now()

  /** Asks for all that may have been missed: after a pause, a new connection, a wake-up. */
  resync(): void {
    this.#sync.wake()
  }

  /** Keeps a conversation up to date until the returned function is called. */
  watch(id: ConversationId): () => void {
    return this.#sync.watch(id)
  }

  /** What of the live list is on the screen; null for none of it. */
  look(look: Look | null): void {
    if (!look) this.#tell({ type: 'lookedAway' })
    this.#lookout.look(look)
  }

  older(id: ConversationId): Promise<void> {
    return this.#sync.older(id)
  }

  reply(conversationId: ConversationId, text: string, note: boolean, files?: Reply['files']): void {
    this.heed(conversationId)
    const seen = this.#sync.heldSeq(conversationId)
    void this.#outbox.post({ conversationId, text, note, files, seen })
  }

  /** What the files of a draft need besides the way up. */
  get device(): Pick<DeskParts, 'keep' | 'clock' | 'chance'> {
    return this.#parts
  }

  /** The agent has read what others did meanwhile. */
  heed(conversationId: ConversationId): void {
    this.#tell({ type: 'heeded', conversationId })
  }

  isNote(clientId: ClientId): boolean {
    return this.#outbox.find(clientId)?.note ?? false
  }

  retry(clientId: ClientId): void {
    this.#outbox.retry(clientId)
  }

  discard(clientId: ClientId): void {
    void this.#outbox.discard(clientId)
  }

  /** Another tab has written to the disk that all share. */
  heedOtherTabs(): void {
    this.#outbox.heedOtherTabs()
  }

  typing(conversationId: ConversationId, typing: boolean): void {
    void this.#parts.link.request('typing:set', { conversationId, typing })
  }

  /**
   * Tells that the entries of this conversation have reached this device, or were looked at.
   * Receipts only move forward, so one that says nothing new is not sent. They count once confirmed.
   */
  receive(conversationId: ConversationId, looking: boolean): void {
    const timeline = this.state.get().timelines.get(conversationId)
    const seq = timeline?.conversation?.seq ?? 0
    const { delivered, seen } = timeline?.receipts.agents ?? { delivered: 0, seen: 0 }
    const next = { delivered: seq, seen: looking ? seq : seen }
    this.#receipts.tell(conversationId, next, { delivered, seen })
  }

  close(...asked: Parameters<Acts['close']>): Promise<Failure | null> {
    return this.acts.close(...asked)
  }

  reopen(...asked: Parameters<Acts['reopen']>): Promise<Failure | null> {
    return this.acts.reopen(...asked)
  }

  assign(...asked: Parameters<Acts['assign']>): Promise<Failure | null> {
    return this.acts.assign(...asked)
  }

  setStatus(status: AgentStatus): void {
    this.#tell({ type: 'status', status })
    void this.#parts.link.request('status:set', { status })
  }

  /** Brings conversations that are not in the live list into it. Answers where the next page begins. */
  async olderRows(query: Query): Promise<Result<string | null>> {
    const found = await this.#parts.api.get<List<FlatRow>>('/conversations', query)
    if (!found.ok) return found
    this.#tell({ type: 'inbox', rows: found.value.items.map(rowOf) })
    return success(found.value.nextCursor)
  }

  /** The same, past pages that are all here already: the live list holds the first ones. */
  async newOlderRows(query: Query): Promise<Result<string | null>> {
    const held = this.state.get().inbox.size
    let cursor = query.cursor ?? null
    for (;;) {
      const answer = await this.olderRows({ ...query, cursor })
      if (!answer.ok || answer.value === null || this.state.get().inbox.size > held) return answer
      cursor = answer.value
    }
  }

  async recallTrail(visitor: LiveVisitor): Promise<void> {
    const path = `/visitors/${visitor.visitId}/page-views`
    const found = await this.#parts.api.get<List<RecordedPageView>>(path)
    if (found.ok) this.#tell({ type: 'trail', visitor, views: found.value.items })
  }

  leave(): void {
    this.#outbox.close()
    this.#parts.link.close()
  }

  /** Before the greeting is over the server knows nobody here; what is then refused would be for good. */
  async #greeted<Answer extends object>(ask: () => Promise<Ack<Answer>>): Promise<Ack<Answer>> {
    const { connection } = this.state.get()
    return connection.name === 'live' ? ask() : failure('unavailable', 'There is no connection.')
  }

  #tell(event: DeskEvent): void {
    this.state.update((desk) => applyDesk(desk, event))
  }

  #tellReceipts(conversationId: ConversationId, agents: Reached): void {
    const receipts = { ...noReceipts, agents }
    this.#tell({ type: 'timeline', conversationId, event: { type: 'receipts', receipts } })
  }

  /** The entry takes the waiting reply's place: now, or once the entries between them are here. */
  #confirm(reply: Reply, { entries }: Sent): void {
    const { conversationId, clientId, seen } = reply
    this.#tell({ type: 'timeline', conversationId, event: { type: 'entries', entries } })
    const before = entries[0]?.seq
    const tellMeanwhile = () => {
      if (seen !== null && before !== undefined)
        this.#tell({ type: 'meanwhile', conversationId, since: seen, before, unchanged: false })
    }
    if (this.state.get().timelines.get(conversationId)?.gap)
      void this.#sync.fillGap(conversationId).then(tellMeanwhile)
    else {
      this.#tell({ type: 'timeline', conversationId, event: { type: 'discarded', clientId } })
      tellMeanwhile()
    }
  }

  /** What was written to them is of no use to anybody, and theirs. */
  #erased(ids: readonly ConversationId[]): void {
    this.#tell({ type: 'erased', ids })
    this.followUps.erased(ids)
    this.#outbox.drop(ids)
    for (const id of ids) this.#parts.keep.write(draftKey(this.#parts.me.id, id), null)
  }

  #listen(): void {
    const { link, clock } = this.#parts
    link.onNews((news) => this.#hear(news))
    link.on('entries:added', ({ conversationId, entries }) => {
      this.#tell({ type: 'timeline', conversationId, event: { type: 'entries', entries } })
      void this.#sync.fillGap(conversationId)
    })
    link.on('receipts:changed', ({ conversationId, receipts }) =>
      this.#tell({ type: 'timeline', conversationId, event: { type: 'receipts', receipts } }),
    )
    link.on('typing:changed', (change) =>
      this.#tell({ type: 'typing', change, until: clock.now() + times.typingExpires }),
    )
    link.on('inbox:changed', ({ rows }) => this.#sync.follow(rows))
    link.on('conversations:erased', ({ ids }) => this.#erased(ids))
    link.on('roster:changed', ({ upserts, gone }) => this.#tell({ type: 'roster', upserts, gone }))
    link.on('roster:moved', (moved) => this.#tell({ type: 'moved', moved }))
    link.on('totals:changed', (totals) => this.#tell({ type: 'totals', totals }))
    link.on('colleagues:changed', ({ colleagues }) => this.#tell({ type: 'colleagues', colleagues }))
    link.on('workspace:changed', () => this.#tell({ type: 'workspace' }))
  }

  #hear(news: LinkNews): void {
    const { name } = this.state.get().connection
    if (news.name === 'up') {
      this.followUps.forget()
      this.#sync.up()
    } else if (news.name === 'refused') this.#tell({ type: 'connection', connection: news })
    else if (name === 'connecting' || name === 'live')
      this.#tell({ type: 'connection', connection: { name: 'lost', since: this.#parts.clock.now() } })
  }
}

const messageOf = ({ conversationId, clientId, text, note, files }: Reply) => ({
  ...{ conversationId, clientId, text, note },
  ...(files ? { files: files.map(({ id }) => id) } : {}),
})
