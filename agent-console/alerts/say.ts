import { aimNames } from '../due/dues.ts'
import type { Late } from '../state/late.ts'
import type { Shown } from '../state/ports.ts'
import { visitorName } from '../ui/person.ts'
import type { Words } from '../ui/words.ts'
import type { News } from './news.ts'

export function sayLate(words: Words, late: readonly Late[]): string {
  const [first, ...more] = late
  if (!first || more.length > 0) return words.count('nowLate', new Set(late.map(byConversation)).size)
  const name = isolated(visitorName(words, first))
  return words.t('nowLateOne', { aim: words.t(aimNames[first.aim]), name })
}

const byConversation = ({ conversationId }: Late) => conversationId

/** What was written is not in it: it may show on a locked screen. */
function sayMessages(words: Words, news: readonly Extract<News, { kind: 'message' }>[]): string {
  const [first, ...more] = news
  if (!first || more.length > 0)
    return words.count('newMessages', new Set(news.map(({ row }) => row.conversation.id)).size)
  const { visitorName: name, conversation } = first.row
  return words.t('newMessageOne', {
    name: isolated(visitorName(words, { name, id: conversation.visitorId })),
  })
}

/** All of it as one alert: first what is late. */
export function sayNews(words: Words, news: readonly News[]): Shown {
  const late = news.flatMap((one) => (one.kind === 'late' ? [one.late] : []))
  const messages = news.flatMap((one) => (one.kind === 'message' ? [one] : []))
  const lines = [
    ...(late.length > 0 ? [sayLate(words, late)] : []),
    ...(messages.length > 0 ? [sayMessages(words, messages)] : []),
  ]
  const { tag: lang, direction: dir } = words
  return { title: lines[0] ?? '', body: lines.slice(1).join('\n'), lang, dir }
}

/** A name keeps its own direction, whatever stands around it. */
const isolated = (name: string): string => `\u2068${name}\u2069`
