import type { Aim, Priority } from '../aims.ts'
import type { AgentId, ConversationId, SiteId, VisitorId } from '../ids.ts'
import type { AskKind, Author, Entry, EntryOf, Rating } from './entry.ts'

/** Where the rating of the current episode stands. */
export type Survey =
  | { state: 'none' }
  | { state: 'due' }
  | { state: 'shown'; at: number }
  | { state: 'skipped' }
  /** `firstAt`: when it was first given, where it was changed since. */
  | { state: 'answered'; at: number; firstAt?: number | undefined; rating: Rating; comment: string }

/**
 * A conversation as its entries add up to it. Nothing here is the source of truth:
 * folding the entries from the first gives the same value.
 */
export interface Conversation {
  id: ConversationId
  siteId: SiteId
  visitorId: VisitorId
  /** Number of the last entry; 0 before the first. */
  seq: number
  status: 'open' | 'closed'
  /** 1 for the first; each reopening begins the next. */
  episode: number
  startedAt: number
  /** Time of the last entry. */
  changedAt: number
  closedAt: number | null
  assigneeId: AgentId | null
  /** Time of the first visitor message nobody has answered, else null. */
  waitingSince: number | null
  /** `files`: how many it brought; left out where it brought none. */
  lastMessage: { by: Author['kind']; text: string; at: number; files?: number } | null
  /** In the current episode. */
  visitorMessages: number
  humanReplies: number
  /** Who gave the last human visible reply of the episode. */
  lastReplier: AgentId | null
  survey: Survey
  /** What asks for more than the rating, or names whom the answers are about. Left out before the first close. */
  asked?: EntryOf<'closed' | 'surveyAsked'> | null
  /** What became of those other questions. */
  asks?: Partial<Record<AskKind, EntryOf<'survey'>>>
  /** Left out before the first. */
  tags?: readonly string[]
  /** Left out before anybody set one: normal. */
  priority?: Priority
  /** What agents were told is late: the latest of each, by since when it was waited for. Left out before the first. */
  overdue?: Partial<Record<Aim, number>>
  /** When the current episode began; left out in the first. */
  reopenedAt?: number
  /** Left the site while they waited, and has not been heard of since. Left out before the first time. */
  away?: boolean
}

export const startConversation = (
  id: ConversationId,
  siteId: SiteId,
  visitorId: VisitorId,
  at: number,
): Conversation => ({
  id,
  siteId,
  visitorId,
  seq: 0,
  status: 'open',
  episode: 1,
  startedAt: at,
  changedAt: at,
  closedAt: null,
  assigneeId: null,
  waitingSince: null,
  lastMessage: null,
  visitorMessages: 0,
  humanReplies: 0,
  lastReplier: null,
  survey: { state: 'none' },
})

/** When somebody last wrote: that a visitor leaves the site or comes back is nothing said. */
export const lastSaidAt = ({ lastMessage, startedAt }: Conversation): number => lastMessage?.at ?? startedAt

/** Folds the next entry in. An entry already folded leaves the conversation as it is. */
export function applyEntry(conversation: Conversation, entry: Entry): Conversation {
  if (entry.seq <= conversation.seq) return conversation
  return { ...conversation, ...effect(conversation, entry), seq: entry.seq, changedAt: entry.at }
}

function effect(conversation: Conversation, entry: Entry): Partial<Conversation> {
  switch (entry.kind) {
    case 'message':
      return messageEffect(conversation, entry)
    case 'assigned':
      return { assigneeId: entry.agent.id }
    case 'unassigned':
      return { assigneeId: null }
    case 'closed':
      return {
        status: 'closed',
        closedAt: entry.at,
        waitingSince: null,
        survey: { state: entry.survey ? 'due' : 'none' },
        asked: entry,
        asks: {},
      }
    case 'surveyAsked':
      return { asked: entry, survey: entry.survey ? { state: 'due' } : conversation.survey }
    case 'reopened':
      return {
        ...{ status: 'open', episode: conversation.episode + 1, closedAt: null, reopenedAt: entry.at },
        ...{ visitorMessages: 0, humanReplies: 0, lastReplier: null },
        ...{ survey: { state: 'none' }, asked: null },
      }
    case 'surveyShown':
      return { survey: { state: 'shown', at: entry.at } }
    case 'surveySkipped':
      return { survey: { state: 'skipped' } }
    case 'rated': {
      const { at, rating, comment, firstAt } = entry
      return { survey: { state: 'answered', at, rating, comment, firstAt } }
    }
    case 'survey':
      return { asks: { ...conversation.asks, [entry.about]: entry } }
    case 'tagged':
      return { tags: entry.tags }
    case 'prioritised':
      return { priority: entry.priority }
    case 'overdue':
      return { overdue: { ...conversation.overdue, [entry.aim]: entry.since } }
    case 'visitorLeft':
    case 'visitorReturned':
      return { away: entry.kind === 'visitorLeft' }
    default:
      return unchanged(entry)
  }
}

/** By its type it refuses a kind that was forgotten; naming these would cost the widget bytes. */
const unchanged = (_: EntryOf<'handedOff' | 'hidden'>): Partial<Conversation> => ({})

function messageEffect(conversation: Conversation, entry: EntryOf<'message'>): Partial<Conversation> {
  if (entry.visibility === 'note') return {}
  const { author, text, at, files } = entry
  const lastMessage = { by: author.kind, text, at, ...(files ? { files: files.length } : {}) }
  if (entry.author.kind === 'visitor')
    return {
      lastMessage,
      waitingSince: conversation.waitingSince ?? entry.at,
      ...(conversation.away ? { away: false } : {}),
      visitorMessages: conversation.visitorMessages + 1,
    }
  if (entry.author.kind === 'agent' && !entry.auto)
    return {
      lastMessage,
      waitingSince: null,
      humanReplies: conversation.humanReplies + 1,
      lastReplier: entry.author.id,
    }
  return { lastMessage }
}

/** Whether anything was never shown. */
export const isAskDue = ({ survey, asked, asks }: Conversation): boolean | undefined =>
  survey.state === 'due' || asked?.asks?.some((one) => (asks?.[one]?.seq ?? 0) < asked.seq)

/** As its visitor may see it: what their entries add up to (`forVisitor`). */
export function conversationForVisitor(conversation: Conversation): Conversation {
  const isUnasked = conversation.asked?.kind === 'closed' && conversation.asked.unasked !== undefined
  // Nearly always there is nothing to leave out, and every message passes here.
  if (!conversation.tags && !conversation.priority && !conversation.overdue && !isUnasked) return conversation
  const { tags: _tags, priority: _priority, overdue: _overdue, ...shown } = conversation
  const { asked } = shown
  if (asked?.kind !== 'closed') return shown
  const { unasked: _, ...seen } = asked
  return { ...shown, asked: seen }
}
