import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { times } from '../../shared/limits.ts'
import { FaultTown } from './people/fault-town.ts'
import { faultless } from './people/ledger.ts'
import { until } from './people/until.ts'
import { lendWebSocket, type VisitorTab } from './people/visitor-device.ts'

/*
 * Five hundred pages, each the widget's own state, outbox and link without its screen, on real sockets to a real
 * server that goes away under them. Their waits pass a quarter of a second at a time, and none passes while
 * somebody is on the way in or what they wrote is under way, however slow the machine is.
 */
const pages = 500
const step = 250
const steps = (ms: number) => ms / step

let town: FaultTown
let tabs: VisitorTab[] = []

beforeAll(async () => {
  // People come from everywhere: one address may hold only so many sockets.
  town = await FaultTown.open({ env: { TRUST_PROXY_HOPS: '1' } })
  let comers = 0
  lendWebSocket(() => `198.51.100.${comers++ % 50}`)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const guests = Array.from({ length: pages }, (_, i) => town.visitor(`guest ${i}`))
  tabs = await Promise.all(guests.map((guest) => town.visitorTab(guest)))
  await until(() => isOnline() === pages, { otherwise: () => `${isOnline()} are in` })
})
afterAll(async () => {
  vi.useRealTimers()
  lendWebSocket()
  await town?.close()
  expect(town.complaints).toEqual([])
})

const isOn = (tab: VisitorTab) => tab.store.get().connection === 'online'
const isOnline = () => tabs.filter(isOn).length
const called = () => sum(tabs.map(({ net }) => net.called))

/** Lets a step pass; answers how many connections were made in it. */
async function pass(): Promise<number> {
  const before = called()
  await vi.advanceTimersByTimeAsync(step)
  const underWay = () => tabs.filter((tab) => (isOn(tab) ? !tab.isAtRest() : tab.net.lines.length > 0))
  await until(() => underWay().length === 0, { otherwise: () => `${underWay()[0]?.standing()}` })
  return called() - before
}

interface Comeback {
  /** Connections made in each step since the server went. */
  knocks: number[]
  /** Of these steps, those since it was there again. */
  waited: number
}

/** Everybody writes while nobody is there; once the server is, they come back by themselves. */
async function comeBack(down: () => Promise<unknown>, away: number): Promise<Comeback> {
  const knocks: number[] = []
  await down()
  await until(() => isOnline() === 0, { otherwise: () => `${isOnline()} noticed nothing` })
  await Promise.all(tabs.map((tab) => tab.write()))
  while (knocks.length < steps(away)) knocks.push(await pass())
  await town.start()
  const before = knocks.length
  while (!tabs.every((tab) => tab.isAtRest())) knocks.push(await pass())
  return { knocks, waited: knocks.length - before }
}

const sum = (all: number[]) => all.reduce((one, other) => one + other, 0)
/** Whoever was turned away rests for so long at most, and has so long to come in and send. */
const longest = steps(times.retryMost + 5_000)

describe('five hundred pages and a server that starts again', () => {
  // First, while all are on sockets: whoever polls asks once more when told, which is no comeback.
  it('W30 I1 I2 I7 I8 I10 they come back over eight seconds after it was told to stop, with what they wrote', async () => {
    const { knocks, waited } = await comeBack(() => town.terminate(), 1_000)
    expect(Math.max(...knocks)).toBeLessThan(pages / 8)
    expect(sum(knocks.slice(0, steps(8_000)))).toBeGreaterThanOrEqual(pages)
    expect(sum(knocks)).toBeLessThan(pages * 3)
    expect(waited).toBeLessThanOrEqual(longest)
    expect(await town.judge()).toEqual(faultless)
  })

  it('W30 I1 I2 I7 I8 I10 they come back apart after its death, ever more rarely, with what they wrote', async () => {
    const { knocks, waited } = await comeBack(() => town.kill(), 3_000)
    expect(Math.max(...knocks)).toBeLessThan(pages / 2)
    expect(sum(knocks.slice(8, 12))).toBeLessThan(sum(knocks.slice(0, 4)) / 2)
    expect(sum(knocks)).toBeLessThan(pages * 6)
    expect(waited).toBeLessThanOrEqual(longest)
    expect(await town.judge()).toEqual(faultless)
  })
})
