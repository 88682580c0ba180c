import type { Engine, Row } from '../../server/history/engine.ts'
import { migrate } from '../../server/history/migrate.ts'
import { ledgerBytes } from '../../server/history/migrations/011-ledger-bytes.ts'
import { migrations } from '../../server/history/migrations/migrations.ts'

const noted = 7
const conversation = `INSERT INTO conversations
  (number, id, site_id, visitor_id, status, started_at, changed_at, place, visitor_delivered, visitor_seen,
   agents_delivered, agents_seen, unread, head)
  VALUES (${noted}, 'c', 's', 'v', 'open', 1, 1, 1, 0, 0, 0, 0, 0, '{}')`

/** A store in which a version before the bytes had packed everybody, brought up to date: what is packed, who is to be. */
export async function packedBefore(engine: Engine): Promise<{ packed: Row[]; changed: Row[] }> {
  const before = migrations.filter(({ number }) => number < ledgerBytes.number)
  await migrate(engine, before)
  await engine.run(conversation)
  await engine.run('DELETE FROM ledger_changes')
  await engine.run("INSERT INTO ledger_parts (day, block, body) VALUES (1, 2, 'packed')")
  await migrate(engine, [...before, ledgerBytes])
  return {
    packed: await engine.all('SELECT day FROM ledger_parts'),
    changed: await engine.all('SELECT conversation FROM ledger_changes'),
  }
}

/** Nothing of then, and all who were there. */
export const foldedAnew = { packed: [], changed: [{ conversation: noted }] }
