import { open } from 'node:fs/promises'

/** What stands there is on disk when it resolves. Of a directory: the names in it. */
export async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
