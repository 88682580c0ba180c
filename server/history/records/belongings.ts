import type { Row } from '../engine.ts'

/** One kind of thing that the tables hold of a person. What is handed out and what is deleted are the same rows. */
export interface Belonging {
  /** Its name in what is handed out. */
  kind: string
  table: string
  /** Which rows are theirs; takes the visitor's id once. */
  where: string
  orderBy: string
  /** As it is handed out: without the store's own numbers, and without secrets. */
  shown(row: Row, conversationId: (number: unknown) => string): object
}

const theirs = 'SELECT number FROM conversations WHERE visitor_id = ?'
const theirIds = 'SELECT id FROM conversations WHERE visitor_id = ?'

/**
 * All there is, in the order in which it can be deleted. A new table with anything of a person joins in here,
 * one without says why below.
 */
export const belongings: readonly Belonging[] = [
  {
    kind: 'files',
    table: 'files',
    where: `id IN (SELECT f.id FROM files f, (SELECT CAST(? AS TEXT) AS id) v WHERE f.owner = v.id
      OR f.conversation_id IN (SELECT c.id FROM conversations c WHERE c.visitor_id = v.id))`,
    orderBy: 'created_at, id',
    shown: ({ id, owner, conversation_id, created_at, sha256, size, shown }) => ({
      ...{
        id,
        owner,
        conversationId: conversation_id,
        createdAt: created_at,
        sha256,
        size,
        ...parsed(shown),
      },
    }),
  },
  {
    kind: 'jobs',
    table: 'jobs',
    where: `conversation_id IN (${theirIds})`,
    orderBy: 'at, id',
    shown: ({ id, kind, at, state, attempts, payload, last_error }) => ({
      ...{ id, kind, at, state, attempts, payload: parsed(payload), lastError: parsed(last_error) },
    }),
  },
  {
    kind: 'confirmations',
    table: 'sent',
    where: `conversation IN (${theirs})`,
    orderBy: 'conversation, first_seq',
    shown: ({ conversation, first_seq, last_seq }, conversationId) => ({
      ...{ conversationId: conversationId(conversation), firstSeq: first_seq, lastSeq: last_seq },
    }),
  },
  {
    kind: 'entries',
    table: 'entries',
    where: `conversation IN (${theirs})`,
    orderBy: 'conversation, seq',
    shown: ({ conversation, seq, at, body }, conversationId) => ({
      ...{ conversationId: conversationId(conversation), seq, at, ...parsed(body) },
    }),
  },
  {
    kind: 'conversations',
    table: 'conversations',
    where: 'visitor_id = ?',
    orderBy: 'id',
    shown: ({ head, unread, ...row }) => ({
      ...parsed(head),
      unread,
      receipts: {
        visitor: { delivered: row.visitor_delivered, seen: row.visitor_seen },
        agents: { delivered: row.agents_delivered, seen: row.agents_seen },
      },
    }),
  },
  {
    kind: 'pageViews',
    table: 'page_views',
    where: 'visitor_id = ?',
    orderBy: 'at, visit_id, page',
    shown: ({ visit_id, at, page }) => ({ visitId: visit_id, at, ...parsed(page) }),
  },
  {
    kind: 'visitors',
    table: 'visitors',
    where: 'id = ?',
    orderBy: 'id',
    shown: ({ profile }) => ({ ...parsed(profile) }),
  },
]

/** Tables with nothing of any visitor, and why. */
export const impersonal: Readonly<Record<string, string>> = {
  sessions: 'of agents',
  erased: 'hashes that lead back to nobody',
  journal: 'settled into the other tables before anything is deleted',
  meta: 'of the store itself',
  migrations: 'of the store itself',
}

const parsed = (json: Row[string] | undefined) => (typeof json === 'string' ? JSON.parse(json) : null)
