import * as v from 'valibot'
import { Aim, Priority } from '../aims.ts'
import { MessageFile, saysSomething } from '../file.ts'
import { AgentId, ClientId, InviteId, RuleId, VisitorId } from '../ids.ts'
import { limits } from '../limits.ts'
import { count, line, optionalLine, optionalText, webAddress } from '../text/fields.ts'

/** Who did a thing. The name is kept as it was then, so that a transcript outlives the account. */
export const Author = v.variant('kind', [
  v.strictObject({ kind: v.literal('visitor'), id: VisitorId }),
  v.strictObject({ kind: v.literal('agent'), id: AgentId, name: v.string() }),
  v.strictObject({ kind: v.literal('bot'), name: v.string() }),
  v.strictObject({ kind: v.literal('system') }),
])
export type Author = v.InferOutput<typeof Author>

/** The page a message was written on. */
export const PageReference = v.strictObject({
  url: webAddress,
  title: optionalLine(limits.titleCharacters),
})
export type PageReference = v.InferOutput<typeof PageReference>

export const Rating = v.picklist([1, 2, 3, 4, 5])
export type Rating = v.InferOutput<typeof Rating>

/** What else than the rating may be asked about a chat. */
export const AskKind = v.picklist(['ces', 'goal', 'emotion', 'nps'])
export type AskKind = v.InferOutput<typeof AskKind>

/** All that may be asked; `csat` is the rating. */
export const SurveyKind = v.picklist(['csat', ...AskKind.options])
export type SurveyKind = v.InferOutput<typeof SurveyKind>

/** Whom an answer is about, as it was when it was asked for: who replied last, and their team then. */
export const Credited = v.strictObject({
  agentId: v.nullable(AgentId),
  team: v.nullable(v.pipe(v.string(), v.maxLength(limits.nameCharacters))),
})
export type Credited = v.InferOutput<typeof Credited>

/** The labels of a conversation: all of them, each once. */
export const ConversationTags = v.pipe(
  v.array(line(60)),
  v.maxLength(limits.tagCount),
  v.check((all) => new Set(all).size === all.length, 'names one twice'),
)

export const CloseReason = v.picklist(['agent', 'visitor', 'inactive'])
export type CloseReason = v.InferOutput<typeof CloseReason>

/** When it was first answered, where this changes the answer. */
const firstAt = v.optional(count)

const bodies = [
  v.pipe(
    v.strictObject({
      kind: v.literal('message'),
      author: Author,
      /** Empty only where files say it all. */
      text: optionalText(limits.messageCharacters),
      /** Null for a text the system sent by itself. */
      clientId: v.nullable(ClientId),
      /** Sent by a rule, a greeting or an away text: neither opens nor closes a turn. */
      auto: v.boolean(),
      /** A note is seen by agents only. */
      visibility: v.picklist(['visible', 'note']),
      invitation: v.optional(v.strictObject({ ruleId: v.nullable(RuleId), inviteId: InviteId })),
      page: v.optional(PageReference),
      /** On the message that opens an episode: the reply time its visitor was shown, in ms. */
      promised: v.optional(count),
      files: v.optional(v.pipe(v.array(MessageFile), v.minLength(1), v.maxLength(limits.filesPerMessage))),
    }),
    saysSomething(),
  ),
  v.strictObject({
    kind: v.literal('assigned'),
    agent: v.strictObject({ id: AgentId, name: v.string() }),
    by: Author,
  }),
  v.strictObject({ kind: v.literal('unassigned'), by: Author }),
  v.strictObject({
    kind: v.literal('closed'),
    by: Author,
    reason: CloseReason,
    /** Whether the visitor is to be asked for a rating; decided at the close and recorded with it. */
    survey: v.boolean(),
    /** What else they are to be asked; left out for nothing. */
    asks: v.optional(v.array(AskKind)),
    /** Left out where nothing is asked. */
    credited: v.optional(Credited),
    /** Why an agent closed without asking. */
    unasked: v.optional(line(limits.reasonCharacters)),
  }),
  /** An agent asks once more. */
  v.strictObject({
    kind: v.literal('surveyAsked'),
    by: Author,
    /** For the rating. */
    survey: v.boolean(),
    asks: v.optional(v.array(AskKind)),
    credited: Credited,
  }),
  v.strictObject({ kind: v.literal('reopened'), by: Author }),
  v.strictObject({ kind: v.literal('surveyShown') }),
  v.strictObject({ kind: v.literal('surveySkipped') }),
  v.strictObject({
    kind: v.literal('rated'),
    rating: Rating,
    comment: optionalText(limits.commentCharacters),
    /** The agent who replied last, as it was when the survey was due. */
    credited: v.nullable(AgentId),
    /** And their team then; left out for none. */
    team: v.optional(v.string()),
    firstAt,
  }),
  /** What became of one of the other questions. */
  v.strictObject({
    kind: v.literal('survey'),
    about: AskKind,
    state: v.picklist(['shown', 'skipped', 'answered']),
    /** On the scale of what was asked (`shared/survey.ts`). */
    score: v.optional(count),
    credited: v.optional(Credited),
    firstAt,
  }),
  v.strictObject({ kind: v.literal('tagged'), tags: ConversationTags, by: Author }),
  v.strictObject({ kind: v.literal('prioritised'), priority: Priority, by: Author }),
  /** What was aimed at then was not kept, and agents were told: of what has been waited for since when. */
  v.strictObject({ kind: v.literal('overdue'), aim: Aim, since: count, dueAt: count }),
  v.strictObject({ kind: v.literal('visitorLeft') }),
  v.strictObject({ kind: v.literal('visitorReturned') }),
  /** A bot gives over to people: from here on somebody of the house is waited for. */
  v.strictObject({ kind: v.literal('handedOff'), by: Author }),
] as const

/** What happened, before it has its number and its time. */
export const EntryBody = v.variant('kind', [...bodies])
export type EntryBody = v.InferOutput<typeof EntryBody>

/** Stands on the visitor's side for an entry that is not theirs to see, so that numbers stay without gaps. */
export type HiddenBody = { kind: 'hidden' }

export const Stamp = v.object({ seq: v.pipe(count, v.minValue(1)), at: count })

/**
 * One line of a conversation's record.
 * `seq` counts 1, 2, 3 … without gaps within the conversation; `at` is the server's time in ms.
 */
export type Entry = (EntryBody | HiddenBody) & v.InferOutput<typeof Stamp>
export type EntryOf<Kind extends Entry['kind']> = Extract<Entry, { kind: Kind }>

/** What is said of a conversation among agents. */
const isOfAgents = ({ kind }: Entry): boolean =>
  kind === 'tagged' || kind === 'prioritised' || kind === 'overdue'

/** The entry as the visitor may see it. Notes, labels and why nothing was asked are for agents only. */
export function forVisitor(entry: Entry): Entry {
  if (isOfAgents(entry) || (entry.kind === 'message' && entry.visibility === 'note'))
    return { kind: 'hidden', seq: entry.seq, at: entry.at }
  if (entry.kind !== 'closed' || entry.unasked === undefined) return entry
  const { unasked: _, ...shown } = entry
  return shown
}
