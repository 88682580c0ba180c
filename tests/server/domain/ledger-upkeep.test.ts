import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { keepLedger } from '../../../server/domain/ledger-upkeep.ts'
import { handClock } from '../../support/clock.ts'

const mute = () => undefined
const log = { debug: mute, info: mute, warn: mute, error: mute }

/** How long it rests, ms, after a packing of 20 ms that has left something to pack. */
async function restAfterPacking(isBusy: boolean): Promise<number> {
  const clock = handClock()
  let packings = 0
  let finish: (packed: number) => void = mute
  const pack = () => {
    packings++
    return new Promise<number>((resolve) => {
      finish = resolve
    })
  }
  const stop = keepLedger({ reports: { pack }, isBusy: () => isBusy, clock, log })
  while (packings === 0) clock.advance(1_000)
  clock.advance(20)
  finish(8)
  await turn()
  let rest = 0
  for (; packings === 1; rest++) clock.advance(1)
  finish(0)
  await stop()
  return rest
}

describe('what reports read', () => {
  it('M61 is packed half of the time while the server has little to do', async () => {
    expect(await restAfterPacking(false)).toBe(20)
  })

  it('M61 is left for fifty times as long as a packing took while messages come', async () => {
    expect(await restAfterPacking(true)).toBe(1_000)
  })
})
