import type { ConversationId } from '../../../shared/ids.ts'
import type { JobCounts, JobId, JobState } from '../../../shared/job.ts'
import { bigint, type Engine, type Queries, type Table, text, type Value } from '../engine.ts'
import type { Job, JobHistory, Page } from '../history.ts'
import { jobMark, writeMark } from './cursor.ts'

export interface JobRecords extends Omit<JobHistory, 'follow'> {
  /** What a former process began and did not end is due again. Of a store that no other process uses. */
  release(): Promise<void>
}

export type StoredJob = {
  id: JobId
  conversation_id: ConversationId
  kind: string
  at: number
  state: JobState
  attempts: number
  due_at: number | null
  payload: string
  last_error: string | null
}

const columns =
  'j.id, j.conversation_id, j.kind, j.at, j.state, j.attempts, j.due_at, j.payload, j.last_error'

export const jobRecords = (engine: Engine): JobRecords => {
  /** How many rows it changed. */
  const change = (sql: string, params: readonly Value[]): Promise<number> =>
    engine.transaction((queries) => queries.run(sql, params))
  const ended = "WHERE id = ? AND attempts = ? AND state = 'running'"
  return {
    claim: (ask) => engine.transaction((queries) => claim(queries, ask, engine.dialect.skipTaken)),
    done: async ({ id, attempts }) => {
      await change(`DELETE FROM jobs ${ended}`, [id, attempts])
    },
    failed: async ({ id, attempts }, { error, dueAt }) => {
      const state: JobState = dueAt === null ? 'dead' : 'retrying'
      await change(`UPDATE jobs SET state = ?, due_at = ?, last_error = ? ${ended}`, [
        ...[state, dueAt, JSON.stringify(error)],
        ...[id, attempts],
      ])
    },
    list: (query) => list(engine, query),
    count: () => count(engine),
    retry: async (id, now) =>
      (await change(
        `UPDATE jobs SET state = 'waiting', due_at = ?, attempts = 0 WHERE id = ? AND state <> 'running'`,
        [now, id],
      )) > 0,
    discard: async (id) => (await change(`DELETE FROM jobs WHERE id = ? AND state <> 'running'`, [id])) > 0,
    release: async () => {
      await change(`UPDATE jobs SET state = 'retrying', due_at = at WHERE state = 'running'`, [])
    },
  }
}

const claimed: Table = {
  name: 'jobs',
  columns: [text('state'), bigint('attempts'), bigint('due_at'), text('id')],
}

/**
 * Who comes later than an earlier one of its conversation and kind waits for it, however it fares. A row that
 * another node is just claiming is left out at once, and is no longer due once that node has claimed it.
 */
async function claim(
  queries: Queries,
  { now, until, limit }: { now: number; until: number; limit: number },
  skipTaken: string,
): Promise<{ jobs: Job[]; nextAt: number | null }> {
  const rows = await queries.all<StoredJob>(
    `SELECT ${columns} FROM jobs j WHERE j.due_at <= ? AND NOT EXISTS (
       SELECT 1 FROM jobs e WHERE e.conversation_id = j.conversation_id AND e.kind = j.kind
       AND e.seq < j.seq AND e.due_at IS NOT NULL)
     ORDER BY j.due_at, j.id LIMIT ? ${skipTaken}`,
    [now, limit],
  )
  const jobs = rows.map((row): Job => {
    const job = jobOf(row)
    return { ...job, state: 'running', attempts: job.attempts + 1, dueAt: until }
  })
  await queries.updateMany(
    claimed,
    jobs.map(({ id, state, attempts, dueAt }) => [state, attempts, dueAt, id]),
  )
  const [next] = await queries.all<{ at: number | null }>(
    'SELECT MIN(due_at) AS at FROM jobs WHERE due_at > ?',
    [now],
  )
  return { jobs, nextAt: next?.at ?? null }
}

async function list(
  engine: Engine,
  { state, cursor, limit }: Parameters<JobHistory['list']>[0],
): Promise<Page<Job>> {
  const after = cursor === undefined ? { place: -1, id: '' } : jobMark(cursor)
  if (!after) return { items: [], nextCursor: null }
  const rows = await engine.all<StoredJob>(
    `SELECT ${columns} FROM jobs j WHERE (j.at, j.id) > (?, ?) ${state ? 'AND j.state = ?' : ''}
       ORDER BY j.at, j.id LIMIT ?`,
    [after.place, after.id, ...(state ? [state] : []), limit + 1],
  )
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const more = last && rows.length > limit
  return { items: shown.map(jobOf), nextCursor: more ? writeMark({ place: last.at, id: last.id }) : null }
}

async function count(engine: Engine): Promise<JobCounts> {
  const counts: JobCounts = { waiting: 0, running: 0, retrying: 0, dead: 0 }
  const rows = await engine.all<{ state: JobState; n: number }>(
    'SELECT state, COUNT(*) AS n FROM jobs GROUP BY state',
  )
  for (const { state, n } of rows) counts[state] = n
  return counts
}

const jobOf = (row: StoredJob): Job => ({
  id: row.id,
  kind: row.kind,
  conversationId: row.conversation_id,
  state: row.state,
  attempts: row.attempts,
  createdAt: row.at,
  dueAt: row.due_at,
  lastError: row.last_error === null ? null : JSON.parse(row.last_error),
  payload: JSON.parse(row.payload),
})
