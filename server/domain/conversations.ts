import { type Conversation, lastSaidAt } from '../../shared/conversation/conversation.ts'
import type { Command, MarkCommand, PresenceCommand } from '../../shared/conversation/decide.ts'
import type { Author, Entry } from '../../shared/conversation/entry.ts'
import type { MessageFile } from '../../shared/file.ts'
import { type AgentId, type ConversationId, makeId, type VisitorId } from '../../shared/ids.ts'
import type { InboxRow } from '../../shared/inbox.ts'
import { failure, type Result, success } from '../../shared/result.ts'
import type { Receipts } from '../../shared/timeline.ts'
import type {
  Append,
  Appended,
  ConversationQuery,
  ConversationRow,
  History,
  Page,
  StoredConversation,
} from '../history/history.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { Audience, Origin } from './audience.ts'
import { beginning } from './beginning.ts'
import type { AgentMessage, Agents, Closing, Conversations, Sites, VisitorMessage } from './domain.ts'
import { OneByOne } from './one-by-one.ts'
import type { OwnConversation } from './own-conversation.ts'
import type { Clock, Log, Random } from './ports.ts'
import type { Exposures } from './proactive/exposures.ts'
import type { Invitations } from './proactive/proactive.ts'
import type { TalkWitness } from './proactive/talk-witness.ts'
import type { ReplyPromise } from './reply-promise.ts'
import type { Sorter } from './sorter.ts'
import type { SurveyLock } from './survey-lock.ts'
import { createSurveys, type SurveyMove, type Surveys } from './surveys.ts'
import type { LiveVisits } from './visits/visits.ts'

/** The conversations as sockets use them. */
export interface LiveConversations extends Conversations {
  /** What the visitor does with the survey of a conversation of theirs. */
  survey(own: OwnConversation, move: SurveyMove, origin: Origin): Promise<Result<Appended>>
  /** That they have left the site, or are back on it, while they wait for an answer. */
  presence(own: OwnConversation, move: PresenceCommand): Promise<Result<Appended>>
  /** How far one side has got. A claim beyond the last entry counts as the last entry. */
  receive(
    row: StoredConversation,
    side: 'visitor' | 'agents',
    receipt: { delivered: number; seen: number },
    origin: Origin,
  ): Promise<void>
  find(id: ConversationId): Promise<ConversationRow | null>
  /** Latest first. */
  ofVisitor(visitorId: VisitorId, limit: number): Promise<StoredConversation[]>
  lastEntries(id: ConversationId, limit: number): Promise<Entry[]>
  /** Open ones, and those of them that wait for an answer. */
  count(): Promise<{ open: number; waiting: number }>
}

export interface ConversationNeeds {
  history: Pick<History, 'conversations' | 'files'>
  agents: Pick<Agents, 'byId'>
  sites: Pick<Sites, 'byId'>
  workspace: Pick<Workspace, 'read'>
  visits: Pick<LiveVisits, 'byId' | 'ofVisitor' | 'conversing' | 'quieten'>
  exposures: Pick<Exposures, 'pastOf'>
  sorter: Pick<Sorter, 'segmentsOf'>
  invitations: Invitations
  surveyLock: SurveyLock
  promise: Pick<ReplyPromise, 'promisedMs'>
  witness: TalkWitness
  audience: Pick<Audience, 'entriesAdded' | 'receiptsMoved'>
  clock: Clock
  random: Random
  log: Log
}

export const createConversations = (needs: ConversationNeeds): LiveConversations =>
  new StoredConversations(needs)

type Held = { files?: readonly MessageFile[] }

class StoredConversations implements LiveConversations {
  readonly surveys: Surveys
  private readonly posts = new OneByOne()

  constructor(private readonly needs: ConversationNeeds) {
    const { conversations } = needs.history
    this.surveys = createSurveys({ ...needs, conversations, append: (...asked) => this.append(...asked) })
  }

  async postAsVisitor(message: VisitorMessage, origin: Origin): Promise<Result<Appended>> {
    if (!this.needs.sites.byId(message.siteId)) return failure('not_found', 'There is no such site.')
    const target = this.targetOf(message)
    const outcome = await this.withFiles(message, message.visitorId, (held) =>
      this.append({ target, command: this.messageOf(message, held) }, origin, message),
    )
    if (outcome.ok && !outcome.value.duplicate) this.talking(message)
    return outcome
  }

