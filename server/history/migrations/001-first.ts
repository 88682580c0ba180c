import type { Dialect } from '../engine.ts'

/*
 * Free text written by people stands inside JSON columns only: PostgreSQL refuses the character
 * U+0000 in a text column, JSON escapes it. Times are ms since 1970.
 */
export const first = {
  number: 1,
  name: 'first',
  statements: (dialect: Dialect): string[] => [
    'CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)',
    ...visitors(dialect),
    ...conversations(dialect),
    `CREATE TABLE sessions (
      token_hash TEXT PRIMARY KEY,
      agent_id ${dialect.id} NOT NULL,
      created_at BIGINT NOT NULL,
      expires_at BIGINT NOT NULL
    )`,
    'CREATE INDEX sessions_by_agent ON sessions (agent_id)',
    ...journal(dialect),
  ],
}

const visitors = ({ id }: Dialect): string[] => [
  `CREATE TABLE visitors (
    id ${id} PRIMARY KEY,
    site_id ${id} NOT NULL,
    token_hash TEXT NOT NULL,
    seen_at BIGINT NOT NULL,
    profile TEXT NOT NULL,
    UNIQUE (site_id, token_hash)
  )`,
  `CREATE TABLE page_views (
    visitor_id ${id} NOT NULL,
    visit_id ${id} NOT NULL,
    site_id ${id} NOT NULL,
    at BIGINT NOT NULL,
    page TEXT NOT NULL
  )`,
  'CREATE INDEX page_views_by_visitor ON page_views (visitor_id, at)',
]

/**
 * `head` is the folded conversation; the columns beside it only serve look-ups. `place` orders the
 * inbox by one ascending number (see `place` in conversation-rows). The list indexes hold every
 * column a list filters by, so that a filter never reads the rows it leaves out.
 * `sent` remembers every client id for ever, with the entries its command added. Its keys and the
 * conversation's are numbers, because the pages a commit touches are what it costs.
 */
const conversations = ({ id, number, clustered }: Dialect): string[] => [
  `CREATE TABLE conversations (
    number ${number},
    id ${id} NOT NULL UNIQUE,
    site_id ${id} NOT NULL,
    visitor_id ${id} NOT NULL,
    status ${id} NOT NULL,
    assignee_id ${id},
    started_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    place BIGINT NOT NULL,
    visitor_delivered BIGINT NOT NULL,
    visitor_seen BIGINT NOT NULL,
    agents_delivered BIGINT NOT NULL,
    agents_seen BIGINT NOT NULL,
    unread BIGINT NOT NULL,
    head TEXT NOT NULL
  )`,
  'CREATE INDEX conversations_by_visitor ON conversations (visitor_id)',
  'CREATE INDEX conversations_by_place ON conversations (status, place, id, site_id, assignee_id)',
  'CREATE INDEX conversations_by_change ON conversations (status, changed_at, id, site_id, assignee_id, started_at)',
  `CREATE TABLE entries (
    conversation BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    from_visitor BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (conversation, seq)
  )`,
  `CREATE TABLE sent (
    author BIGINT NOT NULL,
    client_high BIGINT NOT NULL,
    client_low BIGINT NOT NULL,
    conversation BIGINT NOT NULL,
    first_seq BIGINT NOT NULL,
    last_seq BIGINT NOT NULL,
    PRIMARY KEY (author, client_high, client_low)
  ) ${clustered}`,
]

/** Only the embedded store, which alone writes to its file, may write here first (see records/journal). */
const journal = ({ name, number }: Dialect): string[] =>
  name === 'sqlite' ? [`CREATE TABLE journal (number ${number}, body TEXT NOT NULL)`] : []
