import { afterAll, beforeAll, describe } from 'vitest'
import { history, hold, type OpenedHistory } from './history-contract/held.ts'

/**
 * What every engine must do; one engine a test file. `open` gives an empty store; all tests share it,
 * each on a site of its own.
 */
export function describeHistory(name: string, open: () => Promise<OpenedHistory>): void {
  describe(name, async () => {
    beforeAll(async () => hold(await open()))
    afterAll(() => history().close())
    await import('./history-contract/agent-states.ts')
    await import('./history-contract/appending.ts')
    await import('./history-contract/conversations.ts')
    await import('./history-contract/exposures.ts')
    await import('./history-contract/facts.ts')
    await import('./history-contract/files.ts')
    await import('./history-contract/follow-ups.ts')
    await import('./history-contract/erasing.ts')
    await import('./history-contract/jobs.ts')
    await import('./history-contract/journeys.ts')
    await import('./history-contract/lists.ts')
    await import('./history-contract/past.ts')
    await import('./history-contract/people.ts')
    await import('./history-contract/reports.ts')
    await import('./history-contract/properties.ts')
  })
}
