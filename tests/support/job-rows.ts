import { join } from 'node:path'
import { openDatabase } from '../../server/history/sqlite-package.ts'
import type { ConversationId } from '../../shared/ids.ts'
import type { JobState } from '../../shared/job.ts'

/** Jobs of a kind nobody does, in the state they have come to; answers their ids. */
export function putJobs(
  dataDir: string,
  conversationId: ConversationId | string,
  states: readonly Exclude<JobState, 'running'>[],
): string[] {
  const database = openDatabase(join(dataDir, 'history.db'))
  const insert = database.prepare('INSERT INTO jobs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const later = Date.now() + 3_600_000
  const ids = states.map((state, i) => {
    const [at, seq] = [1_700_000_000_000 + i, i + 1]
    const id = `${conversationId}.${seq}.${at}.test:told`
    const fault = state === 'waiting' ? null : JSON.stringify('unavailable: The other end said <b>no</b>.')
    const dueAt = state === 'dead' ? null : later
    insert.run(
      id,
      conversationId,
      seq,
      'test:told',
      at,
      state,
      state === 'waiting' ? 0 : 3,
      dueAt,
      '{}',
      fault,
    )
    return id
  })
  database.close()
  return ids
}
