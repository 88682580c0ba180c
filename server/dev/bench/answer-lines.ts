import { createInterface } from 'node:readline'
import type { Hello } from './subject.ts'

/** The subject's side: says where it listens, then answers questions about itself. */
export function answerLines(hello: Hello): void {
  process.stdout.write(`${JSON.stringify(hello)}\n`)
  const questions = createInterface({ input: process.stdin })
  questions.on('line', (question) => {
    process.stdout.write(`${question === 'cpu' ? cpu() : memory()}\n`)
  })
  // Whoever asked is gone, and would have stopped this process.
  questions.once('close', () => process.exit())
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
