import { parentPort } from 'node:worker_threads'
import { allFigures } from './all-figures.ts'
import type { Engine } from './engine.ts'
import { HistoryLost, HistoryUnavailable } from './history.ts'
import { journeyRecords } from './journeys/keep.ts'
import { ledgerRecords } from './ledger/keep.ts'
import { migrate } from './migrate.ts'
import { openPostgres } from './postgres.ts'
import { exposureRecords } from './records/exposures.ts'
import { sqlRecords } from './records/records.ts'
import { settling } from './records/settling.ts'
import { openSqlite } from './sqlite-engine.ts'
import type { Fault, Question } from './store-thread.ts'

/** A thread of the store: answers the calls of `store-thread.ts`. */

type Verbs = ReadonlyMap<string, (...args: unknown[]) => unknown>

const nouns = new Map<string, Verbs>()
let opened: Engine | null = null

/** The embedded store. */
async function open(file: string, role: 'writer' | 'reader'): Promise<{ epoch: string } | null> {
  const engine = openSqlite(file, role)
  opened = engine
  const { checkpoint, rewrite, emptyLog } = engine
  serve('thread', { ...thread, checkpoint, rewrite, emptyLog })
  for (const [noun, verbs] of Object.entries(sqlRecords(engine))) serve(noun, verbs)
  if (role === 'reader') return null
  serve('tables', { ...engine, ...settling(engine) })
  return migrate(engine)
}

/** At most so many reports read at a time, of the connections that all nodes share. */
const connections = 2

/** Of a PostgreSQL only reports are made here: the rest of the work is the database’s. */
function connect(url: string): void {
  // Whoever opened the store is told of what breaks by connections of their own.
  opened = openPostgres(url, { onBroken: () => undefined, connections })
  serve('figures', allFigures(opened))
  serve('ledger', ledgerRecords(opened))
  serve('journeys', journeyRecords(opened))
  serve('exposures', exposureRecords(opened))
}

function serve(noun: string, verbs: object): void {
  nouns.set(noun, new Map(Object.entries(verbs)))
}

const close = async (): Promise<void> => opened?.close()

const thread = { open, connect, close }
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
