import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { openHistory } from '../../../server/history/open.ts'
import { noon } from '../../support/history-cast.ts'
import { describeHistory } from '../../support/history-contract.ts'
import { startPostgres } from '../../support/postgres.ts'

const postgres = await startPostgres()
const dataDir = await mkdtemp(join(tmpdir(), 'ahlan-history-'))
afterAll(async () => {
  await postgres.stop()
  await rm(dataDir, { recursive: true })
})

describeHistory('PostgreSQL', async () => {
  let now = noon
  const databaseUrl = await postgres.freshUrl()
  const history = await openHistory({ dataDir, databaseUrl, clock: { now: () => now } })
  return {
    history,
    setTime: (time) => {
      now = time
    },
  }
})
