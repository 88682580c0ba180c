import { describe, expect, it, vi } from 'vitest'
import { times } from '../../shared/limits.ts'
import {
  answered,
  handshake,
  join,
  joined,
  Line,
  line,
  openQuiet,
  settle,
  usePlayedLink,
} from '../support/played-line.ts'
import { seeded } from '../support/random.ts'

const played = usePlayedLink()

/** How often the server was sought, in either way. */
const attempts = () => Line.opened.length + vi.mocked(fetch).mock.calls.length

it('comes back ever later, up to half a minute, and at once when the first has worked', async () => {
  const waits = [1, 2, 4, 8, 16, 30, 30].map((seconds) => seconds * 1_000)
  for (const wait of waits) {
    line().drops()
    const before = attempts()
    await vi.advanceTimersByTimeAsync(wait - 1)
    expect(attempts()).toBe(before)
    await vi.advanceTimersByTimeAsync(1)
    await settle()
    expect(attempts()).toBe(before + 1)
  }
  await vi.advanceTimersByTimeAsync(times.retryMost)
  await answered(played.link)
  line().drops()
  const before = attempts()
  await vi.advanceTimersByTimeAsync(times.retryFirst)
  expect(attempts()).toBe(before + 1)
})

it('does not come back to what takes it in and says nothing, as fast as to what works', async () => {
  join()
  line().drops()
  await vi.advanceTimersByTimeAsync(times.retryFirst)
  join()
  line().drops()
  const before = attempts()
  await vi.advanceTimersByTimeAsync(2 * times.retryFirst - 1)
  expect(attempts()).toBe(before)
})

describe('500 pages that lost their server at once', () => {
  /** When each of them is back, s, if it is reached from `heals` on. */
  async function comeBack(heals: number, lastWords: string[]): Promise<number[]> {
    vi.mocked(Math.random).mockImplementation(seeded(7))
    const back: number[] = []
    Line.opened = []
    const pages = Array.from({ length: 500 }, () => openQuiet())
    const lost = [...Line.opened]
    for (const one of lost) one.says(handshake, joined, ...lastWords)
    const begun = Date.now()
    for (const one of lost) one.drops()
    Line.opened = []
    while (back.length < pages.length) {
      await vi.advanceTimersByTimeAsync(100)
      const passed = (Date.now() - begun) / 1_000
      for (const one of Line.opened.splice(0)) {
        if (passed >= heals) back.push(passed)
        if (passed >= heals) one.says(handshake, joined)
        else one.drops()
      }
    }
    for (const one of pages) one.sleep()
    return back
  }
  /** The most that came within half a second. */
  const busiest = (times: number[]) =>
    Math.max(...times.map((one) => times.filter((other) => other >= one && other < one + 0.5).length))

  it('W30 spread over eight seconds after it has said that it stops', async () => {
    const back = await comeBack(0, ['42/visitor,["refused",{"reason":"stopping"}]'])
    expect(back).toHaveLength(500)
    expect(Math.max(...back)).toBeLessThan(8.2)
    expect(busiest(back)).toBeLessThan(60)
  })

  it('W30 spread the more the longer it was away', async () => {
    const [soon, late] = [await comeBack(1, []), await comeBack(8, [])]
    expect([soon.length, late.length]).toEqual([500, 500])
    expect(busiest(late)).toBeLessThan(busiest(soon))
    expect(busiest(late)).toBeLessThan(100)
  })
})

describe('where no WebSocket gets through', () => {
  const asked = () => vi.mocked(fetch).mock.calls.length
  const frames = ['0{"sid":"e","pingInterval":20000,"pingTimeout":15000}', '40/visitor,{"sid":"s"}']
  /** A server that answers to polling, then has nothing to say. */
  const listens = () => {
    const said = [...frames]
    vi.mocked(fetch).mockImplementation(async (_, init) => {
      if (init?.method === 'POST') return new Response('ok')
      const frame = said.shift()
      return frame ? new Response(frame) : new Promise<Response>(() => undefined)
    })
  }

  it('W31 polls after a socket that never opened', async () => {
    listens()
    line().drops()
    await vi.advanceTimersByTimeAsync(times.retryFirst)
    await settle()
    expect(played.happened).toEqual(['disconnected', 'connected'])
    expect(Line.opened).toHaveLength(1)
  })

  it('W31 polls after a socket that is neither opened nor refused within eight seconds', async () => {
    listens()
    await vi.advanceTimersByTimeAsync(8_000 + times.retryFirst)
    await settle()
    expect(played.happened).toEqual(['disconnected', 'connected'])
  })

  it('W31 goes on polling when it is cut, and tries a socket again after five minutes', async () => {
    listens()
    line().drops()
    await vi.advanceTimersByTimeAsync(times.retryFirst)
    await settle()
    await vi.advanceTimersByTimeAsync(35_000 + times.retryFirst)
    await settle()
    expect(Line.opened).toHaveLength(1)
    const before = asked()
    await vi.advanceTimersByTimeAsync(5 * 60_000)
    await settle()
    expect(asked()).toBeGreaterThan(before)
    expect(Line.opened.length).toBeGreaterThan(1)
  })

  it('W31 polls at once where the page before found out, and not after five minutes', async () => {
    played.link.sleep()
    const before = Line.opened.length
    const now = Date.now()
    openQuiet({ pollUntil: () => now + 1_000 }).sleep()
    expect(Line.opened).toHaveLength(before)
    openQuiet({ pollUntil: () => now }).sleep()
    expect(Line.opened).toHaveLength(before + 1)
  })

  it('W31 does not take a server that is away for a while for one that lets no socket in', async () => {
    await answered(played.link)
    for (const wait of [1, 2, 4]) {
      line().drops()
      await vi.advanceTimersByTimeAsync(wait * 1_000)
      await settle()
    }
    expect([Line.opened.length, asked()]).toEqual([3, 1])
  })
})
