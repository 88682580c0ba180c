import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Records } from './records/records.ts'
import { startThread, type Thread } from './sqlite-thread.ts'

/** The records of an opened store, wherever they run. */
export interface Store {
  records: Records
  epoch: string
  close(): Promise<void>
}

/** The embedded store: one thread writes, one reads, so that neither a flush nor a report holds up the server. */
export async function openSqliteStore(dataDir: string): Promise<Store> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const file = join(dataDir, 'history.db')
  const writer = startThread()
  const reader = startThread()
  const stop = async () => {
    await Promise.all([writer.stop(), reader.stop()])
  }
  try {
    const { epoch } = await writer.call<{ epoch: string }>('thread', 'open', [file, 'writer'])
    await reader.call('thread', 'open', [file, 'reader'])
    return { records: remoteRecords(writer, reader), epoch, close: () => close(writer, reader) }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The reader closes first, so that the writer, last to leave, folds the write-ahead log back in. */
async function close(writer: Thread, reader: Thread): Promise<void> {
  try {
    await reader.call('thread', 'close', [])
    await writer.call('thread', 'close', [])
  } finally {
    await Promise.all([writer.stop(), reader.stop()])
  }
}

const writes = new Set([
  'batches.commit',
  'visitors.ensure',
  'visitors.update',
  'sessions.create',
  'sessions.end',
  'sessions.endAllOf',
  'engine.ping',
])

type Verbs = Record<string, (...args: unknown[]) => Promise<unknown>>

function remoteRecords(writer: Thread, reader: Thread): Records {
  const verbs = (noun: string): Verbs =>
    new Proxy<Verbs>(
      {},
      {
        get:
          (_, verb) =>
          (...args: unknown[]) =>
            (writes.has(`${noun}.${String(verb)}`) ? writer : reader).call(noun, String(verb), args),
      },
    )
  const nouns: unknown = new Proxy({}, { get: (_, noun) => verbs(String(noun)) })
  return nouns as Records
}
