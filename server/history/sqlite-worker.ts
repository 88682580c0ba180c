import { parentPort } from 'node:worker_threads'
import { HistoryUnavailable } from './history.ts'
import { migrate } from './migrate.ts'
import type { Batch } from './records/batch.ts'
import { Journal } from './records/journal.ts'
import { sqlRecords } from './records/records.ts'
import { openSqlite, type SqliteEngine } from './sqlite-engine.ts'
import type { Fault } from './sqlite-thread.ts'

/** A thread of the embedded store: answers the calls of `sqlite-thread.ts`. */

type Verbs = ReadonlyMap<string, (...args: unknown[]) => unknown>

const nouns = new Map<string, Verbs>()
let engine: SqliteEngine | null = null
let journal: Journal | null = null

async function open(file: string, role: 'writer' | 'reader'): Promise<{ epoch: string } | null> {
  engine = openSqlite(file, role)
  const own = new Journal(engine, setImmediate)
  const batches = { commit: (batch: Batch) => own.commit(batch), settle: () => own.settle() }
  const records = sqlRecords(engine, batches)
  for (const [noun, verbs] of Object.entries(records)) nouns.set(noun, new Map(Object.entries(verbs)))
  if (role === 'reader') return null
  journal = own
  const epoch = await migrate(engine)
  await journal.settle()
  return epoch
}

async function close(): Promise<void> {
  await journal?.settle()
  await engine?.close()
}

const thread: object = { open, close, checkpoint: () => engine?.checkpoint() }
nouns.set('thread', new Map(Object.entries(thread)))

async function answer(message: string): Promise<void> {
  const [call, noun, verb, args]: [number, string, string, unknown[]] = JSON.parse(message)
  try {
    const value = await nouns.get(noun)?.get(verb)?.(...args)
    parentPort?.postMessage(JSON.stringify([call, value]))
  } catch (error) {
    parentPort?.postMessage(JSON.stringify([call, null, faultOf(error)]))
  }
}

const faultOf = (error: unknown): Fault => ({
  message: error instanceof Error ? error.message : String(error),
  unavailable: error instanceof HistoryUnavailable,
})

parentPort?.on('message', answer)
