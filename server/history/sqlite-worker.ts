import { parentPort } from 'node:worker_threads'
import type { Engine } from './engine.ts'
import { HistoryUnavailable } from './history.ts'
import { migrate } from './migrate.ts'
import { headCache } from './records/head-cache.ts'
import { sqlRecords } from './records/records.ts'
import { openSqlite } from './sqlite-engine.ts'
import type { Fault } from './sqlite-thread.ts'

/** A thread of the embedded store: answers the calls of `sqlite-thread.ts`. */

const rememberedHeads = 20_000

type Verbs = ReadonlyMap<string, (...args: unknown[]) => unknown>

const nouns = new Map<string, Verbs>()
let engine: Engine | null = null

async function open(file: string, role: 'writer' | 'reader'): Promise<{ epoch: string } | null> {
  engine = openSqlite(file, role)
  const records = sqlRecords(engine, headCache(rememberedHeads))
  for (const [noun, verbs] of Object.entries(records)) nouns.set(noun, new Map(Object.entries(verbs)))
  return role === 'writer' ? migrate(engine) : null
}

const thread: object = { open, close: () => engine?.close() }
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
