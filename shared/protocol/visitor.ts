import * as v from 'valibot'
import type { Changed, ConversationSnapshot, EntriesAnswer, Sent, VisitorSnapshot } from '../answers.ts'
import { AskKind, PageReference, Rating } from '../conversation/entry.ts'
import { saysSomething } from '../file.ts'
import { ConversationId, InviteId, PageId, RuleId, SiteKey, VisitorToken } from '../ids.ts'
import type { Invitation, PageEvent } from '../invitation.ts'
import { limits } from '../limits.ts'
import { Locale } from '../locale.ts'
import type { SurveyWords } from '../survey.ts'
import { count, line, optionalText } from '../text/fields.ts'
import type { PageRule } from '../triggers/page.ts'
import type { RuleWhy } from '../triggers/why.ts'
import {
  Attributes,
  Consent,
  EventProperties,
  Identity,
  PageView,
  type PublicSite,
  Reading,
  TimeZone,
} from '../visitor.ts'
import type { RefusalReason } from '../wire.ts'
import {
  Conversing,
  type EntriesAdded,
  Hello,
  Receipt,
  type ReceiptsChanged,
  Saying,
  Since,
  Typing,
  type TypingChanged,
} from './parts.ts'

/** What a visitor's socket says of itself in `auth`. */
export const VisitorAuth = v.strictObject({
  site: SiteKey,
  page: PageId,
  /** Only when the visitor opened the chat or consented; otherwise nothing is kept on the device. */
  token: v.optional(VisitorToken),
  consent: Consent,
  locale: Locale,
  /** Left out: as its browser says of itself. */
  device: v.optional(v.picklist(['desktop', 'phone'])),
})
export type VisitorAuth = v.InferOutput<typeof VisitorAuth>

const seconds = v.pipe(v.number(), v.minValue(0))
const selectors = v.pipe(v.array(line(limits.selectorCharacters)), v.maxLength(100))

const SeenByPage = v.strictObject({
  secondsOnPage: v.optional(seconds),
  idle: v.optional(seconds),
  scroll: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(100))),
  exitIntent: v.optional(v.boolean()),
  widgetOpened: v.optional(v.boolean()),
  click: v.optional(selectors),
  elementSeen: v.optional(selectors),
})

