import * as v from 'valibot'
import { type AskKind, SurveyKind } from './conversation/entry.ts'
import { limits } from './limits.ts'
import { type Locale, LocalText } from './locale.ts'
import { type SurveyWords, surveyOrder } from './survey.ts'
import { isBlank } from './text/blank.ts'
import { characters } from './text/characters.ts'

const question = v.pipe(
  LocalText,
  v.check(
    (texts) => Object.values(texts).every((text) => characters(text) <= limits.labelCharacters * 2),
    `must be at most ${limits.labelCharacters * 2} characters`,
  ),
)

/** What a site asks after a chat, and its own words for it; a language left out or blank has the usual ones. */
export const SiteSurveys = v.strictObject({
  asks: v.pipe(
    v.array(SurveyKind),
    v.check((all) => new Set(all).size === all.length, 'names one twice'),
  ),
  questions: v.optional(
    v.partial(
      v.strictObject({
        ...{ csat: question, ces: question, goal: question },
        ...{ emotion: question, nps: question },
      }),
    ),
  ),
})
export type SiteSurveys = v.InferOutput<typeof SiteSurveys>

export const usualSurveys: SiteSurveys = { asks: ['csat'] }

type Words = Record<Locale, readonly string[]>

export const usualQuestions: Record<SurveyKind, Record<Locale, string>> = {
  csat: { en: 'How was this chat?', ar: 'كيف كانت هذه المحادثة؟', fa: 'این گفتگو چطور بود؟' },
  ces: {
    en: 'It was easy to get this solved',
    ar: 'كان حل المسألة سهلاً عليّ',
    fa: 'حل شدن این موضوع برایم آسان بود',
  },
  goal: {
    en: 'Did you get done what you came for?',
    ar: 'هل أنجزت ما جئت من أجله؟',
    fa: 'کاری که برایش آمده بودید انجام شد؟',
  },
  emotion: { en: 'How do you feel now?', ar: 'كيف تشعر الآن؟', fa: 'الان چه حسی دارید؟' },
  nps: {
    en: 'How likely are you to recommend us to a friend?',
    ar: 'ما احتمال أن توصي بنا صديقاً؟',
    fa: 'چقدر احتمال دارد ما را به یک دوست پیشنهاد کنید؟',
  },
}

/** Empty for numbers that stand between two that have words; those of the rating are the widget's own. */
const answers: Record<AskKind, Words> = {
  ces: {
    en: [
      'Strongly disagree',
      'Disagree',
      'Rather disagree',
      'Undecided',
      'Rather agree',
      'Agree',
      'Strongly agree',
    ],
    ar: ['لا أوافق أبداً', 'لا أوافق', 'أميل إلى الرفض', 'محايد', 'أميل إلى الموافقة', 'أوافق', 'أوافق تماماً'],
    fa: ['کاملاً مخالفم', 'مخالفم', 'تا حدی مخالفم', 'نظری ندارم', 'تا حدی موافقم', 'موافقم', 'کاملاً موافقم'],
  },
  goal: { en: ['No', 'Partly', 'Yes'], ar: ['لا', 'جزئياً', 'نعم'], fa: ['نه', 'تا حدی', 'بله'] },
  emotion: {
    en: ['Upset', 'Uneasy', 'Neutral', 'Pleased', 'Delighted'],
    ar: ['مستاء', 'منزعج', 'عادي', 'مرتاح', 'سعيد'],
    fa: ['ناراحت', 'دلخور', 'معمولی', 'راضی', 'خوشحال'],
  },
  nps: {
    en: ['Not at all likely', ...between(9), 'Very likely'],
    ar: ['غير محتمل أبداً', ...between(9), 'محتمل جداً'],
    fa: ['اصلاً', ...between(9), 'خیلی زیاد'],
  },
}

/** What stands beside a rating. */
export const ratingWords: Record<Locale, { comment: string; sendRating: string }> = {
  en: { comment: 'Comment (optional)', sendRating: 'Send rating' },
  ar: { comment: 'تعليق (اختياري)', sendRating: 'إرسال التقييم' },
  fa: { comment: 'نظر شما (اختیاری)', sendRating: 'ثبت امتیاز' },
}

const send: Record<Locale, string> = { en: 'Send answer', ar: 'إرسال الإجابة', fa: 'ارسال پاسخ' }

function between(count: number): string[] {
  return Array.from({ length: count }, () => '')
}

const faults: Record<Locale, SurveyWords['faults']> = {
  en: {
    conflict: 'This can no longer be answered.',
    forbidden: 'You are signed in as an agent in this browser, so your own rating does not count.',
  },
  ar: {
    conflict: 'لم يعد بالإمكان الإجابة عن هذا.',
    forbidden: 'أنت مسجّل الدخول كموظف في هذا المتصفح، لذلك لا يُحتسب تقييمك.',
  },
  fa: {
    conflict: 'دیگر نمی‌شود به این پاسخ داد.',
    forbidden: 'در این مرورگر به عنوان کارشناس وارد شده‌اید، پس امتیاز خودتان حساب نمی‌شود.',
  },
}

/** How a site asks for this, in the visitor's language: in its own words where it has any in that language. */
export function surveyWords(kind: SurveyKind, locale: Locale, { questions }: SiteSurveys): SurveyWords {
  const own = questions?.[kind]?.[locale] ?? ''
  const question = isBlank(own) ? usualQuestions[kind][locale] : own
  const { comment, sendRating } = ratingWords[locale]
  return kind === 'csat'
    ? { question, words: [], comment, send: sendRating, faults: faults[locale] }
    : { question, words: answers[kind][locale], send: send[locale], faults: faults[locale] }
}

export const asksOf = ({ asks }: SiteSurveys): SurveyKind[] => surveyOrder.filter((one) => asks.includes(one))

const latest: Record<Locale, string> = {
  en: 'How was your last chat with us?',
  ar: 'كيف كانت محادثتك الأخيرة معنا؟',
  fa: 'گفتگوی قبلی‌تان با ما چطور بود؟',
}

/** Asked outside the chat, the usual question has to say which chat it means. */
export const latestChat = (words: SurveyWords, locale: Locale): SurveyWords =>
  words.question === usualQuestions.csat[locale] ? { ...words, question: latest[locale] } : words