  async postAsAgent(message: AgentMessage, origin: Origin): Promise<Result<Appended>> {
    const { agent, conversationId, clientId, text, note } = message
    const author: Author = { kind: 'agent', id: agent.id, name: agent.name }
    const outcome = await this.withFiles(message, agent.id, (held) =>
      this.change(conversationId, { type: 'message', author, clientId, text, note, ...held }, origin),
    )
    if (outcome.ok && !outcome.value.duplicate && !note) {
      const { conversation, receipts } = outcome.value
      // To the sender too: their own device need not tell what it has seen any more.
      this.announceReceipts(conversation, 'agents', receipts, {})
    }
    return outcome
  }

  async close(id: ConversationId, by: Author, how: Closing, origin: Origin): Promise<Result<Appended>> {
    const row = await this.needs.history.conversations.find(id)
    if (!row || (by.kind === 'visitor' && by.id !== row.conversation.visitorId))
      return failure('not_found', 'There is no such conversation.')
    const why = typeof how === 'string' ? { reason: how } : { reason: 'agent' as const, ...how }
    // One after another: of two chats of one person that end at once, the first alone asks.
    return this.posts.run(`close ${row.conversation.visitorId}`, async () => {
      const plan = await this.surveys.atClose(row.conversation)
      return this.append({ target: ownedBy(id, by), command: { type: 'close', by, ...why, ...plan } }, origin)
    })
  }

  mark(id: ConversationId, mark: MarkCommand, origin: Origin): Promise<Result<Appended>> {
    return this.change(id, mark, origin)
  }

  reopen(id: ConversationId, by: Author, origin: Origin): Promise<Result<Appended>> {
    return this.change(id, { type: 'reopen', by }, origin)
  }

  async assign(
    id: ConversationId,
    { agentId, from }: { agentId: AgentId | null; from?: AgentId | null | undefined },
    by: Author,
    origin: Origin,
  ): Promise<Result<Appended>> {
    const agent = agentId === null ? null : this.needs.agents.byId(agentId)
    if (agentId !== null && !agent?.active)
      return failure('not_found', 'There is no such agent.', { path: 'agentId' })
    const to = agent && { id: agent.id, name: agent.name }
    const belief = from === undefined ? {} : { from }
    return this.change(id, { type: 'assign', agent: to, by, ...belief }, origin)
  }

  survey(own: OwnConversation, move: SurveyMove, origin: Origin): Promise<Result<Appended>> {
    return this.append({ target: { kind: 'existing', ...own }, command: move }, origin)
  }

  presence(own: OwnConversation, move: PresenceCommand): Promise<Result<Appended>> {
    return this.append({ target: { kind: 'existing', ...own }, command: move }, {})
  }

  async receive(
    { conversation }: StoredConversation,
    side: 'visitor' | 'agents',
    receipt: { delivered: number; seen: number },
    origin: Origin,
  ): Promise<void> {
    const upTo = (seq: number): number => Math.min(seq, conversation.seq)
    const seen = upTo(receipt.seen)
    const delivered = Math.max(upTo(receipt.delivered), seen)
    const reached = { delivered, seen }
    const receipts = await this.needs.history.conversations.receive(conversation.id, side, reached)
    if (receipts) this.announceReceipts(conversation, side, receipts, origin)
  }

  row(id: ConversationId): Promise<InboxRow | null> {
    return this.needs.history.conversations.find(id)
  }

  rows(ids: readonly ConversationId[]): Promise<InboxRow[]> {
    return this.needs.history.conversations.findMany(ids)
  }

  find(id: ConversationId): Promise<ConversationRow | null> {
    return this.needs.history.conversations.find(id)
  }

  list(query: ConversationQuery): Promise<Page<InboxRow>> {
    return this.needs.history.conversations.list(query)
  }

  entries(id: ConversationId, after: number, limit: number): Promise<Entry[]> {
    return this.needs.history.conversations.entries(id, after, limit)
  }

  lastEntries(id: ConversationId, limit: number): Promise<Entry[]> {
    return this.needs.history.conversations.lastEntries(id, limit)
  }

