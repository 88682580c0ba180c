import { expect, it } from 'vitest'
import { Digest } from '../../../server/live/digest.ts'
import { createLog } from '../../../server/log.ts'
import { handClock } from '../../support/clock.ts'

const every = 500

/** A digest to a reader who cannot be reached at first. */
function unreachable(times: number) {
  const clock = handClock()
  const log = createLog({ level: 'error', clock, write: () => undefined })
  const [tried, told]: [string[][], string[][]] = [[], []]
  const send = async (ids: string[]) => {
    tried.push(ids)
    if (tried.length <= times) throw new Error('The store cannot answer now.')
    told.push(ids)
    return []
  }
  const digest = new Digest<string>({ every, most: 10, send, clock, log })
  const later = async () => {
    clock.advance(every)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { digest, tried, told, later }
}

it('W42 V8 tells in a later frame what could not be told, at the same pace', async () => {
  const { digest, tried, told, later } = unreachable(2)
  digest.add('one')
  await later()
  digest.add('two')
  await later()
  await later()
  expect(told).toEqual([['one', 'two']])
  expect(tried).toHaveLength(3)
  await later()
  expect(tried).toHaveLength(3)
})
