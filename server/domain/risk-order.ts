import type { Conversation } from '../../shared/conversation/conversation.ts'
import { type Risk, soonestRisk } from '../../shared/dues.ts'
import type { AgentId, ConversationId, SiteId, VisitorId } from '../../shared/ids.ts'
import type { Page } from '../history/history.ts'

export interface RiskQuery {
  siteId?: SiteId
  assigneeId?: AgentId | null
  visitorId?: VisitorId
  tag?: string
  /** Of the page before. */
  cursor?: string
  limit: number
}

export interface AtRisk {
  conversation: Pick<Conversation, 'id' | 'siteId' | 'assigneeId' | 'visitorId' | 'tags'>
  risk: Risk
}

/** One page of those asked for, the soonest first. */
export function pageAtRisk(open: Iterable<AtRisk>, query: RiskQuery): Page<ConversationId> {
  const after = query.cursor === undefined ? null : riskIn(query.cursor)
  if (query.cursor !== undefined && !after) return { items: [], nextCursor: null }
  const found = [...open]
    .filter(({ conversation, risk }) => fits(conversation, query) && (!after || soonestRisk(after, risk) < 0))
    .sort((a, b) => soonestRisk(a.risk, b.risk))
  const shown = found.slice(0, query.limit)
  const last = shown.at(-1)
  const nextCursor = last && found.length > shown.length ? cursorOf(last.risk) : null
  return { items: shown.map(({ conversation }) => conversation.id), nextCursor }
}

const fits = (
  one: AtRisk['conversation'],
  { siteId, assigneeId, visitorId, tag }: Omit<RiskQuery, 'limit'>,
): boolean =>
  (siteId === undefined || one.siteId === siteId) &&
  (assigneeId === undefined || one.assigneeId === assigneeId) &&
  (visitorId === undefined || one.visitorId === visitorId) &&
  (tag === undefined || (one.tags?.includes(tag) ?? false))

const cursorOf = ({ dueAt, waitingSince, id }: Risk): string => `${dueAt ?? ''}.${waitingSince ?? ''}.${id}`

/** Null for what is no cursor of ours. */
function riskIn(cursor: string): Risk | null {
  const [, dueAt = '', waitingSince = '', id] = /^(\d*)\.(\d*)\.(\w+)$/.exec(cursor) ?? []
  return id === undefined ? null : { dueAt: timeIn(dueAt), waitingSince: timeIn(waitingSince), id }
}

const timeIn = (text: string): number | null => (text === '' ? null : Number(text))
