import { join } from 'node:path'
import type Sqlite from 'better-sqlite3'
import { type Conversation, startConversation } from '../../shared/conversation/conversation.ts'
import type { Entry } from '../../shared/conversation/entry.ts'
import type { EpisodeFacts } from '../../shared/conversation/facts.ts'
import { noReceipts } from '../../shared/timeline.ts'
import type { Visitor } from '../../shared/visitor.ts'
import type { AgentState } from './agent-states.ts'
import type { Table, Value } from './engine.ts'
import type { PageViewRecord } from './history.ts'
import { agentStates, stateRow } from './records/agent-states.ts'
import { conversationFacts, factsRow } from './records/conversation-facts.ts'
import {
  entries as entryTable,
  isFromVisitor,
  newConversations,
  newRow,
  receiptsAfter,
  sent as sentTable,
  withEntry,
} from './records/conversation-rows.ts'
import { sentKey } from './records/sent.ts'
import { pageViews, rowOfView } from './records/visits.ts'
import { openDatabase } from './sqlite-package.ts'
import { nobodysToken, visitorTable } from './transfer/visitors.ts'

/** What a long history is made of, in the order in which it came about. */
export type Lived =
  | { kind: 'visitor'; visitor: Visitor }
  | { kind: 'conversation'; begun: Begun; entries: Entry[]; facts: EpisodeFacts[] }
  | { kind: 'view'; view: PageViewRecord }
  | { kind: 'state'; state: AgentState }

type Begun = Pick<Conversation, 'id' | 'siteId' | 'visitorId'>

/** Rows of one transaction: with no journal there is nothing to take back, only to begin again. */
const together = 50_000

/**
 * Writes a history into a store that has its tables and nothing in them. For data that can be made again: an
 * interruption leaves a store that cannot be used.
 * @param lived each in ascending order, so that every index only grows at its end
 * @param onMany told now and then how many there are by now
 */
export function fillInBulk(
  dataDir: string,
  lived: readonly Iterable<Lived>[],
  onMany: (count: number) => void,
): void {
  const database = openDatabase(join(dataDir, 'history.db'))
  try {
    refuseUnlessEmpty(database)
    for (const pragma of [
      'journal_mode = DELETE',
      'journal_mode = OFF',
      'synchronous = OFF',
      'cache_size = -262144',
    ])
      database.pragma(pragma)
    const later = dropIndexes(database)
    writeAll(database, lived, onMany)
    for (const sql of later) database.exec(sql)
    for (const pragma of ['synchronous = FULL', 'journal_mode = WAL']) database.pragma(pragma)
  } finally {
    database.close()
  }
}

function refuseUnlessEmpty(database: Sqlite.Database): void {
  if (database.prepare('SELECT 1 FROM conversations LIMIT 1').get())
    throw new Error('The store holds conversations already: choose an empty DATA_DIR.')
}

/** Built at once in the end, an index costs a sort; row by row, a page here and there for each. */
function dropIndexes(database: Sqlite.Database): string[] {
  const indexes = database
    .prepare<[], { name: string; sql: string }>(
      `SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL
       AND tbl_name IN ('conversations', 'page_views')`,
    )
    .all()
  for (const { name } of indexes) database.exec(`DROP INDEX ${name}`)
  return indexes.map(({ sql }) => sql)
}

function writeAll(
  database: Sqlite.Database,
  lived: readonly Iterable<Lived>[],
  onMany: (count: number) => void,
): void {
  const names = sentTable.columns.map(({ name }) => name).join(', ')
  // Client ids come in no order at all: they are sorted once.
  database.exec(`CREATE TEMP TABLE sent_unsorted (${names})`)
  const write = writer(database)
  let count = 0
  database.exec('BEGIN')
  for (const some of lived)
    for (const one of some) {
      write(one)
      count++
      if (count % together > 0) continue
      database.exec('COMMIT; BEGIN')
      onMany(count)
    }
  database.exec(`INSERT INTO sent (${names}) SELECT ${names} FROM sent_unsorted ORDER BY 1, 2, 3; COMMIT`)
  database.exec('DROP TABLE sent_unsorted')
}

function writer(database: Sqlite.Database): (one: Lived) => void {
  const insert = (table: Table) => {
    const columns = table.columns.map(({ name }) => name)
    const statement = database.prepare<(readonly Value[])[]>(
      `INSERT INTO ${table.name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    )
    return (row: readonly Value[]) => statement.run(row)
  }
  const insertVisitor = insert(visitorTable)
  const insertView = insert(pageViews)
  const insertState = insert(agentStates)
  const insertConversation = conversationWriter({
    conversation: insert(newConversations),
    entry: insert(entryTable),
    sent: insert({ ...sentTable, name: 'sent_unsorted' }),
    facts: insert(conversationFacts),
  })
  return (one) => {
    switch (one.kind) {
      case 'visitor': {
        const { id, siteId, seenAt } = one.visitor
        insertVisitor([id, siteId, nobodysToken(id), seenAt, JSON.stringify(one.visitor)])
        return
      }
      case 'view':
        insertView(rowOfView(one.view))
        return
      case 'state':
        insertState(stateRow(one.state))
        return
      case 'conversation':
        insertConversation(one)
    }
  }
}

type Insert = (row: readonly Value[]) => unknown
type Spoken = Extract<Lived, { kind: 'conversation' }>

/** Everybody has seen everything: who reads lists of old conversations looks at other things. */
function conversationWriter(insert: Record<'conversation' | 'entry' | 'sent' | 'facts', Insert>) {
  let number = 0
  return ({ begun, entries, facts }: Spoken): void => {
    number++
    const [first] = entries
    let held = {
      ...{ number, receipts: noReceipts, unread: 0 },
      conversation: startConversation(begun.id, begun.siteId, begun.visitorId, first?.at ?? 0),
    }
    for (const entry of entries) {
      held = { ...withEntry(held, entry), receipts: receiptsAfter(held.receipts, entry) }
      const { seq, at, ...body } = entry
      insert.entry([number, seq, at, isFromVisitor(entry) ? 1 : 0, JSON.stringify(body)])
      if (entry.kind === 'message' && entry.clientId)
        insert.sent([...sentKey(entry.author, entry.clientId), number, seq, seq])
    }
    for (const { episode, ...one } of facts) insert.facts(factsRow(number, episode, one))
    const { seq } = held.conversation
    const all = { delivered: seq, seen: seq }
    insert.conversation(newRow({ ...held, receipts: { visitor: all, agents: all }, unread: 0 }))
  }
}
