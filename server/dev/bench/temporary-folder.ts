import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const held = new Set<string>()

/** A folder that is gone at the latest with this process, however a measurement ends. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ahlan-bench-'))
  held.add(folder)
  return folder
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  held.delete(folder)
}

process.once('exit', () => held.forEach(removeFolder))
// Without a listener a signal ends the process with no `exit` before it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
