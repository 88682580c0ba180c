import type { ConversationFacts } from '../../../shared/conversation/facts.ts'
import type { Ledger, Piece } from '../../../shared/metrics/ledger.ts'
import type { ShapeOf } from './sheet.ts'

/** As a part of the ledger holds them. */
export type StoredTurn = Ledger['turns'][number] & Beside
export type StoredEpisode = Ledger['episodes'][number] & Beside

interface Beside {
  number: number
  /** How the episode began; null where nobody noted it. */
  facts: ConversationFacts | null
  /** It began with the answer to a proactive message. */
  proactive: boolean
}

const piece = {
  from: 'time',
  to: 'time',
  owner: { group: { kind: 'text', agentId: 'text' } },
  how: 'text',
} as const satisfies ShapeOf<Piece>

/** What both begin with. The order is that of the columns in a part. */
const whose = {
  number: 'count',
  proactive: 'flag',
  facts: 'json',
  conversationId: 'id',
  siteId: 'text',
  episode: 'count',
} as const

export const turnShape = {
  ...whose,
  first: 'flag',
  openedAt: 'time',
  openedSeq: 'count',
  handedOffAt: 'time',
  forPeople: 'flag',
  leftAt: 'time',
  end: { group: { by: 'text', at: 'time', seq: 'count', agentId: 'text' } },
  pieces: { list: piece },
  priority: 'text',
} as const satisfies ShapeOf<StoredTurn>

export const episodeShape = {
  ...whose,
  conversationStartedAt: 'time',
  startedAt: 'time',
  startedBy: 'text',
  firstMessageAt: 'time',
  firstMessageSeq: 'count',
  handedOffAt: 'time',
  forPeople: 'flag',
  queuedAt: 'time',
  acceptedAt: 'time',
  firstReplyAt: 'time',
  firstReplier: 'text',
  promisedMs: 'length',
  leftAt: 'time',
  abandonedAt: 'time',
  closedAt: 'time',
  closedBy: 'text',
  lastClosed: 'flag',
  visitorMessages: 'count',
  agentMessages: 'count',
  replier: 'text',
  agents: { list: { agentId: 'text', from: 'time', to: 'time', answered: 'flag' } },
  owned: { list: piece },
  handled: { list: piece },
  handleMs: 'length',
  asks: 'json',
  priority: 'text',
  firstPriority: 'text',
} as const satisfies ShapeOf<StoredEpisode>
