import { mkdir, open, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import * as v from 'valibot'
import { flush } from '../flush.ts'
import type { Mark } from './records/marks.ts'

const Line = v.object({ mark: v.string(), at: v.number() })

/**
 * Who was erased, beside the store and apart from it: what is put back from an older copy knows nothing of them.
 * A line is here before anything is deleted, so that what was begun is finished.
 */
export interface ErasedFile {
  read(): Promise<Mark[]>
  /** On the disk when it resolves. */
  add(marks: readonly Mark[]): Promise<void>
}

export function erasedFile(dataDir: string): ErasedFile {
  const file = join(dataDir, 'erased.jsonl')
  let last: Promise<unknown> = Promise.resolve()
  return {
    read: async () => (await lines(file)).flatMap(markIn),
    add(marks) {
      const added = last.then(() => append(file, marks))
      last = added.catch(() => undefined)
      return added
    },
  }
}

async function lines(file: string): Promise<string[]> {
  try {
    return (await readFile(file, 'utf8')).split('\n')
  } catch (fault) {
    if (isMissing(fault)) return []
    throw fault
  }
}

const isMissing = (fault: unknown): boolean =>
  fault instanceof Error && 'code' in fault && fault.code === 'ENOENT'

/** A line that a crash has cut off was not acted upon yet. */
function markIn(line: string): Mark[] {
  try {
    return [v.parse(Line, JSON.parse(line))]
  } catch {
    return []
  }
}

async function append(file: string, marks: readonly Mark[]): Promise<void> {
  if (marks.length === 0) return
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const handle = await open(file, 'a', 0o600)
  try {
    // Begins with a line feed, so that a line cut off before it spoils no other.
    await handle.write(marks.map(({ mark, at }) => `\n${JSON.stringify({ mark, at })}`).join(''))
    await handle.sync()
  } finally {
    await handle.close()
  }
  await flush(dirname(file))
}
