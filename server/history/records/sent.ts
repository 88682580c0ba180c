import type { Author, Entry } from '../../../shared/conversation/entry.ts'
import type { ClientId, ConversationId } from '../../../shared/ids.ts'

/** The entries that a command with a client id added. */
export interface Sent {
  conversationId: ConversationId
  entries: Entry[]
}

/** `author`, `client_high` and `client_low` of the table `sent`. */
export type SentKey = [author: number, high: number, low: number]

/**
 * A client id as numbers: 52 bits from each half of its 128. The author is the last 50 bits of their
 * id, all of them random. Who finds two client ids of their own that collide only refuses themselves.
 */
export const sentKey = (author: Author, clientId: ClientId): SentKey => [
  authorNumber(author),
  Number.parseInt(clientId.slice(0, 8) + clientId.slice(9, 13) + clientId.slice(14, 15), 16),
  Number.parseInt(clientId.slice(19, 23) + clientId.slice(24, 33), 16),
]

function authorNumber(author: Author): number {
  switch (author.kind) {
    case 'visitor':
    case 'agent':
      // Ten characters of base 32, read in base 36 to take the letters as they are: below 2 ** 52.
      return Number.parseInt(author.id.slice(-10), 36)
    case 'bot':
      return 1
    case 'system':
      return 2
  }
}

/**
 * What `sentKey` takes, as text: two names are the same exactly when the keys are, else two commands
 * of one batch could claim one row.
 */
export const nameOf = (author: Author, clientId: ClientId): string =>
  authorName(author) + clientId.slice(0, 15) + clientId.slice(19, 33)

const authorName = (author: Author): string =>
  author.kind === 'visitor' || author.kind === 'agent' ? author.id.slice(-10) : author.kind
