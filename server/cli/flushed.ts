import { constants, copyFile, link, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { flush } from '../flush.ts'

/** Gives a finished file its name, unless something has that name; on disk when it resolves. */
export async function nameFlushed(made: string, file: string): Promise<void> {
  await flush(made)
  try {
    await link(made, file)
  } catch (fault) {
    // Some file systems know no second name for a file.
    if (!isUnable(fault)) throw fault
    await copyFile(made, file, constants.COPYFILE_EXCL)
    await flush(file)
  }
  await rm(made)
  await flush(dirname(file))
}

const unable = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV', 'EMLINK'])

const isUnable = (fault: unknown): boolean =>
  fault instanceof Error && 'code' in fault && unable.has(String(fault.code))
