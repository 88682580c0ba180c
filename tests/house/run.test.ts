import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'

it('a run of the tests in which none passed has failed, and says so to whoever started it', () => {
  const { VITEST: _, TEST_DATABASE_URL: __, ...env } = process.env
  const run = spawnSync(process.execPath, ['--import', 'tsx', 'tests/run.ts', 'of-this-name-there-is-none'], {
    env,
    encoding: 'utf8',
  })
  expect(run.stdout).toContain('0 passed, 0 failed')
  expect(run.status).toBe(1)
}, 60_000)
