import type { Dialect } from '../engine.ts'

/**
 * The parts of the ledger as bytes, where they were text that every report had to turn back. `stamp` is another whenever
 * a part is: whoever read it before need not read it again. Nothing is carried over: what is packed now has priorities,
 * and some waits are counted otherwise, so everybody is folded anew from the entries, in the background. A later change
 * of the fold needs the like.
 */
export const ledgerBytes = {
  number: 11,
  name: 'ledger-bytes',
  statements: ({ bytes }: Dialect): string[] => [
    'DROP TABLE ledger_parts',
    `CREATE TABLE ledger_parts (
      day BIGINT NOT NULL,
      block BIGINT NOT NULL,
      stamp BIGINT NOT NULL,
      body ${bytes} NOT NULL,
      PRIMARY KEY (day, block)
    )`,
    'DELETE FROM ledger_changes',
    'INSERT INTO ledger_changes (conversation) SELECT number FROM conversations',
  ],
}
