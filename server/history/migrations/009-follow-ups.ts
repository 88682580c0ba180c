import type { Dialect } from '../engine.ts'

/**
 * What is to be made right with visitors; `about` is JSON: people's own words are in it. `tags` of a conversation is its
 * labels as JSON, null where it has none: few have, so an index holds those alone.
 */
export const followUps = {
  number: 9,
  name: 'follow-ups',
  statements: ({ id }: Dialect): string[] => [
    `CREATE TABLE follow_ups (
      id ${id} PRIMARY KEY,
      conversation_id ${id} NOT NULL,
      visitor_id ${id} NOT NULL,
      site_id ${id} NOT NULL,
      episode BIGINT NOT NULL,
      why ${id} NOT NULL,
      opened_at BIGINT NOT NULL,
      due_at BIGINT NOT NULL,
      done_at BIGINT,
      owner_id ${id},
      about TEXT NOT NULL
    )`,
    'CREATE INDEX follow_ups_open ON follow_ups (due_at, id) WHERE done_at IS NULL',
    'CREATE INDEX follow_ups_done ON follow_ups (done_at, id) WHERE done_at IS NOT NULL',
    'CREATE INDEX follow_ups_by_time ON follow_ups (opened_at)',
    'CREATE INDEX follow_ups_by_visitor ON follow_ups (visitor_id)',
    'CREATE INDEX follow_ups_by_conversation ON follow_ups (conversation_id)',
    'ALTER TABLE conversations ADD COLUMN tags TEXT',
    'CREATE INDEX conversations_by_tag ON conversations (status, changed_at, id) WHERE tags IS NOT NULL',
  ],
}
