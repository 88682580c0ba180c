import type { Locale } from '../../../shared/locale.ts'

/** What is said of forms and questions; downloaded with them. */
export interface OfferTexts {
  send: string
  choose: string
  needed: string
  noAddress: string
  notSent: string
}

export const offerTexts: Record<Locale, OfferTexts> = {
  en: {
    send: 'Send',
    choose: 'Please choose',
    needed: 'We need this from you',
    noAddress: 'This does not look like an e-mail address',
    notSent: 'Not sent. Please try again',
  },
  ar: {
    send: 'إرسال',
    choose: 'اختر من القائمة',
    needed: 'نحتاج إلى هذا منك',
    noAddress: 'لا يبدو هذا عنوان بريد إلكتروني',
    notSent: 'لم يُرسَل. حاول مرّة أخرى',
  },
  fa: {
    send: 'بفرست',
    choose: 'انتخاب کنید',
    needed: 'این را لازم داریم',
    noAddress: 'این به نشانی ایمیل نمی‌ماند',
    notSent: 'فرستاده نشد. دوباره امتحان کنید',
  },
}