  ofVisitor(visitorId: VisitorId, limit: number): Promise<StoredConversation[]> {
    return this.needs.history.conversations.ofVisitor(visitorId, limit)
  }

  count(): Promise<{ open: number; waiting: number }> {
    return this.needs.history.conversations.count()
  }

  private targetOf(message: VisitorMessage): Append['target'] {
    const { siteId, visitorId, conversationId } = message
    if (conversationId !== null) return { kind: 'existing', conversationId, visitorId }
    const newId = makeId('c', this.needs.clock.now(), this.needs.random.bytes(10))
    return { kind: 'current', siteId, visitorId, newId }
  }

  /** A message with files waits for the store first; what its author says meanwhile waits for it, and nobody else. */
  private withFiles(
    message: VisitorMessage | AgentMessage,
    author: VisitorId | AgentId,
    post: (held: Held) => Promise<Result<Appended>>,
  ): Promise<Result<Appended>> {
    if (!message.files && !this.posts.isBusy(author)) return post({})
    return this.posts.run(author, async () => {
      const held = message.files ? await this.hold(message, author) : success({})
      return held.ok ? post(held.value) : held
    })
  }

  /** The files are the author’s, and of no other message: made sure before it is appended. */
  private async hold(
    { files: ids = [], clientId: message, conversationId, ...rest }: VisitorMessage | AgentMessage,
    owner: VisitorId | AgentId,
  ): Promise<Result<Held>> {
    const visibility = 'note' in rest && rest.note ? 'note' : 'visible'
    const at = this.needs.clock.now()
    const held = await this.needs.history.files.hold({ ids, owner, message, conversationId, visibility, at })
    return held.ok ? success({ files: held.value }) : held
  }

  private messageOf(message: VisitorMessage, held: Held): Command {
    const { visitorId, clientId, text, visitId, inviteId, page } = message
    const invitation = visitId && inviteId ? this.needs.invitations.pending(visitId, inviteId) : null
    return {
      type: 'message',
      author: { kind: 'visitor', id: visitorId },
      clientId,
      text,
      note: false,
      ...(invitation ? { invitation } : {}),
      ...(page ? { page } : {}),
      promised: this.needs.promise.promisedMs(message.siteId),
      ...held,
    }
  }

  /** Who talks is left in peace by proactive messages; the invitation they answered is done. */
  private talking({ visitId, inviteId }: VisitorMessage): void {
    const visit = visitId && this.needs.visits.byId(visitId)
    if (!visit) return
    if (inviteId) this.needs.invitations.answered(visit.id, inviteId)
    this.needs.visits.quieten(visit).catch((error: unknown) => {
      this.needs.log.warn('quiet:notStored', { error: String(error) })
    })
  }

  private change(
    conversationId: ConversationId,
    command: Command,
    origin: Origin,
  ): Promise<Result<Appended>> {
    return this.append({ target: { kind: 'existing', conversationId }, command }, origin)
  }

  /** Durable first, announced second. */
  private async append(
    { target, command }: Omit<Append, 'at' | 'beginning'>,
    origin: Origin,
    said?: VisitorMessage,
  ): Promise<Result<Appended>> {
    const { history, clock, visits, audience, surveyLock, witness } = this.needs
    const began = beginning(this.needs, command, said)
    const outcome = await history.conversations.append({ target, command, at: clock.now(), beginning: began })
    if (!outcome.ok || outcome.value.duplicate || outcome.value.entries.length === 0) return outcome
    const { conversation, entries } = outcome.value
    surveyLock.noticed(conversation.visitorId, entries)
    witness.talked(outcome.value)
    const { id, visitorId, status } = conversation
    visits.conversing(visitorId, status === 'open' ? id : null, lastSaidAt(conversation))
    audience.entriesAdded(outcome.value, origin)
    return outcome
  }

  private announceReceipts(
    { id, visitorId }: Conversation,
    side: 'visitor' | 'agents',
    receipts: Receipts,
    origin: Origin,
  ): void {
    this.needs.audience.receiptsMoved({ conversationId: id, visitorId, side, receipts }, origin)
  }
}

/** A visitor may close only what is theirs. */
const ownedBy = (conversationId: ConversationId, by: Author): Append['target'] => ({
  kind: 'existing',
  conversationId,
  ...(by.kind === 'visitor' ? { visitorId: by.id } : {}),
})
