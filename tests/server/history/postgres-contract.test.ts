import { afterAll } from 'vitest'
import { openHistory } from '../../../server/history/open.ts'
import { noon } from '../../support/history-cast.ts'
import { describeHistory } from '../../support/history-contract.ts'
import { startPostgres } from '../../support/postgres.ts'

const postgres = await startPostgres()
afterAll(() => postgres.stop())

describeHistory('PostgreSQL', async () => {
  let now = noon
  const databaseUrl = await postgres.freshUrl()
  const history = await openHistory({ dataDir: '', databaseUrl, clock: { now: () => now } })
  return {
    history,
    setTime: (time) => {
      now = time
    },
  }
})
