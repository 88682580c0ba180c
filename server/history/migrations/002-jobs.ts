import type { Dialect } from '../engine.ts'

/** `due_at` is null for the dead. `payload` and `last_error` are JSON: people's words may be in them. */
export const jobs = {
  number: 2,
  name: 'jobs',
  statements: ({ id }: Dialect): string[] => [
    `CREATE TABLE jobs (
      id ${id} PRIMARY KEY,
      conversation_id ${id} NOT NULL,
      seq BIGINT NOT NULL,
      kind ${id} NOT NULL,
      at BIGINT NOT NULL,
      state ${id} NOT NULL,
      attempts BIGINT NOT NULL,
      due_at BIGINT,
      payload TEXT NOT NULL,
      last_error TEXT,
      UNIQUE (conversation_id, kind, seq)
    )`,
    'CREATE INDEX jobs_by_time ON jobs (due_at)',
    'CREATE INDEX jobs_by_state ON jobs (state, at, id)',
  ],
}
