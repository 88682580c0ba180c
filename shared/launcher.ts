import type { Locale } from './locale.ts'

/** What the launcher is called. The server sends the one asked for, so that no page downloads them all. */
export const openChatLabels: Record<Locale, string> = {
  en: 'Open chat',
  ar: 'فتح المحادثة',
  fa: 'باز کردن گفتگو',
}
