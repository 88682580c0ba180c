import { mkdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { LookUps } from '../../../server/history/engine.ts'
import { ledgerRecords } from '../../../server/history/ledger/keep.ts'
import { dayOf } from '../../../server/history/ledger/part.ts'
import { eachFact } from '../../../server/history/ledger/read.ts'
import { episodeShape, turnShape } from '../../../server/history/ledger/shapes.ts'
import { plain } from '../../../server/history/ledger/sheet-reader.ts'
import { Shelf } from '../../../server/history/ledger/shelf.ts'
import { openHistory } from '../../../server/history/open.ts'
import { openSqlite, type SqliteEngine } from '../../../server/history/sqlite-engine.ts'
import { day } from '../../../shared/limits.ts'
import { hour, minute, newSiteId, noon, scene, taken } from '../../support/history-cast.ts'
import { foldedAnew, packedBefore } from '../../support/packed-before.ts'
import { packAll, packLedger } from '../../support/packing.ts'
import { useTemporary } from '../../support/temporary.ts'

const directory = useTemporary()
const always = { from: noon - day, to: noon + 30 * day, of: {} }

async function factsOf(queries: LookUps, shelf: Shelf): Promise<object[]> {
  const facts: object[] = []
  await eachFact({ queries, shelf }, always, {
    turn: (turn) => facts.push(plain(turn, turnShape)),
    episode: (episode) => facts.push(plain(episode, episodeShape)),
  })
  return facts
}

/** Counts the bodies that are read of the store. */
function counting(engine: SqliteEngine): { queries: LookUps; bodies(): number } {
  let read = 0
  const lookUp: LookUps['lookUp'] = async (asked) => {
    if (asked.select.includes('body')) read += asked.keys.length
    return engine.lookUp(asked)
  }
  const bodies = (): number => {
    const count = read
    read = 0
    return count
  }
  return { queries: { ...engine, lookUp }, bodies }
}

it('M50 what an earlier version packed is folded anew', async () => {
  const dataDir = directory()
  mkdirSync(dataDir, { recursive: true })
  const engine = openSqlite(`${dataDir}/history.db`, 'writer')
  expect(await packedBefore(engine)).toEqual(foldedAnew)
  await engine.close()
})

it('M106 what was read of the ledger before gives way as soon as the store has something else', async () => {
  const dataDir = directory()
  const history = await openHistory({ dataDir, clock: { now: () => noon } })
  const siteId = newSiteId()
  const [stays, goes] = [scene(history, siteId), scene(history, siteId)]
  for (const [index, one] of [stays, goes].entries()) {
    const { conversation } = taken(await one.says('Hello', noon + index * 3 * day))
    await one.answers(conversation.id, 'Hi', noon + index * 3 * day + minute)
  }
  const engine = openSqlite(`${dataDir}/history.db`, 'reader')
  const [kept, never] = [new Shelf(engine), new Shelf(engine, 0)]
  const alike = async (): Promise<number> => {
    const facts = await factsOf(engine, kept)
    expect(facts).toEqual(await factsOf(engine, new Shelf(engine)))
    expect(facts).toEqual(await factsOf(engine, never))
    return facts.length
  }
  await history.conversations.count()
  expect(await alike()).toBe(4)
  await packAll(history.reports)
  expect(await alike()).toBe(4)
  await stays.says('And?', noon + hour)
  await history.conversations.count()
  expect(await alike()).toBe(5)
  await packAll(history.reports)
  expect(await alike()).toBe(5)
  await history.erasures.erase(goes.visitorId, noon + hour)
  expect(await alike()).toBe(3)
  await engine.close()
  await history.close()
})

it('M106 a part is read again only once it is another, and the latest days stay where there is no room', async () => {
  const dataDir = directory()
  const history = await openHistory({ dataDir, clock: { now: () => noon } })
  const siteId = newSiteId()
  for (const after of [0, day, 2 * day]) await scene(history, siteId).says('Hello', noon + after)
  await history.close()
  const engine = openSqlite(`${dataDir}/history.db`, 'writer')
  await packLedger(ledgerRecords(engine))
  const { queries, bodies } = counting(engine)
  const shelf = new Shelf(queries)
  const first = dayOf(noon)
  const [part] = await shelf.read(first, first + 2)
  expect(bodies()).toBe(3)
  await shelf.read(first, first + 2)
  expect(bodies()).toBe(0)
  await engine.run('UPDATE ledger_parts SET stamp = stamp + 1 WHERE day = ?', [first + 1])
  await shelf.read(first, first + 2)
  expect(bodies()).toBe(1)
  const little = new Shelf(queries, 2.5 * (part?.sheet.bytes ?? 0))
  for (const expected of [3, 1, 1]) {
    await little.read(first, first + 2)
    expect(bodies()).toBe(expected)
  }
  await engine.close()
})
