import type { Queries, Row } from '../engine.ts'
import { leaveJourneys } from '../journeys/keep.ts'
import { leaveLedger } from '../ledger/keep.ts'
import { leaveCounts } from './exposures-left.ts'

/** One kind of thing that the tables hold of a person. What is handed out and what is deleted are the same rows. */
export interface Belonging {
  /** Its name in what is handed out. */
  kind: string
  table: string
  /** Which rows are theirs; takes the visitor's id wherever it asks. */
  where: string
  orderBy: string
  /** The column that names bytes kept beside the database, which nobody may need any more then. */
  bytes?: string
  /** Stores what stays of them and leads to nobody, before they are deleted. */
  leave?(queries: Queries, id: string): Promise<void>
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
    // Also what agents sent them.
    kind: 'files',
    table: 'files',
    // As two look-ups: of an OR between them PostgreSQL makes a walk through the whole table.
    where: `id IN (SELECT id FROM files WHERE owner = ? UNION SELECT id FROM files WHERE conversation_id IN (${theirIds}))`,
    orderBy: 'created_at, id',
    bytes: 'sha256',
    shown: ({ id, conversation_id, visibility, size, created_at, sha256, shown }) => ({
      ...{ id, conversationId: conversation_id, visibility, size, createdAt: created_at, sha256 },
      ...parsed(shown),
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
    leave: leaveLedger,
    shown: ({ conversation, seq, at, body }, conversationId) => ({
      ...{ conversationId: conversationId(conversation), seq, at, ...parsed(body) },
    }),
  },
  {
    kind: 'conversationFacts',
    table: 'conversation_facts',
    where: `conversation IN (${theirs})`,
    orderBy: 'conversation, episode',
    shown: ({ conversation, segments, proactive, ...facts }, conversationId) => ({
      ...{ conversationId: conversationId(conversation), ...facts },
      ...{ proactive: proactive === 1, segments: parsed(segments) },
    }),
  },
  {
    kind: 'conversations',
    table: 'conversations',
    where: 'visitor_id = ?',
    orderBy: 'id',
    leave: leaveJourneys,
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
    kind: 'events',
    table: 'visit_events',
    where: 'visitor_id = ?',
    orderBy: 'at, visit_id, event',
    shown: ({ visit_id, at, event }) => ({ visitId: visit_id, at, ...parsed(event) }),
  },
  {
    kind: 'exposures',
    table: 'exposures',
    where: 'visitor_id = ?',
    orderBy: 'at, id',
    leave: leaveCounts,
    shown: (row) => ({
      ...{ id: row.id, ruleId: row.rule_id, visitId: row.visit_id, conversationId: row.conversation_id },
      ...{ at: row.at, by: row.said_by, heldOut: row.held_out === 1, silent: row.silent === 1 },
      ...parsed(row.about),
      ...{ seenAt: row.seen_at, openedAt: row.opened_at, repliedAt: row.replied_at, goalAt: row.goal_at },
    }),
  },
  {
    kind: 'followUps',
    table: 'follow_ups',
    where: 'visitor_id = ?',
    orderBy: 'id',
    shown: ({ id, conversation_id, why, opened_at, due_at, done_at, about }) => ({
      ...{ id, conversationId: conversation_id, why, openedAt: opened_at, dueAt: due_at, doneAt: done_at },
      ...parsed(about),
    }),
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
  ledger_parts: 'folded from entries; what was theirs is taken out before those are deleted',
  ledger_changes: 'numbers of conversations, taken out with them',
  journey_parts: 'packed from page views, events and conversations; deleted with any of these',
  journey_changes: 'hours that are to be packed again',
  agent_states: 'of agents',
  server_signs: 'of servers',
}

/** The visitor's id, as often as the condition asks for it. */
export const paramsOf = ({ where }: Belonging, id: string): string[] =>
  Array.from({ length: where.split('?').length - 1 }, () => id)

const parsed = (json: Row[string] | undefined) => (typeof json === 'string' ? JSON.parse(json) : null)
