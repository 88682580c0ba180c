import type { Dialect } from '../engine.ts'

/**
 * What reports read. `ledger_parts` holds the turns and episodes of a day (UTC, counted from 1970) and of a block of
 * neighbouring conversations, packed as `ledger/sheet.ts` has it; `ledger_changes` the conversations to which something
 * was added since theirs were packed. Both can be made again from the entries. The triggers write down who changed in the transaction that changes them, whoever
 * does it. `agent_states` cannot be made again: each time an agent came, stepped away or left, by the server that
 * saw it; `server_signs` when each server was last known to run.
 */
export const ledger = {
  number: 8,
  name: 'ledger',
  statements: (dialect: Dialect): string[] => [
    `CREATE TABLE ledger_parts (
      day BIGINT NOT NULL,
      block BIGINT NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (day, block)
    )`,
    `CREATE TABLE ledger_changes (conversation ${dialect.name === 'sqlite' ? 'INTEGER' : 'BIGINT'} PRIMARY KEY)`,
    'INSERT INTO ledger_changes (conversation) SELECT number FROM conversations',
    ...(dialect.name === 'sqlite' ? sqliteTriggers : postgresTriggers),
    ...agentStates(dialect),
  ],
}

const sqliteTriggers = [
  `CREATE TRIGGER ledger_of_new AFTER INSERT ON conversations
   BEGIN INSERT OR IGNORE INTO ledger_changes (conversation) VALUES (NEW.number); END`,
  `CREATE TRIGGER ledger_of_changed AFTER UPDATE OF head ON conversations WHEN NEW.head <> OLD.head
   BEGIN INSERT OR IGNORE INTO ledger_changes (conversation) VALUES (NEW.number); END`,
]

/** Takes the row even where it is there: who packs a conversation must not overlook what is not committed yet. */
const postgresTriggers = [
  `CREATE FUNCTION note_ledger_change() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     INSERT INTO ledger_changes (conversation) VALUES (NEW.number)
     ON CONFLICT (conversation) DO UPDATE SET conversation = EXCLUDED.conversation;
     RETURN NULL;
   END $$`,
  `CREATE TRIGGER ledger_of_new AFTER INSERT ON conversations
   FOR EACH ROW EXECUTE FUNCTION note_ledger_change()`,
  `CREATE TRIGGER ledger_of_changed AFTER UPDATE OF head ON conversations
   FOR EACH ROW WHEN (NEW.head IS DISTINCT FROM OLD.head) EXECUTE FUNCTION note_ledger_change()`,
]

const agentStates = ({ id, clustered }: Dialect): string[] => [
  `CREATE TABLE agent_states (
    agent_id ${id} NOT NULL,
    server ${id} NOT NULL,
    at BIGINT NOT NULL,
    state ${id} NOT NULL,
    PRIMARY KEY (agent_id, server, at)
  ) ${clustered}`,
  'CREATE INDEX agent_states_by_time ON agent_states (at)',
  `CREATE TABLE server_signs (server ${id} PRIMARY KEY, at BIGINT NOT NULL) ${clustered}`,
]
