import { Worker } from 'node:worker_threads'
import { HistoryUnavailable } from './history.ts'

/**
 * `[call, noun, verb, arguments]` one way, `[call, answer]` or `[call, null, Fault]` back, as JSON:
 * for our small objects it is faster than a structured clone. A long text, the last argument, goes
 * beside the JSON, which would have to escape it.
 */
export type Question = string | [json: string, text: string]
export type Fault = { message: string; unavailable: boolean }

export interface Thread {
  call<Answer>(noun: string, verb: string, args: unknown[], text?: string): Promise<Answer>
  stop(): Promise<void>
}

interface Pending {
  resolve(value: unknown): void
  reject(error: Error): void
}

export function startThread(): Thread {
  const worker = startWorker()
  const pending = new Map<number, Pending>()
  let calls = 0
  let ended: Error | null = null

  worker.on('message', (message: string) => answer(pending, message))
  const end = (reason: string) => {
    ended ??= new HistoryUnavailable(reason)
    for (const { reject } of pending.values()) reject(ended)
    pending.clear()
  }
  worker.on('error', (error) => end(`The thread of the store failed: ${String(error)}`))
  worker.on('exit', () => end('The thread of the store has ended.'))

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
      await worker.terminate()
    },
  }
}

function answer(pending: Map<number, Pending>, message: string): void {
  const [call, value, fault]: [number, unknown, Fault?] = JSON.parse(message)
  const waiting = pending.get(call)
  pending.delete(call)
  if (!fault) waiting?.resolve(value)
  else waiting?.reject(fault.unavailable ? new HistoryUnavailable(fault.message) : new Error(fault.message))
}

/** The build puts the worker beside the server. */
const workerFile = import.meta.url.endsWith('.ts') ? './sqlite-worker-from-source.mjs' : './history-worker.js'

/** Batches live shortly; in a small nursery the collector would carry them over again and again. */
const maxYoungGenerationSizeMb = 64

const startWorker = (): Worker =>
  new Worker(new URL(workerFile, import.meta.url), { resourceLimits: { maxYoungGenerationSizeMb } })
