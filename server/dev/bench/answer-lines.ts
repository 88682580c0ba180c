import { createInterface } from 'node:readline'
import type { Hello } from './subject.ts'

/** The subject's side: says where it listens, then answers questions about itself. */
export function answerLines(hello: Hello): void {
  process.stdout.write(`${JSON.stringify(hello)}\n`)
  createInterface({ input: process.stdin }).on('line', () => {
    // Twice, since the first collection only makes finalisers run.
    globalThis.gc?.()
    globalThis.gc?.()
    process.stdout.write(`${process.memoryUsage().rss}\n`)
  })
}
