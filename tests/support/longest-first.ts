import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Projects whose files take long before those whose files do not. */
const order = ['browser', 'faults', 'fast', 'screens']

/** Ends with many short files, so that none is waited for alone in the end. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const byLength = await super.sort(files)
    return byLength.sort((a, b) => order.indexOf(a.project.name) - order.indexOf(b.project.name))
  }
}
