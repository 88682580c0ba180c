import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { openHistory } from '../../../server/history/open.ts'
import { noon } from '../../support/history-cast.ts'
import { describeHistory } from '../../support/history-contract.ts'

const dataDir = await mkdtemp(join(tmpdir(), 'ahlan-history-'))
afterAll(() => rm(dataDir, { recursive: true }))

describeHistory('SQLite', async () => {
  let now = noon
  const history = await openHistory({ dataDir, clock: { now: () => now } })
  return {
    history,
    setTime: (time) => {
      now = time
    },
  }
})
