import { lstat, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { day } from '../shared/limits.ts'
import { systemClock } from './system.ts'

/** Begins the name of a directory in which a command works. */
export const scratchPrefix = '.ahlan-'
/** As `mkdtemp` ends it. */
const scratchName = /^\.ahlan-[A-Za-z0-9]{6}$/

/** Removes what commands that were killed have left here: they hold copies of what people wrote. */
export async function removeLeftovers(directory: string, now = systemClock.now()): Promise<void> {
  for (const name of await readdir(directory))
    if (scratchName.test(name) && (await isLeft(join(directory, name), now)))
      await rm(join(directory, name), { recursive: true, force: true })
}

/** A directory of this user's in which nothing has happened for a day: whoever works there is not working any more. */
async function isLeft(directory: string, now: number): Promise<boolean> {
  try {
    const found = await lstat(directory)
    if (!found.isDirectory() || found.uid !== process.getuid?.()) return false
    const names = await readdir(directory)
    const inside = await Promise.all(names.map((name) => lstat(join(directory, name))))
    return [found, ...inside].every(({ mtimeMs }) => now - mtimeMs > day)
  } catch {
    // Gone while we looked: its command has just ended.
    return false
  }
}
