import { Worker } from 'node:worker_threads'
import { expect, it } from 'vitest'
import { startThread } from '../../../server/history/store-thread.ts'

/** A thread of the store that does nothing but what is told here. */
function threadThat(does: string) {
  const deaths: string[] = []
  const worker = new Worker(does, { eval: true })
  const thread = startThread(worker, ({ message }) => deaths.push(message))
  const gone = new Promise((resolve) => worker.once('exit', resolve))
  return { deaths, thread, gone }
}

const waits = "const { parentPort } = require('node:worker_threads'); parentPort.on('message', () => "

it('S1 a thread that dies refuses what it had under way and what follows, and its death is told', async () => {
  const { deaths, thread, gone } = threadThat(`${waits} process.exit(1))`)
  await expect(thread.call('thread', 'open', [])).rejects.toThrow('has ended')
  await gone
  await expect(thread.call('thread', 'open', [])).rejects.toThrow('has ended')
  expect(deaths).toEqual(['The thread of the store has ended.'])
})

it('S1 the death of a thread that fails says of what it died', async () => {
  const { deaths, thread, gone } = threadThat(`${waits} { throw new Error('no memory') })`)
  await expect(thread.call('thread', 'open', [])).rejects.toThrow('no memory')
  await gone
  expect(deaths).toEqual([expect.stringContaining('no memory')])
})

it('S2 a thread that is stopped has not died', async () => {
  const { deaths, thread } = threadThat(`${waits} undefined)`)
  await thread.stop()
  expect(deaths).toEqual([])
})
