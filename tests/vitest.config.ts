import { defineConfig } from 'vitest/config'

const jsx = { jsx: 'automatic', jsxImportSource: 'preact' } as const

/**
 * `fast`: everything in one process. `faults`: the built server as a process that is cut off, frozen and
 * killed. `browser`: real Chromium and the built bundles, one file at a time.
 */
export default defineConfig({
  esbuild: jsx,
  test: {
    root: '.',
    projects: [
      {
        esbuild: jsx,
        test: {
          name: 'fast',
          include: ['tests/{shared,server,widget,agent-console,protocol,house}/**/*.test.{ts,tsx}'],
          environment: 'node',
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        esbuild: jsx,
        test: {
          name: 'faults',
          include: ['tests/faults/**/*.test.ts'],
          globalSetup: ['tests/support/breakable-build.ts'],
          environment: 'node',
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        esbuild: jsx,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          environment: 'node',
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
