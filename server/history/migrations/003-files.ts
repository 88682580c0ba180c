import type { Dialect } from '../engine.ts'

/**
 * `shown` is what everybody sees of the file, as JSON: its name is people's own words. `message` is the client id
 * of the message that holds it; `settled` is 1 once that message was seen to be stored.
 */
export const files = {
  number: 3,
  name: 'files',
  statements: ({ id }: Dialect): string[] => [
    `CREATE TABLE files (
      id ${id} PRIMARY KEY,
      site_id ${id} NOT NULL,
      owner ${id} NOT NULL,
      client_id ${id} NOT NULL,
      conversation_id ${id},
      message ${id},
      visibility ${id} NOT NULL,
      settled BIGINT NOT NULL,
      sha256 ${id} NOT NULL,
      size BIGINT NOT NULL,
      created_at BIGINT NOT NULL,
      touched_at BIGINT NOT NULL,
      shown TEXT NOT NULL,
      UNIQUE (owner, client_id)
    )`,
    'CREATE INDEX files_by_hash ON files (sha256)',
    'CREATE INDEX files_by_conversation ON files (conversation_id)',
    'CREATE INDEX files_by_owner ON files (owner, created_at, size)',
    'CREATE INDEX files_by_site ON files (site_id, created_at, size)',
    'CREATE INDEX files_by_touch ON files (settled, touched_at)',
  ],
}
