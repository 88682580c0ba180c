import { afterEach, describe, expect, it, vi } from 'vitest'
import { times } from '../../shared/limits.ts'
import { until } from './people/until.ts'
import { useFaultTown } from './people/use-town.ts'
import type { VisitorTab } from './people/visitor-device.ts'

const here = useFaultTown()
const second = 1_000
const minute = 60 * second

/** From now on the waits of those who come pass only when a test says so; the network's own do not. */
const holdTimers = () => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

/**
 * Lets time pass by and by, so that what has begun meanwhile, in real time, has a chance to end. Answers how
 * much it took.
 */
async function passUntil(holds: () => boolean, tab: VisitorTab): Promise<number> {
  for (let passed = 0; ; passed += 3 * second) {
    const isOver = await until(holds, { within: 500, otherwise: () => tab.standing() }).then(
      () => true,
      () => false,
    )
    if (isOver) return passed
    if (passed > 10 * minute) throw new Error(`Ten minutes later: ${tab.standing()}`)
    await pass(3 * second)
  }
}

afterEach(async () => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  await here.town.house.instruct({ skew: 0 })
})

describe('answers that come late, or never', () => {
  it('I1 I5 I6 an acknowledgement that comes a minute late', async () => {
    holdTimers()
    const tab = await here.comes('mina')
    tab.net.set({ name: 'hold' }, 'down')
    const text = await tab.write()
    await until(async () => (await here.town.texts()).includes(text), { otherwise: () => 'it is not stored' })
    await pass(minute)
    expect([tab.own(), tab.pending()]).toEqual([[], [text]])
    tab.net.heal()
    vi.useRealTimers()
    await here.allIsWell()
    expect(tab.own()).toEqual([text])
  })

  it('I1 I5 I6 I10 a server that is frozen for half a minute', async () => {
    holdTimers()
    const tab = await here.comes('omar')
    here.town.house.tell('SIGSTOP')
    const texts = await Promise.all([tab.write(), tab.write()])
    await pass(30 * second)
    expect([tab.own(), tab.pending()]).toEqual([[], texts])
    here.town.house.tell('SIGCONT')
    vi.useRealTimers()
    await here.allIsWell()
    expect(tab.own()).toEqual(texts)
  })

  it('I1 I6 I10 a connection that is half open is found without being told', async () => {
    holdTimers()
    const tab = await here.comes('lena')
    for (const line of tab.net.lines) line.set({ name: 'drop' })
    const text = await tab.write()
    const silence = await passUntil(() => tab.store.get().connection !== 'online', tab)
    // The server's own pings are so far apart, and it waits so long for an answer.
    expect(silence).toBeLessThanOrEqual(36 * second)
    const rest = await passUntil(() => tab.own().includes(text), tab)
    expect(rest).toBeLessThanOrEqual(times.retryMost + 5 * second)
    vi.useRealTimers()
    await here.allIsWell()
  })
})

describe('a server that is down for ten minutes', () => {
  it('I7 I8 I10 five messages wait, few attempts are made, and all arrive by themselves', async () => {
    holdTimers()
    const tab = await here.comes('noor')
    await here.town.kill()
    const texts = []
    for (let i = 0; i < 5; i++) texts.push(await tab.write())
    const before = tab.net.turnedAway
    for (let i = 0; i < 60; i++) await pass(10 * second)
    expect(tab.net.turnedAway - before).toBeLessThan(60)
    expect(tab.pending()).toEqual(texts)
    await here.town.start()
    const rest = await passUntil(() => tab.own().length === 5, tab)
    expect(rest).toBeLessThanOrEqual(times.retryMost + 5 * second)
    vi.useRealTimers()
    await here.allIsWell()
  })
})

describe('clocks that are wrong', () => {
  it.each([
    ['the visitor’s, a day ahead', 24 * 60 * minute],
    ['the visitor’s, a day behind', -24 * 60 * minute],
  ])('I1 I3 I6 %s, in the middle of it', async (who, ms) => {
    const tab = await here.comes(`rosa, ${who}`)
    const texts = [await tab.write(), await tab.write()]
    const { now } = Date
    vi.spyOn(Date, 'now').mockImplementation(() => now() + ms)
    texts.push(await tab.write(), await tab.write())
    vi.restoreAllMocks()
    texts.push(await tab.write())
    await here.allIsWell()
    expect(tab.own()).toEqual(texts)
  })

  it('I3 I7 the visitor’s, put right between two pages that both left something to be sent', async () => {
    const tab = await here.comes('lars')
    tab.net.refuse()
    tab.net.cut()
    await here.town.wakeUntil(() => tab.store.get().connection === 'offline')
    const { now } = Date
    vi.spyOn(Date, 'now').mockImplementation(() => now() + 24 * 60 * minute)
    const first = await tab.write()
    vi.restoreAllMocks()
    here.town.leave(tab)
    const next = tab.device.openTab(tab.net)
    here.town.visitors.push(next)
    await until(() => next.pending().includes(first), { otherwise: () => next.standing() })
    const second = await next.write()
    await here.allIsWell()
    expect(next.own()).toEqual([first, second])
  })

  it.each([
    ['an hour ahead', 60 * minute],
    ['an hour behind', -60 * minute],
  ])('I1 I3 I4 the server’s, %s and back', async (which, skew) => {
    const tab = await here.comes(`vera, ${which}`)
    await tab.write()
    await here.town.house.instruct({ skew })
    await Promise.all([tab.write(), tab.write()])
    await here.town.settle()
    here.agent.replyTo(tab)
    await here.town.house.instruct({ skew: 0 })
    await tab.write()
    await here.allIsWell()
    expect(tab.own()).toHaveLength(4)
  })
})
