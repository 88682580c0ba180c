import { open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Adapter } from 'lowdb'
import { parseDocument, type WorkspaceDocument, WorkspaceUnreadable } from './document.ts'

/** As it stands on disk: for people too. */
export const documentText = (document: WorkspaceDocument): string => `${JSON.stringify(document, null, 2)}\n`

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
        await writeFlushed(temporary, documentText(document))
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
    // A letter in another encoding would be read as U+FFFD, and lost with the next change.
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw new WorkspaceUnreadable(
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    )
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
