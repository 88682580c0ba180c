import type { Locale } from '../../../shared/locale.ts'

/** Comes with what asks for ratings: whoever only chats need not download it. */
export const changeRating: Record<Locale, string> = {
  en: 'Change rating',
  ar: 'تغيير التقييم',
  fa: 'تغییر امتیاز',
}
