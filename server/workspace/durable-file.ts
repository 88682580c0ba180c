import { open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Adapter } from 'lowdb'
import { flush } from '../flush.ts'
import { parseDocument, type WorkspaceDocument, WorkspaceUnreadable } from './document.ts'

/** As it stands on disk: for people too. */
export const documentText = (document: WorkspaceDocument): string => `${JSON.stringify(document, null, 2)}\n`

export interface DocumentFile extends Adapter<WorkspaceDocument> {
  /**
   * What somebody else has put there since it was last read or written here, or null. Throws
   * `WorkspaceUnreadable` when that is not a document of ours.
   */
  edited(): Promise<WorkspaceDocument | null>
}

export class EditedMeanwhile extends Error {
  override name = 'EditedMeanwhile'
}

/**
 * A lowdb adapter whose file is at every moment either the old document or the new one, on disk:
 * lowdb's own never flushes, and takes a `null` or a foreign file for an empty one. What stands in the
 * file and was not read from it is never overwritten: it may be edited by hand at any time.
 */
export function durableFile(file: string): DocumentFile {
  const temporary = `${file}.new`
  /** What stands there as far as is known here; undefined before it was read. */
  let known: string | null | undefined
  const editedText = async (): Promise<string | null> => {
    const text = await textOf(file)
    return known === undefined || text === known ? null : text
  }
  return {
    read: async () => {
      known = await textOf(file)
      return known === null ? null : parseDocument(known, file)
    },
    edited: async () => {
      const text = await editedText()
      if (text === null) return null
      const document = parseDocument(text, file)
      known = text
      return document
    },
    write: async (document) => {
      const text = documentText(document)
      try {
        await writeFlushed(temporary, text)
        if ((await editedText()) !== null) throw new EditedMeanwhile(`${file} is being edited by hand.`)
        await rename(temporary, file)
        known = text
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
