import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createInterface } from 'node:readline'
import type { Hello } from './subject.ts'

/** The subject's side: says where it listens, then answers questions about itself. */
export function answerLines(hello: Hello): void {
  process.stdout.write(`${JSON.stringify(hello)}\n`)
  const questions = createInterface({ input: process.stdin })
  questions.on('line', (question) => {
    process.stdout.write(`${answers[question]?.() ?? memory()}\n`)
  })
  // Whoever asked is gone, and would have stopped this process.
  questions.once('close', () => process.exit())
}

const answers: Readonly<Record<string, () => number>> = { cpu, delay }

const loop = monitorEventLoopDelay({ resolution: 1 })

/** The 99th percentile of how late the event loop was since this was last asked, ms. The first answer begins it. */
function delay(): number {
  const late = loop.percentile(99) / 1e6
  loop.enable()
  loop.reset()
  return late
}

/** Of all threads, in µs. */
function cpu(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}

function memory(): number {
  // Twice, since the first collection only makes finalisers run.
  globalThis.gc?.()
  globalThis.gc?.()
  return process.memoryUsage().rss
}
