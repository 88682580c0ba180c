import { access, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Config, readConfig } from '../config.ts'
import { lockDirectory } from '../history/directory-lock.ts'
import { removeLeftovers, scratchPrefix } from '../leftovers.ts'
import { CommandFailed, type Desk } from './command.ts'

/** The settings of the environment, or a failure that names all their faults. */
export function configOf(desk: Desk): Config {
  const { config, faults } = readConfig(desk.env)
  if (faults.length > 0) throw new CommandFailed(`The settings cannot be used: ${faults.join('; ')}.`)
  return config
}

/** Holds the data directory, made if missing, while the work lasts. */
export async function alone<T>({ dataDir }: Config, work: () => Promise<T>): Promise<T> {
  const lock = lockDirectory(dataDir)
  try {
    return await work()
  } finally {
    lock.release()
  }
}

/** A directory that is gone again when the work is done, on the same disk as `beside`. */
export async function withScratch<T>(beside: string, work: (scratch: string) => Promise<T>): Promise<T> {
  await mkdir(beside, { recursive: true, mode: 0o700 })
  await removeLeftovers(beside)
  const scratch = await mkdtemp(join(beside, scratchPrefix))
  try {
    return await work(scratch)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

export async function exists(path: string): Promise<boolean> {
  try {
    await access(path)
    return true
  } catch {
    return false
  }
}
