import { open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Adapter } from 'lowdb'
import { parseDocument, type WorkspaceDocument } from './document.ts'

/**
 * A lowdb adapter whose file is at every moment either the old document or the new one, on disk:
 * lowdb's own never flushes, and takes a `null` or a foreign file for an empty one.
 */
export function durableFile(file: string): Adapter<WorkspaceDocument> {
  const temporary = `${file}.new`
  return {
    read: async () => {
      const text = await textOf(file)
      return text === null ? null : parseDocument(text, file)
    },
    write: async (document) => {
      try {
        await writeFlushed(temporary, `${JSON.stringify(document, null, 2)}\n`)
        await rename(temporary, file)
      } catch (error) {
        await rm(temporary, { force: true })
        throw error
      }
      // The new name itself is durable only once its directory is.
      await flush(dirname(file))
    },
  }
}

async function textOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

async function writeFlushed(file: string, text: string): Promise<void> {
  const handle = await open(file, 'w', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function flush(directory: string): Promise<void> {
  const handle = await open(directory, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
