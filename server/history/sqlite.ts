import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Batch, Outcome } from './records/batch.ts'
import type { Batches, Records } from './records/records.ts'
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
  'visitors.ensure',
  'visitors.update',
  'sessions.create',
  'sessions.end',
  'sessions.endAllOf',
  'engine.ping',
])
/** What is read of these may still stand in the writer's journal. */
const settledFirst = new Set(['conversations', 'reports'])

type Verbs = Record<string, (...args: unknown[]) => Promise<unknown>>

function remoteRecords(writer: Thread, reader: Thread): Records {
  const journal = new RemoteJournal(writer, reader)
  const call = async (noun: string, verb: string, args: unknown[]): Promise<unknown> => {
    if (writes.has(`${noun}.${verb}`)) return writer.call(noun, verb, args)
    if (settledFirst.has(noun)) await journal.settle()
    return reader.call(noun, verb, args)
  }
  const verbs = (noun: string): Verbs =>
    new Proxy<Verbs>(
      {},
      {
        get:
          (_, verb) =>
          (...args: unknown[]) =>
            call(noun, String(verb), args),
      },
    )
  const nouns: unknown = new Proxy(
    {},
    { get: (_, noun) => (noun === 'batches' ? journal : verbs(String(noun))) },
  )
  return nouns as Records
}

/** Appends between two checkpoints: few enough that each is short. */
const checkpointEvery = 4_096

/** Commits go to the writer's journal. Who reads asks it first to settle, if there was a commit meanwhile. */
class RemoteJournal implements Batches {
  private behind = false
  private settling: Promise<void> = Promise.resolve()
  private sinceCheckpoint = 0

  constructor(
    private readonly writer: Thread,
    private readonly reader: Thread,
  ) {}

  async commit(batch: Batch): Promise<Outcome> {
    this.behind = true
    const outcome = await this.writer.call<Outcome>('batches', 'commit', [batch])
    this.sinceCheckpoint += batch.appends.length
    if (this.sinceCheckpoint >= checkpointEvery) this.checkpoint()
    return outcome
  }

  settle(): Promise<void> {
    if (this.behind) {
      this.behind = false
      this.settling = this.writer.call<void>('batches', 'settle', [])
      this.settling.catch(() => {
        this.behind = true
      })
    }
    return this.settling
  }

  /** By the reader, so that no commit waits for it. Should it fail, the writer makes one by itself in the end. */
  private checkpoint(): void {
    this.sinceCheckpoint = 0
    this.reader.call('thread', 'checkpoint', []).catch(() => undefined)
  }
}
