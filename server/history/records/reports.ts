import type { Entry } from '../../../shared/conversation/entry.ts'
import type { ConversationId } from '../../../shared/ids.ts'
import { foldTurns, type RatedEpisode, type Subject, type Turn } from '../../../shared/metrics/turns.ts'
import { bigint, type Engine, type Value } from '../engine.ts'
import type { Period } from '../history.ts'
import { type EntryRow, entry } from './conversation-rows.ts'

/** Conversations folded at a time, so that a long report lets other reads of its thread pass. */
const piece = 200

type Folded = ReturnType<typeof foldTurns>
type SubjectRow = { number: number; id: ConversationId; site_id: Subject['siteId'] }

/** As `ReportHistory`, with the time `now` that a turn still open is measured to. */
export const reportRecords = (engine: Engine) => ({
  turns: async (period: Period, now: number): Promise<Turn[]> => {
    const turns: Turn[] = []
    for await (const folded of fold(engine, period, now))
      turns.push(...folded.turns.filter((turn) => within(period, turn.openedAt) && concerns(turn, period)))
    return turns
  },
  episodes: async (period: Period, now: number): Promise<RatedEpisode[]> => {
    const episodes: RatedEpisode[] = []
    for await (const folded of fold(engine, period, now))
      episodes.push(
        ...folded.episodes.filter(
          ({ closedAt, agentId }) =>
            within(period, closedAt) && (!period.agentId || period.agentId === agentId),
        ),
      )
    return episodes
  },
})

const within = ({ from, to }: Period, at: number): boolean => at >= from && at < to

/** An agent's turns are those they answered and those they owned for a while. */
const concerns = ({ end, segments }: Turn, { agentId }: Period): boolean =>
  !agentId ||
  (end.by === 'reply' && end.agentId === agentId) ||
  segments.some((segment) => segment.charge === 'agent' && segment.agentId === agentId)

async function* fold(engine: Engine, period: Period, now: number): AsyncIterable<Folded> {
  const subjects = await subjectsOf(engine, period)
  for (let start = 0; start < subjects.length; start += piece) {
    yield* await foldPiece(engine, subjects.slice(start, start + piece), now)
    await engine.breathe()
  }
}

/** Conversations that were alive in the period; nothing can have happened to others. */
function subjectsOf(engine: Engine, { from, to, siteId }: Period): Promise<SubjectRow[]> {
  const site: Value[] = siteId ? [siteId] : []
  return engine.all<SubjectRow>(
    `SELECT number, id, site_id FROM conversations
     WHERE status IN ('open', 'closed') AND changed_at >= ? AND started_at < ?
     ${siteId ? 'AND site_id = ?' : ''} ORDER BY started_at, id`,
    [from, to, ...site],
  )
}

async function foldPiece(engine: Engine, subjects: readonly SubjectRow[], now: number): Promise<Folded[]> {
  const rows = await engine.lookUp<EntryRow & { conversation: number }>({
    select: 'SELECT conversation, seq, at, body FROM entries',
    by: [bigint('conversation')],
    keys: subjects.map(({ number }) => [number]),
    orderBy: 'seq',
  })
  const entries = new Map<number, Entry[]>(subjects.map(({ number }) => [number, []]))
  for (const row of rows) entries.get(row.conversation)?.push(entry(row))
  return subjects.map(({ number, id, site_id }) =>
    foldTurns({ id, siteId: site_id }, entries.get(number) ?? [], now),
  )
}
