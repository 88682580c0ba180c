import * as v from 'valibot'
import { ConversationId } from '../../../shared/ids.ts'
import { JobId, JobState } from '../../../shared/job.ts'
import { count } from '../../../shared/text/fields.ts'
import { jobs as table } from '../records/follow-ups.ts'
import type { StoredJob } from '../records/jobs.ts'
import { byId, type Kind, parseLine } from './kind.ts'

const Line = v.strictObject({
  id: JobId,
  conversationId: ConversationId,
  seq: count,
  kind: v.string(),
  at: count,
  state: JobState,
  attempts: count,
  dueAt: v.nullable(count),
  payload: v.unknown(),
  lastError: v.nullable(v.string()),
})
type Line = v.InferOutput<typeof Line>

type Row = StoredJob & { seq: number }

/** What is still to be done goes along: where it arrives it is done, under the same id. */
export const jobs: Kind = {
  name: 'jobs',
  async *lines(queries) {
    for await (const rows of byId<Row>(queries, 'SELECT * FROM jobs'))
      yield rows.map((row) => JSON.stringify(lineOf(row)))
  },
  async store(queries, lines) {
    const rows = lines.map((line) => {
      const { id, conversationId, seq, kind, at, ...rest } = parseLine(Line, line)
      const { state, attempts, dueAt, payload, lastError } = rest
      const texts = [JSON.stringify(payload), lastError === null ? null : JSON.stringify(lastError)]
      return [id, conversationId, seq, kind, at, state, attempts, dueAt, ...texts]
    })
    await queries.insertMany(table, rows)
  },
}

/** Whoever is running it here does not run it there. */
function lineOf(row: Row): Line {
  const isRunning = row.state === 'running'
  return {
    id: row.id,
    conversationId: row.conversation_id,
    seq: row.seq,
    kind: row.kind,
    at: row.at,
    state: isRunning ? 'retrying' : row.state,
    attempts: row.attempts,
    dueAt: isRunning ? row.at : row.due_at,
    payload: JSON.parse(row.payload),
    lastError: row.last_error === null ? null : JSON.parse(row.last_error),
  }
}
