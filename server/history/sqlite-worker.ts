import { parentPort } from 'node:worker_threads'
import { HistoryLost, HistoryUnavailable } from './history.ts'
import { migrate } from './migrate.ts'
import { sqlRecords } from './records/records.ts'
import { settling } from './records/settling.ts'
import { openSqlite, type SqliteEngine } from './sqlite-engine.ts'
import type { Fault, Question } from './sqlite-thread.ts'

/** A thread of the embedded store: answers the calls of `sqlite-thread.ts`. */

type Verbs = ReadonlyMap<string, (...args: unknown[]) => unknown>

const nouns = new Map<string, Verbs>()
let engine: SqliteEngine | null = null

async function open(file: string, role: 'writer' | 'reader'): Promise<{ epoch: string } | null> {
  engine = openSqlite(file, role)
  for (const [noun, verbs] of Object.entries(sqlRecords(engine))) serve(noun, verbs)
  if (role === 'reader') return null
  serve('tables', { ...engine, ...settling(engine) })
  return migrate(engine)
}

function serve(noun: string, verbs: object): void {
  nouns.set(noun, new Map(Object.entries(verbs)))
}

async function close(): Promise<void> {
  await engine?.close()
}

const thread: object = {
  open,
  close,
  checkpoint: () => engine?.checkpoint(),
  rewrite: () => engine?.rewrite(),
  emptyLog: () => engine?.emptyLog(),
}
serve('thread', thread)

async function answer(question: Question): Promise<void> {
  const [json, ...text] = typeof question === 'string' ? [question] : question
  const [call, noun, verb, args]: [number, string, string, unknown[]] = JSON.parse(json)
  try {
    const value = await nouns.get(noun)?.get(verb)?.(...args, ...text)
    parentPort?.postMessage(JSON.stringify([call, value]))
  } catch (error) {
    parentPort?.postMessage(JSON.stringify([call, null, faultOf(error)]))
  }
}

const faultOf = (error: unknown): Fault => ({
  message: error instanceof Error ? error.message : String(error),
  kind: error instanceof HistoryLost ? 'lost' : error instanceof HistoryUnavailable ? 'unavailable' : 'other',
})

parentPort?.on('message', answer)
