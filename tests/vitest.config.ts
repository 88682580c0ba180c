import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { builtThread } from './support/built-thread.ts'
import { LongestFirst } from './support/longest-first.ts'

const thread = 'tests/support/built-thread.ts'

/**
 * Most files wait for something now and then, so one more than there are processors. What is polled for has as long
 * as a busy machine needs: a promise of so many seconds is measured by a stopwatch.
 */
const sideBySide = {
  fileParallelism: true,
  maxWorkers: availableParallelism() + 1,
  expect: { poll: { timeout: 10_000 } },
}

/** To load the whole server or a browser's driver takes longer than most files: a process does it once. */
const oneProcess = { environment: 'node', isolate: false, ...sideBySide } as const

/** For files that put something of their own in place of what a page has, the whole page included. */
const processOfItsOwn = { environment: 'node', ...sideBySide } as const

const common = {
  esbuild: { jsx: 'automatic' as const, jsxImportSource: 'preact' },
  plugins: [builtThread],
}

/**
 * `fast`: everything in one process. `screens`: the widget and the console without a browser. `faults`: the built
 * server as a process that is cut off, frozen and killed. `browser`: real Chromium and the built bundles.
 */
export default defineConfig({
  ...common,
  test: {
    root: '.',
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        ...common,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          globalSetup: [thread],
          ...oneProcess,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...common,
        test: {
          name: 'faults',
          include: ['tests/faults/**/*.test.ts'],
          globalSetup: [thread, 'tests/support/breakable-build.ts'],
          ...oneProcess,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        ...common,
        test: {
          name: 'fast',
          include: ['tests/{shared,server,protocol,house}/**/*.test.ts'],
          globalSetup: [thread],
          ...oneProcess,
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...common,
        test: {
          name: 'screens',
          include: ['tests/{widget,agent-console}/**/*.test.{ts,tsx}'],
          globalSetup: [thread],
          ...processOfItsOwn,
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
