import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { keepJourneys } from '../../../server/domain/journeys-upkeep.ts'
import { keepLedger } from '../../../server/domain/ledger-upkeep.ts'
import { handClock } from '../../support/clock.ts'

const mute = () => undefined
const log = { debug: mute, info: mute, warn: mute, error: mute }

/** How long it rests, ms, after a packing of 20 ms that has left something to pack. */
async function restAfterPacking(isBusy: boolean): Promise<number> {
  const clock = handClock()
  let packings = 0
  let finish: (next: number | null) => void = mute
  const pack = () => {
    packings++
    return new Promise<number | null>((resolve) => {
      finish = resolve
    })
  }
  const stop = keepLedger({ reports: { pack }, isBusy: () => isBusy, clock, log })
  while (packings === 0) clock.advance(1_000)
  clock.advance(20)
  finish(256)
  await turn()
  let rest = 0
  for (; packings === 1; rest++) clock.advance(1)
  finish(null)
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

  it('M107 is packed neighbours by neighbours, each once in a round', async () => {
    const clock = handClock()
    const asked: number[] = []
    const pack = async (from: number): Promise<number | null> => {
      asked.push(from)
      return from < 512 ? from + 256 : null
    }
    const stop = keepLedger({ reports: { pack }, isBusy: () => false, clock, log })
    for (let passed = 0; passed < 30_000; passed += 100) {
      clock.advance(100)
      await turn()
    }
    await stop()
    expect(asked).toEqual([0, 256, 512, 0, 256, 512])
  })

  it('is logged by its own name where it could not be packed', async () => {
    const clock = handClock()
    const warned: string[] = []
    const needs = {
      clock,
      isBusy: () => false,
      log: { ...log, warn: (event: string) => void warned.push(event) },
    }
    const fail = async (): Promise<never> => {
      throw new Error('The disk is full.')
    }
    const stops = [
      keepLedger({ ...needs, reports: { pack: fail } }),
      keepJourneys({ ...needs, reports: { packJourneys: fail } }),
    ]
    clock.advance(10_000)
    await turn()
    for (const stop of stops) await stop()
    expect(warned.sort()).toEqual(['journeys:unpacked', 'ledger:unpacked'])
  })
})
