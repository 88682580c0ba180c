import { agentStates } from './agent-states.ts'
import { conversationFacts } from './conversation-facts.ts'
import { conversations } from './conversations.ts'
import { entries } from './entries.ts'
import { erased } from './erased.ts'
import { exposures } from './exposures.ts'
import { files } from './files.ts'
import { followUps } from './follow-ups.ts'
import { jobs } from './jobs.ts'
import type { Kind } from './kind.ts'
import { events, pageViews } from './page-views.ts'
import { visitorCredentials, visitors } from './visitors.ts'

/** All that a history holds, in the order in which it can be taken in. */
export const kinds: readonly Kind[] = [
  erased,
  visitors,
  visitorCredentials,
  conversations,
  entries,
  conversationFacts,
  files,
  jobs,
  pageViews,
  events,
  exposures,
  followUps,
  agentStates,
]

/** Where each table's rows go, or why they stay. A new table needs a line here. */
export const tables: Readonly<Record<string, string>> = {
  visitors: 'visitors and visitor-credentials',
  page_views: 'page-views',
  visit_events: 'events',
  exposures: 'exposures',
  conversations: 'conversations; the rest is folded from entries',
  entries: 'entries',
  conversation_facts: 'conversation-facts',
  sent: 'entries: their client ids and where their command began',
  files: 'files: what is known of them; their bytes go beside the records',
  jobs: 'jobs: what is not done yet',
  erased: 'erased',
  sessions: 'stays: everybody signs in again',
  meta: 'stays: the epoch is the new store’s own',
  migrations: 'stays: the new store has its own',
  ledger_parts: 'stays: folded again from entries',
  ledger_changes: 'stays: the new store writes down that all are new',
  journey_parts: 'stays: packed again from page views, events and conversations',
  journey_changes: 'stays: the new store writes down that all is new',
  follow_ups: 'follow-ups',
  agent_states: 'agent-states',
  server_signs: 'stays: of the servers that ran here',
  journal: 'settled before anything is read',
}
