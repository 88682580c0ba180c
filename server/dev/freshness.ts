import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

export const stampFile = 'dist/stamp'
const sources = ['shared', 'widget', 'server', 'agent-console', 'package-lock.json']

/** Whether no source has changed since the last whole build. */
export async function isFresh(): Promise<boolean> {
  const built = await stat(stampFile).catch(() => null)
  if (!built) return false
  const changes = await Promise.all(sources.map(newestChange))
  return Math.max(...changes) <= built.mtimeMs
}

async function newestChange(path: string): Promise<number> {
  const found = await stat(path)
  if (!found.isDirectory()) return found.mtimeMs
  const inside = await readdir(path)
  const changes = await Promise.all(inside.map((name) => newestChange(join(path, name))))
  // The folder's own time counts too: it changes when a file is removed.
  return Math.max(found.mtimeMs, ...changes)
}
