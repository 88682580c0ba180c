import { join } from 'node:path'
import * as v from 'valibot'
import { bytesOf, putBytes } from '../files/carrying.ts'
import { diskFiles } from '../files/disk-files.ts'
import type { FileStore } from '../files/files.ts'
import type { Queries } from '../history/engine.ts'
import type { FileCarrier } from '../history/transfer/backup-contents.ts'
import { fileHashes } from '../history/transfer/files.ts'
import { CommandFailed } from './command.ts'
import { readLines } from './export-lines.ts'

/** The files in a data directory, and beside the lines of an export. */
export const filesIn = (directory: string): FileStore => diskFiles(join(directory, 'files'))

export const carrierOf = (store: FileStore): FileCarrier => ({
  read: (sha256) => bytesOf(store, sha256),
  write: (sha256, bytes) => putBytes(store, sha256, bytes),
})

/** Copies every file the history speaks of. */
export async function exportFiles(queries: Queries, from: FileStore, to: FileStore): Promise<void> {
  for await (const hashes of fileHashes(queries))
    for (const hash of hashes)
      if (!(await copied(hash, from, to)))
        throw new CommandFailed(
          'A file was removed while it was exported. Empty the directory and try again.',
        )
}

const Line = v.looseObject({ sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)) })

/** Copies the files of an export to where they are served from, and compares each with its hash. */
export async function importFiles(directory: string, to: FileStore): Promise<void> {
  const from = filesIn(directory)
  for await (const lines of readLines(directory, 'files'))
    for (const line of lines) {
      const { sha256 } = v.parse(Line, JSON.parse(line))
      if (!(await copied(sha256, from, to)))
        throw new CommandFailed(
          `The file ${sha256} is missing or damaged in ${directory}. Nothing was imported.`,
        )
    }
}

async function copied(hash: string, from: FileStore, to: FileStore): Promise<boolean> {
  const bytes = await bytesOf(from, hash)
  return bytes !== null && putBytes(to, hash, bytes)
}
