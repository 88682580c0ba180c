import { expect, it } from 'vitest'
import type { LookUps } from '../../../server/history/engine.ts'
import { erasureHistory } from '../../../server/history/erasures.ts'
import { dayOf } from '../../../server/history/ledger/part.ts'
import { figures } from '../../../server/history/ledger/reports.ts'
import { Shelf } from '../../../server/history/ledger/shelf.ts'
import { openHistory } from '../../../server/history/open.ts'
import { FollowUps } from '../../../server/history/records/follow-ups.ts'
import { openSqliteStore } from '../../../server/history/sqlite.ts'
import { openSqlite } from '../../../server/history/sqlite-engine.ts'
import type { ConversationFacts } from '../../../shared/conversation/facts.ts'
import { day } from '../../../shared/limits.ts'
import { hour, noon, scene, taken } from '../../support/history-cast.ts'
import { packAll } from '../../support/packing.ts'
import { question } from '../../support/question.ts'
import { useTemporary } from '../../support/temporary.ts'

const directory = useTemporary()
const first = dayOf(noon)

const shopping: ConversationFacts = {
  ...{ segments: ['Buyers'], page: 'https://shop.example/prices', language: 'en' },
  ...{ device: 'phone', proactive: false },
}

/** Two visitors on days of their own, packed, of whom one is erased by `erase`. */
async function twoDays() {
  const dataDir = directory()
  const history = await openHistory({ dataDir, clock: { now: () => noon } })
  const [stays, goes] = [scene(history), scene(history)]
  for (const [index, { begins, closes }] of [stays, goes].entries()) {
    const at = noon + index * 3 * day
    const { conversation } = taken(await begins('Hello', shopping, at))
    await closes(conversation.id, at + hour)
  }
  await history.conversations.count()
  await packAll(history.reports)
  const engine = openSqlite(`${dataDir}/history.db`, 'reader')
  const erase = (): Promise<unknown> => history.erasures.erase(goes.visitorId, noon + 9 * day)
  const withdraw = (): Promise<void> => history.visits.withdraw(goes.visitorId)
  const close = async (): Promise<void> => {
    await engine.close()
    await history.close()
  }
  return { dataDir, history, engine, erase, withdraw, close }
}

it('M119 of who is erased nothing stays in the memory of reports, whether or not one is asked for again', async () => {
  const { engine, erase, close } = await twoDays()
  const reports = figures(engine)
  const asked = question(noon - day, noon + 9 * day)
  const empty = await reports.forget()
  await reports.responseTimes(asked)
  await reports.agents(asked)
  const full = await reports.forget()
  expect([empty, full > 0]).toEqual([0, true])
  await erase()
  const left = await reports.forget()
  // As much as who knows of the other alone.
  const anew = figures(engine)
  await anew.responseTimes(asked)
  await anew.agents(asked)
  expect([left < full, left]).toEqual([true, await anew.forget()])
  expect((await reports.responseTimes(asked)).measures.response.n).toBe(1)
  await close()
})

it('M119 of who withdraws nothing stays of their pages once a round of packing has ended', async () => {
  const { history, engine, withdraw, close } = await twoDays()
  const reports = figures(engine)
  const asked = question(noon - day, noon + 9 * day)
  await reports.responseTimes(asked)
  await reports.agents(asked)
  const full = await reports.forget()
  await withdraw()
  // The part is not packed anew yet: so long it is in the store as well.
  expect(await reports.forget()).toBe(full)
  await packAll(history.reports)
  const left = await reports.forget()
  expect([left > 0, left < full * 0.6]).toEqual([true, true])
  const pages = async () => (await reports.responseTimes(asked)).by.page.map(({ key, n }) => [key, n])
  expect(await pages()).toEqual([
    [null, 1],
    ['/prices', 1],
  ])
  await close()
})

it('M119 what is being read while somebody is erased is not kept', async () => {
  const { engine, erase, close } = await twoDays()
  const lookUp: LookUps['lookUp'] = async (wanted) => {
    const rows = await engine.lookUp<never>(wanted)
    await erase()
    await slow.refresh()
    return rows
  }
  const slow: Shelf = new Shelf({ ...engine, lookUp })
  expect(await slow.read(first, first + 4)).toHaveLength(2)
  expect(slow.bytes).toBe(0)
  await close()
})

it('M119 an erasure deletes first, and is over once reports have forgotten', async () => {
  const { dataDir, history, engine } = await twoDays()
  const [goes] = await engine.all<{ visitor_id: never }>('SELECT visitor_id FROM conversations LIMIT 1')
  await engine.close()
  await history.close()
  const store = await openSqliteStore(dataDir, new FollowUps(), {})
  const order: string[] = []
  const forget = async (): Promise<void> => {
    await store.forget()
    order.push('forgotten')
  }
  const erasures = erasureHistory({ ...store, forget }, dataDir)
  if (goes) await erasures.erase(goes.visitor_id, noon)
  order.push('deleted')
  await erasures.sweep()
  order.push('swept')
  expect(order).toEqual(['deleted', 'forgotten', 'swept'])
  await store.close()
})
