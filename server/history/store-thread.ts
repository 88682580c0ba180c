import { Worker } from 'node:worker_threads'
import { HistoryLost, HistoryUnavailable } from './history.ts'

/**
 * `[call, noun, verb, arguments]` one way, `[call, answer]` or `[call, null, Fault]` back, as JSON:
 * for our small objects it is faster than a structured clone. A long text, the last argument, goes
 * beside the JSON, which would have to escape it.
 */
export type Question = string | [json: string, text: string]
export type Fault = { message: string; kind: 'lost' | 'unavailable' | 'other' }

/** A noun of which every verb is asked for. */
export const asking = (ask: (verb: string, args: unknown[]) => Promise<unknown>): unknown =>
  new Proxy(
    {},
    {
      get:
        (_, verb) =>
        (...args: unknown[]) =>
          ask(String(verb), args),
    },
  )

export interface Thread {
  call<Answer>(noun: string, verb: string, args: unknown[], text?: string): Promise<Answer>
  stop(): Promise<void>
}

interface Pending {
  resolve(value: unknown): void
  reject(error: Error): void
}

/**
 * A thread that dies by itself, such as for want of memory, is not replaced: what it had under way is refused,
 * and the surprise ends the process, which can be started again, where half a store would go on refusing.
 * So does a store that is lost, once.
 */
export function startThread(worker: Worker, died: (fault: Error) => void = surprise): Thread {
  const pending = new Map<number, Pending>()
  let calls = 0
  let ended: Error | null = null
  let isStopping = false

  let isLost = false
  worker.on('message', (message: string) => {
    const fault = answer(pending, message)
    if (!(fault instanceof HistoryLost) || isLost) return
    isLost = true
    died(fault)
  })
  const end = (reason: string): Error => {
    ended ??= new HistoryUnavailable(reason)
    for (const { reject } of pending.values()) reject(ended)
    pending.clear()
    return ended
  }
  worker.on('error', (error) => void end(`The thread of the store failed: ${String(error)}`))
  worker.on('exit', () => {
    const fault = end('The thread of the store has ended.')
    if (!isStopping) died(fault)
  })

  return {
    call: <Answer>(noun: string, verb: string, args: unknown[], text?: string) =>
      new Promise<Answer>((resolve, reject) => {
        if (ended) return reject(ended)
        calls++
        pending.set(calls, { resolve, reject })
        const json = JSON.stringify([calls, noun, verb, args])
        const question: Question = text === undefined ? json : [json, text]
        worker.postMessage(question)
      }),
    stop: async () => {
      isStopping = true
      await worker.terminate()
    },
  }
}

function surprise(fault: Error): never {
  throw fault
}

function answer(pending: Map<number, Pending>, message: string): Error | null {
  const [call, value, told]: [number, unknown, Fault?] = JSON.parse(message)
  const waiting = pending.get(call)
  pending.delete(call)
  const fault = told ? new faults[told.kind](told.message) : null
  if (fault) waiting?.reject(fault)
  else waiting?.resolve(value)
  return fault
}

const faults = { lost: HistoryLost, unavailable: HistoryUnavailable, other: Error }

/** The build puts the worker beside the server. */
const workerFile = import.meta.url.endsWith('.ts') ? './store-worker-from-source.mjs' : './history-worker.js'

/**
 * Batches and the rows of a report live shortly; in a small nursery the collector would carry them over again and
 * again. What else is read is answered at once, and a nursery once grown is never given back.
 */
const nurseryMb = { writer: 64, reader: 8, reporter: 32 }

export const startWorker = (role: keyof typeof nurseryMb): Worker =>
  new Worker(new URL(workerFile, import.meta.url), {
    resourceLimits: { maxYoungGenerationSizeMb: nurseryMb[role] },
  })
