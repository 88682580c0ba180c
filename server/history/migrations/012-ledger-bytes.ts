import type { Dialect } from '../engine.ts'

/**
 * The parts of the ledger as the bytes they are, where they were those bytes as text, which every report had to turn
 * back. `stamp` is another whenever a part is: whoever read it before need not read it again.
 */
export const ledgerBytes = {
  number: 12,
  name: 'ledger-bytes',
  statements: ({ bytes }: Dialect): string[] => [
    `CREATE TABLE ledger_packed (
      day BIGINT NOT NULL,
      block BIGINT NOT NULL,
      stamp BIGINT NOT NULL,
      body ${bytes} NOT NULL,
      PRIMARY KEY (day, block)
    )`,
    `INSERT INTO ledger_packed (day, block, stamp, body)
     SELECT day, block, 0, decode(body, 'base64') FROM ledger_parts ORDER BY day, block`,
    'DROP TABLE ledger_parts',
    'ALTER TABLE ledger_packed RENAME TO ledger_parts',
  ],
}
