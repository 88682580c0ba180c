import type { Aim, Priority } from '../aims.ts'
import type { MessageFile } from '../file.ts'
import type { AgentId, ClientId, InviteId, RuleId } from '../ids.ts'
import { limits, times } from '../limits.ts'
import { failure, type Result, success } from '../result.ts'
import type { Conversation } from './conversation.ts'
import { asksAtClose, decideSurvey, type SurveyCommand } from './decide-survey.ts'
import type { Author, CloseReason, Credited, EntryBody, PageReference, SurveyKind } from './entry.ts'
import { waitsOf } from './waits.ts'

/** What somebody wants to happen to a conversation. */
export type Command =
  | {
      type: 'message'
      author: Author
      clientId: ClientId
      text: string
      note: boolean
      /** The proactive message this answers; it becomes the entry before. */
      invitation?: { ruleId: RuleId | null; inviteId: InviteId; text: string; author: Author }
      page?: PageReference
      /** Uploaded, the author’s own, and held for this message. */
      files?: readonly MessageFile[]
      /** The reply time that visitors were told, ms: kept with the message of a visitor that opens an episode. */
      promised?: number | undefined
    }
  /**
   * `surveyLocked`: this person was asked elsewhere a short while ago. `asks`: what the site asks, the rating where
   * it is left out. `unasked`: why the agent does not want them to be asked.
   */
  | {
      type: 'close'
      by: Author
      reason: CloseReason
      surveyLocked: boolean
      asks?: readonly SurveyKind[]
      credited?: Credited
      unasked?: string | undefined
    }
  | { type: 'reopen'; by: Author }
  /** `from`: who had it when this was asked for; if given, and somebody else has it by now, that stands. */
  | { type: 'assign'; agent: { id: AgentId; name: string } | null; by: Author; from?: AgentId | null }
  | SurveyCommand
  | MarkCommand
  | PresenceCommand

/** What agents are to see of a conversation; a priority by whom it was set. */
export type MarkCommand =
  /** `from`: those it had when this was asked for; if given, what was added and removed since stands beside it. */
  | { type: 'tag'; tags: readonly string[]; from?: readonly string[] | undefined; by: Author }
  | { type: 'prioritise'; priority: Priority; by: Author }
  | OverdueCommand

/** What has been waited for since then was not there in time. Recorded once, and only if it is still waited for. */
export type OverdueCommand = { type: 'overdue'; aim: Aim; since: number; dueAt: number }

/** The visitor has left the site, or is back. It is recorded while they wait for an answer. */
export type PresenceCommand = { type: 'leave' } | { type: 'return' }

/**
 * The rules of a conversation: which entries a command adds to it at the time `now` (ms).
 * An empty list means that what was asked is so already. Pure, so that the store can
 * decide and number inside one transaction.
 */
export function decide(conversation: Conversation, command: Command, now: number): Result<EntryBody[]> {
  switch (command.type) {
    case 'message':
      return decideMessage(conversation, command, now)
    case 'close':
      return decideClose(conversation, command)
    case 'reopen':
      return success(conversation.status === 'open' ? [] : [{ kind: 'reopened', by: command.by }])
    case 'assign':
      return decideAssignment(conversation, command)
    case 'tag':
      return decideTags(conversation.tags ?? [], command)
    case 'prioritise': {
      const { priority, by } = command
      const held = conversation.priority ?? 'normal'
      return success(held === priority ? [] : [{ kind: 'prioritised', priority, by }])
    }
    case 'overdue':
      return success(decideOverdue(conversation, command))
    case 'leave':
      return success(isWaiting(conversation) && !conversation.away ? [{ kind: 'visitorLeft' }] : [])
    case 'return':
      return success(conversation.away ? [{ kind: 'visitorReturned' }] : [])
    case 'showSurvey':
    case 'skipSurvey':
    case 'rate':
    case 'answer':
    case 'askAgain':
      return decideSurvey(conversation, command, now)
  }
}

function decideOverdue(
  conversation: Conversation,
  { aim, since, dueAt }: Extract<Command, { type: 'overdue' }>,
): EntryBody[] {
  const isTold = conversation.overdue?.[aim] === since
  return isTold || waitsOf(conversation)[aim] !== since ? [] : [{ kind: 'overdue', aim, since, dueAt }]
}

const isWaiting = ({ status, waitingSince }: Conversation): boolean =>
  status === 'open' && waitingSince !== null

/** Whether a visitor's new message belongs to this conversation, or begins another. */
export const takesMessage = (conversation: Conversation, now: number): boolean =>
  conversation.closedAt === null || now - conversation.closedAt <= times.reopenWithin

function decideMessage(
  conversation: Conversation,
  command: Extract<Command, { type: 'message' }>,
  now: number,
): Result<EntryBody[]> {
  const { author, note } = command
  if (author.kind === 'visitor' && !takesMessage(conversation, now))
    return failure('conflict', 'This conversation was closed too long ago; start a new one.')

  const entries: EntryBody[] = []
  const opens = conversation.status === 'closed' || conversation.visitorMessages === 0
  const promised = author.kind === 'visitor' && opens ? command.promised : undefined
  if (conversation.status === 'closed' && !note) entries.push({ kind: 'reopened', by: author })
  if (command.invitation) entries.push(invitationEntry(command.invitation))
  if (author.kind === 'agent' && !note && conversation.assigneeId === null)
    entries.push({ kind: 'assigned', agent: { id: author.id, name: author.name }, by: author })
  entries.push({
    kind: 'message',
    author,
    text: command.text,
    clientId: command.clientId,
    auto: false,
    visibility: note ? 'note' : 'visible',
    ...(command.page ? { page: command.page } : {}),
    ...(command.files ? { files: [...command.files] } : {}),
    ...(promised === undefined ? {} : { promised }),
  })
  return success(entries)
}

const invitationEntry = (
  invitation: NonNullable<Extract<Command, { type: 'message' }>['invitation']>,
): EntryBody => ({
  kind: 'message',
  author: invitation.author,
  text: invitation.text,
  clientId: null,
  auto: true,
  visibility: 'visible',
  invitation: { ruleId: invitation.ruleId, inviteId: invitation.inviteId },
})

function decideClose(
  conversation: Conversation,
  command: Extract<Command, { type: 'close' }>,
): Result<EntryBody[]> {
  if (conversation.status === 'closed') return success([])
  const { by, reason } = command
  return success([{ kind: 'closed', by, reason, ...asksAtClose(conversation, command) }])
}

function decideAssignment(
  conversation: Conversation,
  { agent, by, from }: Extract<Command, { type: 'assign' }>,
): Result<EntryBody[]> {
  const { assigneeId } = conversation
  if (assigneeId === (agent?.id ?? null)) return success([])
  if (from !== undefined && from !== assigneeId)
    return failure('conflict', 'Meanwhile this conversation was assigned otherwise.', { assigneeId })
  return success([agent ? { kind: 'assigned', agent, by } : { kind: 'unassigned', by }])
}

function decideTags(
  held: readonly string[],
  { tags, from = held, by }: Extract<Command, { type: 'tag' }>,
): Result<EntryBody[]> {
  const added = tags.filter((tag) => !from.includes(tag) && !held.includes(tag))
  const merged =
    from === held ? [...tags] : [...held.filter((tag) => tags.includes(tag) || !from.includes(tag)), ...added]
  if (merged.length > limits.tagCount)
    return failure('conflict', `A conversation has at most ${limits.tagCount} labels.`)
  return success(isSameList(held, merged) ? [] : [{ kind: 'tagged', tags: merged, by }])
}

const isSameList = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((value, i) => value === other[i])
