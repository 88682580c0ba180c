import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { builtThread } from './support/built-thread.ts'

/** Most files wait for something now and then: one at a time would leave a small machine idle. */
const sideBySide = { fileParallelism: true, maxWorkers: Math.max(2, availableParallelism() - 1) }

const thread = 'tests/support/built-thread.ts'

const jsx = { jsx: 'automatic', jsxImportSource: 'preact' } as const

/**
 * `fast`: everything in one process. `faults`: the built server as a process that is cut off, frozen and
 * killed. `browser`: real Chromium and the built bundles.
 */
export default defineConfig({
  esbuild: jsx,
  test: {
    root: '.',
    projects: [
      {
        esbuild: jsx,
        plugins: [builtThread],
        test: {
          name: 'fast',
          include: ['tests/{shared,server,widget,agent-console,protocol,house}/**/*.test.{ts,tsx}'],
          globalSetup: [thread],
          environment: 'node',
          ...sideBySide,
          sequence: { groupOrder: 0 },
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        esbuild: jsx,
        plugins: [builtThread],
        test: {
          name: 'faults',
          include: ['tests/faults/**/*.test.ts'],
          globalSetup: [thread, 'tests/support/breakable-build.ts'],
          environment: 'node',
          ...sideBySide,
          sequence: { groupOrder: 1 },
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        esbuild: jsx,
        plugins: [builtThread],
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          globalSetup: [thread],
          environment: 'node',
          ...sideBySide,
          sequence: { groupOrder: 2 },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