export const visitorRequests = {
  hello: v.strictObject({ ...Hello, view: v.optional(PageView) }),
  /** The visitor has a token from now on (opened the chat, consented, or signed out and began anew). */
  'visitor:keep': v.strictObject({ token: VisitorToken, consent: Consent }),
  'visitor:identify': Identity,
  'visitor:set': v.strictObject({ attributes: Attributes }),
  /** A short label; the same one again changes nothing. */
  'visitor:tag': v.strictObject({
    names: v.pipe(v.array(line(60)), v.minLength(1), v.maxLength(limits.tagCount)),
  }),
  'event:track': v.strictObject({
    name: line(60),
    /** Of the last one. */
    properties: EventProperties,
    /** A page that tells very many tells those of one name together; left out for one. */
    times: v.optional(v.pipe(count, v.minValue(1), v.maxValue(1_000_000))),
  }),
  'page:view': PageView,
  /** How what the page shows is used: before it shows another, and at most once in `times.readingEvery`. */
  'page:read': v.strictObject({ ...Reading.entries, timeZone: v.optional(TimeZone) }),
  'page:leave': v.strictObject({}),
  /** The pointer, keyboard or focus says whether somebody is there. */
  'presence:set': v.strictObject({ state: v.picklist(['active', 'idle']) }),
  'message:send': v.pipe(
    v.strictObject({
      ...Saying,
      /** Null: the current conversation of this visitor, or a new one. */
      conversationId: v.nullable(ConversationId),
      /** The proactive message this answers. */
      inviteId: v.optional(InviteId),
      /** What its form told of the visitor; the text says all of it. */
      about: v.optional(Identity),
      page: v.optional(PageReference),
    }),
    saysSomething(),
  ),
  'entries:since': Since,
  'typing:set': Typing,
  'receipt:send': Receipt,
  'conversation:end': v.strictObject(Conversing),
  /** It stands on the screen; also asks for its words. `about`: left out for the rating. */
  'survey:show': v.strictObject({ ...Conversing, about: v.optional(AskKind) }),
  'survey:skip': v.strictObject({ ...Conversing, about: v.optional(AskKind) }),
  'survey:answer': v.strictObject({
    ...Conversing,
    rating: Rating,
    comment: optionalText(limits.commentCharacters),
  }),
  /** What else was asked, on its scale (`shared/survey.ts`). */
  'survey:reply': v.strictObject({ ...Conversing, about: AskKind, score: v.pipe(count, v.maxValue(10)) }),
  /** While the site is set up: why each rule speaks, or does not. `seen`: what only this page knows. */
  'rules:why': v.strictObject({ key: v.optional(line(80)), seen: SeenByPage }),
  /** "By what I see in this page, this rule fits": the server decides. */
  'invite:ask': v.strictObject({
    ...{ ruleId: RuleId, secondsOnPage: count },
    /** The site calls for this rule, whatever it sees; `visitor`: since they have just clicked or typed. */
    called: v.optional(v.picklist(['page', 'visitor'])),
  }),
  'invite:dismiss': v.strictObject({ inviteId: InviteId }),
  /** It stood on the screen, and the page was looked at. */
  'invite:seen': v.strictObject({ inviteId: InviteId }),
  /** The answer to the question of a `survey`: 1 to 5, or 0 to 10. */
  'invite:rate': v.strictObject({ inviteId: InviteId, score: v.pipe(count, v.maxValue(10)) }),
  /** The visitor took it up. `done`: what it offered is used, and it goes in every tab without being dismissed. */
  'invite:opened': v.strictObject({ inviteId: InviteId, done: v.optional(v.literal(true)) }),
} as const

/** Messages that a page still holds when it is left: over HTTP, as JSON sent as text. */
export const MessagesLeft = v.strictObject({
  ...VisitorAuth.entries,
  token: VisitorToken,
  messages: v.pipe(
    v.array(visitorRequests['message:send']),
    v.minLength(1),
    v.maxLength(limits.messagesLeft),
  ),
})
export type MessagesLeft = v.InferOutput<typeof MessagesLeft>

export interface VisitorAnswers {
  hello: VisitorSnapshot
  'visitor:keep': { conversations: ConversationSnapshot[] }
  'visitor:identify': object
  'visitor:set': object
  'visitor:tag': object
  'event:track': object
  'page:read': object
  'page:view': { pageViews: number; rules: PageRule[] }
  'page:leave': object
  'presence:set': object
  'message:send': Sent
  'entries:since': EntriesAnswer
  'typing:set': object
  'receipt:send': object
  'conversation:end': Changed
  'survey:show': Changed & { words: SurveyWords }
  'survey:skip': Changed
  'survey:answer': Changed
  'survey:reply': Changed
  /** Instead of an invitation the page may be told of an event; neither, with the reason, when the server decided against it. */
  'invite:ask': { invitation: Invitation | null; because: string; event?: PageEvent }
  'rules:why': { items: RuleWhy[] }
  'invite:dismiss': object
  'invite:seen': object
  'invite:opened': object
  'invite:rate': object
}

/** What visitors are told without asking. */
export interface VisitorAnnouncements {
  /** A conversation this socket does not hold comes whole. */
  'conversation:started': ConversationSnapshot
  'entries:added': EntriesAdded
  'receipts:changed': ReceiptsChanged
  'typing:changed': TypingChanged
  /** Without `rules`: those the page has still hold. */
  'site:changed': { site: PublicSite; rules?: PageRule[] }
  'invite:offered': Invitation
  /** Another tab answered or dismissed it. */
  'invite:withdrawn': { inviteId: InviteId }
  refused: { reason: RefusalReason }
}

export type VisitorRequest = keyof typeof visitorRequests
export type VisitorInput<Name extends VisitorRequest> = v.InferOutput<(typeof visitorRequests)[Name]>
