import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import type { ExposureRecord } from '../../../server/history/exposures.ts'
import { openHistory } from '../../../server/history/open.ts'
import { exposureRecords } from '../../../server/history/records/exposures.ts'
import { openSqlite } from '../../../server/history/sqlite-engine.ts'
import { makeId } from '../../../shared/ids.ts'
import { newSiteId, newVisitorId, noon } from '../../support/history-cast.ts'
import { useTemporary } from '../../support/temporary.ts'

const directory = useTemporary()
const ruleId = makeId('r', noon, randomBytes(10))
const all = Array.from(
  { length: 2_500 },
  (_, n): ExposureRecord => ({
    ...{ id: makeId('i', noon + n, randomBytes(10)), siteId: newSiteId(), visitorId: newVisitorId() },
    ...{ visitId: makeId('t', noon, randomBytes(10)), at: noon + n, by: 'rule', ruleId, goal: null },
    ...{ heldOut: false, silent: false, variant: null, segments: ['somebody'] },
  }),
)
const period = { from: noon, to: noon + all.length, ruleId, segment: 'nobody' }
const part = { limit: 50, now: noon }

async function opened() {
  const dataDir = directory()
  const history = await openHistory({ dataDir, clock: { now: () => noon } })
  await history.exposures.store({ exposures: all, aftermaths: [] })
  return { dataDir, history }
}

it('M127 whom a figure counts is looked for in one way through the period, be they few or none', async () => {
  const { dataDir, history } = await opened()
  const engine = openSqlite(`${dataDir}/history.db`, 'reader')
  let asked = 0
  const counting: typeof engine.all = (sql, params) => {
    asked++
    return engine.all(sql, params)
  }
  const { invited } = exposureRecords({ ...engine, all: counting })
  const found = await invited(period, { figure: 'shown' }, part)
  expect([found, asked]).toEqual([{ items: [], nextCursor: null }, 1])
  await engine.close()
  await history.close()
})

it('M127 nobody who comes waits for the reports of messages', async () => {
  const { history } = await opened()
  const answered: string[] = []
  const told = (name: string) => () => void answered.push(name)
  const { exposures, visitors } = history
  await Promise.all([
    exposures.tallies(period, noon).then(told('report')),
    exposures.invited(period, { figure: 'shown' }, part).then(told('list')),
    visitors.findByToken(newSiteId(), 'nobody').then(told('visitor')),
  ])
  expect(answered[0]).toBe('visitor')
  await history.close()
})
