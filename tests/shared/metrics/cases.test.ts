import fc from 'fast-check'
import { expect, it } from 'vitest'
import { disagreements } from '../../support/figures-opened.ts'
import { anyReport, askingOf, factsOf, openedOf, toldOf } from './any-report.ts'

it('M110 every figure of a report opens a list from which it can be worked out again, whatever happened', async () => {
  await fc.assert(
    fc.asyncProperty(anyReport, async (report) => {
      const facts = factsOf(report.records)
      const asking = askingOf(report)
      const faults = await disagreements(toldOf(facts, asking), report.clock, async (wanted) =>
        openedOf(facts, asking, wanted),
      )
      expect(faults).toEqual([])
    }),
    { seed: 110, numRuns: 50 },
  )
})
