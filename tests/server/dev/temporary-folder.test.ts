import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { expect, it } from 'vitest'

const module = new URL('../../../server/dev/bench/temporary-folder.ts', import.meta.url).href

/** A measurement that holds a folder and does not end by itself. */
const measuring = `import('${module}').then(({ makeFolder }) => {
  console.log(makeFolder())
  setInterval(() => undefined, 1_000)
})`

it('a measurement that is interrupted leaves no folder behind', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', '--eval', measuring])
  const ended = once(child, 'exit')
  const [folder] = await once(createInterface({ input: child.stdout }), 'line')
  expect(existsSync(folder)).toBe(true)
  child.kill('SIGTERM')
  await ended
  expect(existsSync(folder)).toBe(false)
})
