import * as v from 'valibot'
import { AgentId, type ConversationId, idBody, type SiteId, type VisitorId } from './ids.ts'
import { limits } from './limits.ts'
import { type Locale, LocalText } from './locale.ts'
import { count } from './text/fields.ts'
import { fold } from './text/fold.ts'

/** One an episode: the conversation's id and the number of its episode. */
export const FollowUpId = v.pipe(
  v.string(),
  v.regex(new RegExp(`^c_${idBody}\\.\\d{1,6}$`)),
  v.brand('FollowUpId'),
)
export type FollowUpId = v.InferOutput<typeof FollowUpId>

export const followUpId = (conversationId: ConversationId, episode: number): FollowUpId =>
  v.parse(FollowUpId, `${conversationId}.${episode}`)

/** Something to be made right with a visitor. Times in ms. */
export interface FollowUp {
  id: FollowUpId
  conversationId: ConversationId
  visitorId: VisitorId
  siteId: SiteId
  episode: number
  /** A rating of 1 or 2, or the label of a complaint. */
  why: 'rating' | 'complaint'
  openedAt: number
  dueAt: number
  doneAt: number | null
  doneBy: AgentId | null
  ownerId: AgentId | null
  /** Of the lists in the settings; null until somebody has said. */
  category: string | null
  cause: string | null
  note: string
}

/** As consoles are told of it: with the name of whom it is for. */
export interface ToldFollowUp extends FollowUp {
  visitorName: string | null
}

export const isOverdue = ({ doneAt, dueAt }: Pick<FollowUp, 'doneAt' | 'dueAt'>, now: number): boolean =>
  doneAt === null && dueAt < now

export const FollowUpPatch = v.strictObject({
  ownerId: v.optional(v.nullable(AgentId)),
  dueAt: v.optional(count),
  category: v.optional(v.nullable(v.string())),
  cause: v.optional(v.nullable(v.string())),
  note: v.optional(v.pipe(v.string(), v.maxLength(limits.commentCharacters))),
  done: v.optional(v.boolean()),
})
export type FollowUpPatch = v.InferOutput<typeof FollowUpPatch>

const Named = v.strictObject({ id: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/)), name: LocalText })
export type NamedCause = v.InferOutput<typeof Named>

const list = v.pipe(
  v.array(Named),
  v.maxLength(50),
  v.check((all) => new Set(all.map(({ id }) => id)).size === all.length, 'names one twice'),
)

/** How a house makes right what went wrong. */
export const FollowUpSettings = v.strictObject({
  /** Until it is due. */
  hours: v.pipe(count, v.minValue(1), v.maxValue(8_760)),
  categories: list,
  causes: list,
})
export type FollowUpSettings = v.InferOutput<typeof FollowUpSettings>

const named = (id: string, en: string, ar: string, fa: string): NamedCause => ({ id, name: { en, ar, fa } })

export const usualFollowUps: FollowUpSettings = {
  hours: 48,
  categories: [
    named('product', 'Product', 'المنتج', 'محصول'),
    named('delivery', 'Delivery', 'التوصيل', 'تحویل'),
    named('payment', 'Payment', 'الدفع', 'پرداخت'),
    named('service', 'Our service', 'خدمتنا', 'خدمات ما'),
    named('website', 'Website', 'الموقع', 'وب‌سایت'),
    named('other', 'Something else', 'أمر آخر', 'چیز دیگر'),
  ],
  causes: [
    named('slow', 'We were slow', 'تأخرنا', 'دیر رسیدیم'),
    named('unclear', 'We were unclear', 'لم نكن واضحين', 'روشن نگفتیم'),
    named('mistake', 'We made a mistake', 'أخطأنا', 'اشتباه کردیم'),
    named('defect', 'Something was broken', 'عطل أو عيب', 'خرابی یا نقص'),
    named('policy', 'Our rules', 'سياساتنا', 'قوانین ما'),
    named('expectation', 'Expected something else', 'توقع شيئاً آخر', 'انتظار دیگری داشت'),
  ],
}

/** Labels offered to agents, as they are stored. */
export const suggestedTags = ['complaint', 'question', 'order', 'praise'] as const

export const tagNames: Record<(typeof suggestedTags)[number], Record<Locale, string>> = {
  complaint: { en: 'complaint', ar: 'شكوى', fa: 'شکایت' },
  question: { en: 'question', ar: 'سؤال', fa: 'پرسش' },
  order: { en: 'order', ar: 'طلب', fa: 'سفارش' },
  praise: { en: 'praise', ar: 'ثناء', fa: 'تشکر' },
}

const complaints = new Set(Object.values(tagNames.complaint).map(fold))

/** In whatever language somebody has written it. */
export const isComplaint = (tags: readonly string[]): boolean => tags.some((tag) => complaints.has(fold(tag)))
