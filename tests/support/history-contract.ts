import { afterAll, beforeAll, describe } from 'vitest'
import type { History } from '../../server/history/history.ts'
import { describeAppending } from './history-contract/appending.ts'
import { describeConversations } from './history-contract/conversations.ts'
import { describeLists } from './history-contract/lists.ts'
import { describePeople } from './history-contract/people.ts'
import { describeProperties } from './history-contract/properties.ts'
import { describeReports } from './history-contract/reports.ts'

export interface OpenedHistory {
  history: History
  /** Moves the clock that reports measure open turns by. */
  setTime(now: number): void
}

/** What every engine must do. `open` gives an empty store; all tests share it, each on a site of its own. */
export function describeHistory(name: string, open: () => Promise<OpenedHistory>): void {
  describe(name, () => {
    let opened: OpenedHistory | null = null
    const current = (): OpenedHistory => {
      if (!opened) throw new Error('The store is not open yet.')
      return opened
    }
    beforeAll(async () => {
      opened = await open()
    })
    afterAll(() => opened?.history.close())

    describeAppending(() => current().history)
    describeConversations(() => current().history)
    describeLists(() => current().history)
    describePeople(() => current().history)
    describeReports(current)
    describeProperties(() => current().history)
  })
}
