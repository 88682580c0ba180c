import { breaksAt, duesOf, type TargetHouse } from '../../shared/dues.ts'
import type { ConversationId } from '../../shared/ids.ts'
import type { Inbox, InboxRow } from '../../shared/inbox.ts'
import type { Desk } from '../state/desk-state.ts'
import { concerns, type Late, lateIn } from '../state/late.ts'

/** Something an agent is to be told of at once: a wait that has become late, or a message nobody has looked at. */
export type News = { kind: 'late'; late: Late } | { kind: 'message'; row: InboxRow; at: number }

/** Names it in every tab, and after every reload. */
export const keyOf = (news: News): string =>
  news.kind === 'late' ? news.late.key : `${news.row.conversation.id} message ${news.at}`

export const conversationOf = (news: News): ConversationId =>
  news.kind === 'late' ? news.late.conversationId : news.row.conversation.id

/** What it is news of: a later one of the same takes its place. */
const subjectOf = (news: News): string =>
  news.kind === 'late' ? `${news.late.conversationId} ${news.late.aim}` : news.row.conversation.id

const newsIn = (inbox: Inbox): News[] => [
  ...lateIn(inbox).map((late): News => ({ kind: 'late', late })),
  ...[...inbox.values()].flatMap((row): News[] => {
    const { lastMessage } = row.conversation
    return row.unread > 0 && lastMessage?.by === 'visitor'
      ? [{ kind: 'message', row, at: lastMessage.at }]
      : []
  }),
]

/** Those still to be noticed, after whatever was read, answered or closed meanwhile, and wherever. */
export function stillNews(inbox: Inbox, news: readonly News[]): News[] {
  const late = new Set(lateIn(inbox).map(({ key }) => key))
  return news.filter((one) =>
    one.kind === 'late' ? late.has(keyOf(one)) : (inbox.get(conversationOf(one))?.unread ?? 0) > 0,
  )
}

interface Seen {
  desk: Pick<Desk, 'me' | 'colleagues' | 'inbox'>
  /** Null while it is not known. */
  house: TargetHouse | null
  /** The server's time, ms. */
  now: number
}

/**
 * Finds in an inbox that changes what is new since this page was opened. Rows fetched by hand, and what stood in the
 * list before, are none; what happened while there was no connection is.
 */
export class Newsroom {
  #since: number | null = null
  #held: Inbox = new Map()
  readonly #known = new Map<string, string>()

  /** What concerns the agent, each once. */
  fresh(seen: Seen): News[] {
    const { desk, house } = seen
    const unknown = newsIn(desk.inbox).filter((one) => this.#known.get(subjectOf(one)) !== keyOf(one))
    const before = this.#held
    this.#held = desk.inbox
    const decided = this.#since === null ? unknown : unknown.filter((one) => house || isMatter(seen, one))
    for (const one of decided) this.#known.set(subjectOf(one), keyOf(one))
    if (this.#since === null) this.#since = seen.now
    else
      return decided.filter(
        (one) => isMatter(seen, one) && (before.has(conversationOf(one)) || this.#isLater(seen, one)),
      )
    return []
  }

  /** Whether it happened since this page was opened, whenever its row has come. */
  #isLater({ desk, house }: Seen, news: News): boolean {
    const since = this.#since ?? 0
    if (news.kind === 'message') return news.at > since
    const conversation = desk.inbox.get(news.late.conversationId)?.conversation
    if (!conversation || conversation.changedAt <= since) return false
    const due = house && duesOf(house, conversation).find(({ aim }) => aim === news.late.aim)
    return !due || (breaksAt(due) ?? 0) > since
  }
}

const isMatter = ({ desk, house }: Seen, news: News): boolean =>
  concerns(desk, house, news.kind === 'late' ? news.late : news.row.conversation)
