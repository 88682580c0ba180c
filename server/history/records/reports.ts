import type { Entry } from '../../../shared/conversation/entry.ts'
import type { ConversationId } from '../../../shared/ids.ts'
import type { Subject } from '../../../shared/metrics/ledger.ts'
import { foldTurns, type RatedEpisode, type Turn } from '../../../shared/metrics/turns.ts'
import { bigint, type Queries, type Value } from '../engine.ts'
import type { Period } from '../history.ts'
import { factsByNumber } from './conversation-facts.ts'
import { type EntryRow, entry } from './conversation-rows.ts'

/** Some of the conversations of a period, by number. */
export interface Piece {
  numbers: readonly number[]
  period: Period
  /** What a turn still open is measured to. */
  now: number
}

/** A report is folded in pieces, so that other reads, and the thread that asked, get their turn in between. */
export interface ReportRecords {
  /** Conversations that were alive in the period, oldest first; nothing can have happened to others. */
  subjects(period: Period): Promise<number[]>
  turns(piece: Piece): Promise<Turn[]>
  episodes(piece: Piece): Promise<RatedEpisode[]>
}

type Folded = ReturnType<typeof foldTurns>

export const reportRecords = (queries: Queries): ReportRecords => ({
  subjects: async ({ from, to, siteId }) => {
    const site: Value[] = siteId ? [siteId] : []
    const rows = await queries.all<{ number: number }>(
      `SELECT number FROM conversations
       WHERE status IN ('open', 'closed') AND changed_at >= ? AND started_at < ?
       ${siteId ? 'AND site_id = ?' : ''} ORDER BY started_at, id`,
      [from, to, ...site],
    )
    return rows.map(({ number }) => number)
  },
  turns: async (piece) => {
    const folded = await fold(queries, piece)
    return folded.flatMap(({ turns }) => turns.filter((turn) => concerns(turn, piece.period)))
  },
  episodes: async (piece) => {
    const folded = await fold(queries, piece)
    return folded.flatMap(({ episodes }) => episodes.filter((episode) => isCredited(episode, piece.period)))
  },
})

const within = ({ from, to }: Period, at: number): boolean => at >= from && at < to

/** An agent's turns are those they answered and those they owned for a while. */
const concerns = ({ openedAt, end, segments }: Turn, period: Period): boolean =>
  within(period, openedAt) &&
  (!period.agentId ||
    (end.by === 'reply' && end.agentId === period.agentId) ||
    segments.some((segment) => segment.charge === 'agent' && segment.agentId === period.agentId))

const isCredited = ({ closedAt, agentId }: RatedEpisode, period: Period): boolean =>
  within(period, closedAt) && (!period.agentId || period.agentId === agentId)

type SubjectRow = { number: number; id: ConversationId; site_id: Subject['siteId'] }

async function fold(queries: Queries, { numbers, period, now }: Piece): Promise<Folded[]> {
  const keys = numbers.map((number) => [number])
  const subjects = await queries.lookUp<SubjectRow>({
    select: 'SELECT number, id, site_id FROM conversations',
    by: [bigint('number')],
    keys,
  })
  const rows = await queries.lookUp<EntryRow & { conversation: number }>({
    select: 'SELECT conversation, seq, at, body FROM entries',
    by: [bigint('conversation')],
    keys,
    orderBy: 'seq',
  })
  const entries = new Map<number, Entry[]>(numbers.map((number) => [number, []]))
  for (const row of rows) entries.get(row.conversation)?.push(entry(row))
  const byNumber = new Map(subjects.map((subject) => [subject.number, subject]))
  const belongs = await belonging(queries, numbers, period)
  return numbers.flatMap((number) => {
    const subject = byNumber.get(number)
    if (!subject) return []
    const folded = foldTurns({ id: subject.id, siteId: subject.site_id }, entries.get(number) ?? [], now)
    return {
      turns: folded.turns.filter(({ episode }) => belongs(number, episode)),
      episodes: folded.episodes.filter(({ episode }) => belongs(number, episode)),
    }
  })
}

/** Which episodes are of the segment asked for: all where none is. */
async function belonging(
  queries: Queries,
  numbers: readonly number[],
  { segment }: Period,
): Promise<(number: number, episode: number) => boolean> {
  if (segment === undefined) return () => true
  const known = await factsByNumber(queries, numbers)
  return (number, episode) =>
    known.get(number)?.some((one) => one.episode === episode && one.segments.includes(segment)) ?? false
}
