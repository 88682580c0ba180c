import { spawn } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { useTemporary } from '../support/temporary.ts'

const fresh = useTemporary()

interface Run {
  status: number | null
  lines: string[]
}

/** A whole run of the tests, in a process of its own. */
function run(env: NodeJS.ProcessEnv, ...files: string[]): Promise<Run> {
  const { VITEST: _, ...rest } = env
  const child = spawn(process.execPath, ['--import', 'tsx', 'tests/run.ts', ...files], { env: rest })
  let printed = ''
  child.stdout.on('data', (chunk) => {
    printed += String(chunk)
  })
  return new Promise((resolve) => {
    child.once('close', (status) => resolve({ status, lines: printed.trimEnd().split('\n') }))
  })
}

it('a run of the tests in which none passed has failed, and says so to whoever started it', async () => {
  const { TEST_DATABASE_URL: _, ...env } = process.env
  const { status, lines } = await run(env, 'of-this-name-there-is-none')
  expect([status, lines.at(-1)]).toEqual([1, '0 passed, 0 failed'])
}, 180_000)

const files = {
  'a-passes': "it('holds', () => undefined)",
  'b-fails': "it('is wrong', () => { throw new Error('no') })",
  'c-is-skipped': "it.skip('is not looked at', () => undefined)",
  'd-does-not-load': "import './nothing-of-this-name.mjs'\nit('never comes', () => undefined)",
  'e-fails-unheard': "it('passes', () => { Promise.reject(new Error('nobody heard')) })",
  'f-dies': "it('dies', () => process.kill(process.pid, 'SIGKILL'))",
  'g-dies-on-loading': "process.kill(process.pid, 'SIGKILL')\nit('never comes', () => undefined)",
  'h-passes': "it('holds after all', () => undefined)",
}

/** Several files in a process, as ours are. */
const settings = { globals: true, isolate: false, maxWorkers: 2, include: ['*.test.mjs'] }

it('a run counts whatever is not right, and ends with how much that is, whoever died of it', async () => {
  const root = fresh()
  const config = join(root, 'vitest.config.mjs')
  await mkdir(root)
  await writeFile(config, `export default ${JSON.stringify({ root, test: settings })}`)
  for (const [name, text] of Object.entries(files)) await writeFile(join(root, `${name}.test.mjs`), text)
  const { status, lines } = await run({ ...process.env, TEST_CONFIG: config })
  const reasons = lines.filter((line) => line.startsWith('failed'))
  expect([status, lines.at(-1)]).toEqual([1, `3 passed, ${reasons.length} failed`])
  for (const name of ['b-fails', 'c-is-skipped', 'd-does-not-load', 'f-dies', 'g-dies-on-loading'])
    expect(reasons.filter((reason) => reason.includes(`${name}.test.mjs`))).toHaveLength(1)
  expect(reasons).toContain('failed: unhandled nobody heard')
}, 180_000)
