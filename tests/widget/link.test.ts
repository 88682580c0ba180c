import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { times } from '../../shared/limits.ts'
import type { VisitorAuth } from '../../shared/protocol.ts'
import { type Announcement, type Link, openLink } from '../../widget/connection/link.ts'
import { mint } from '../../widget/page/settings.ts'

/** The other end of a WebSocket, played by hand. */
class Line {
  static opened: Line[] = []
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: (() => void) | null = null
  sent: string[] = []
  open = true
  constructor(readonly address: string) {
    Line.opened.push(this)
  }
  send(frame: string): void {
    this.sent.push(frame)
  }
  close(): void {
    this.open = false
  }
  says(...frames: string[]): void {
    for (const data of frames) this.onmessage?.({ data })
  }
  drops(): void {
    this.onclose?.()
  }
}

const handshake = '0{"sid":"e","pingInterval":20000,"pingTimeout":15000}'
const joined = '40/visitor,{"sid":"s"}'
const auth: VisitorAuth = {
  ...{ site: mint('demo'), page: mint('p'.repeat(22)), consent: 'essential', locale: 'en' },
  device: 'desktop',
}
let happened: string[]
let heard: Announcement[]
let link: Link

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('WebSocket', Line)
  vi.spyOn(Math, 'random').mockReturnValue(1)
  Line.opened = []
  happened = []
  heard = []
  link = openLink({
    base: 'https://chat.example',
    auth: () => auth,
    connected: () => happened.push('connected'),
    disconnected: () => happened.push('disconnected'),
    refused: (reason) => happened.push(`refused ${reason}`),
    announced: (one) => heard.push(one),
  })
})
afterEach(() => {
  link.sleep()
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

const line = () => {
  const last = Line.opened.at(-1)
  if (!last) throw new Error('No line was opened.')
  return last
}
const join = () => line().says(handshake, joined)

it('says who it is in the handshake, never in the address', () => {
  join()
  expect(line().address).toBe('wss://chat.example/live/?EIO=4&transport=websocket')
  expect(line().sent).toEqual([`40/visitor,${JSON.stringify(auth)}`])
  expect(happened).toEqual(['connected'])
})

it('gives each request the answer that bears its number', async () => {
  join()
  const one = link.ask('page:leave', {})
  const two = link.ask('presence:set', { state: 'idle' })
  line().says('43/visitor,2[{"ok":true}]', '43/visitor,1[{"ok":false,"error":{"code":"invalid"}}]')
  expect(line().sent.slice(1)).toEqual([
    '42/visitor,1["page:leave",{}]',
    '42/visitor,2["presence:set",{"state":"idle"}]',
  ])
  expect(await one).toMatchObject({ ok: false, error: { code: 'invalid' } })
  expect(await two).toMatchObject({ ok: true })
})

it('passes announcements on, and answers pings', () => {
  join()
  line().says('42/visitor,["invite:withdrawn",{"inviteId":"i"}]', '2')
  expect(heard).toEqual([['invite:withdrawn', { inviteId: 'i' }]])
  expect(line().sent.at(-1)).toBe('3')
})

it('asks nothing without a connection, and says so', async () => {
  expect(await link.ask('page:leave', {})).toMatchObject({ ok: false, error: { code: 'unavailable' } })
})

it('settles what was under way at a cut as not confirmed', async () => {
  join()
  const asked = link.ask('page:leave', {})
  line().drops()
  expect(await asked).toMatchObject({ ok: false, error: { code: 'unavailable', message: 'not confirmed' } })
  expect(happened).toEqual(['connected', 'disconnected'])
})

it('settles what is never answered as not confirmed, and takes a late answer for nothing', async () => {
  join()
  const asked = link.ask('page:leave', {})
  line().says('2')
  await vi.advanceTimersByTimeAsync(15_000)
  line().says('43/visitor,1[{"ok":true}]')
  expect(await asked).toMatchObject({ ok: false, error: { message: 'not confirmed' } })
})

it('comes back ever later, up to half a minute, and at once when the first has worked', async () => {
  const waits = [1, 2, 4, 8, 16, 30, 30].map((seconds) => seconds * 1_000)
  for (const wait of waits) {
    line().drops()
    const before = Line.opened.length
    await vi.advanceTimersByTimeAsync(wait - 1)
    expect(Line.opened).toHaveLength(before)
    await vi.advanceTimersByTimeAsync(1)
    expect(Line.opened).toHaveLength(before + 1)
  }
  join()
  line().drops()
  await vi.advanceTimersByTimeAsync(times.retryFirst)
  expect(Line.opened).toHaveLength(waits.length + 2)
})

it('never comes back at the same moment as everybody else', async () => {
  vi.mocked(Math.random).mockReturnValue(0)
  line().drops()
  await vi.advanceTimersByTimeAsync(times.retryFirst / 2)
  expect(Line.opened).toHaveLength(2)
})

it('takes a server that is silent for longer than its pings are apart for gone', async () => {
  join()
  await vi.advanceTimersByTimeAsync(34_000)
  line().says('2')
  await vi.advanceTimersByTimeAsync(34_999)
  expect(line().open).toBe(true)
  await vi.advanceTimersByTimeAsync(1)
  expect(Line.opened[0]?.open).toBe(false)
  expect(happened).toEqual(['connected', 'disconnected'])
  await vi.advanceTimersByTimeAsync(times.retryFirst)
  expect(Line.opened).toHaveLength(2)
})

it('does not wait for ever for a server that never opens', async () => {
  await vi.advanceTimersByTimeAsync(20_000)
  expect(Line.opened[0]?.open).toBe(false)
})

it.each(['42/visitor,{', '42/visitor,["x"', '4', '', '0{', '9', '43/visitor,7[{}]', '43/visitor,', '42'])(
  'lives through the packet %j',
  async (frame) => {
    vi.spyOn(console, 'warn').mockReturnValue()
    join()
    line().says(frame)
    const asked = link.ask('page:leave', {})
    line().says('43/visitor,1[{"ok":true}]')
    expect(await asked).toMatchObject({ ok: true })
  },
)

it.each(['site', 'protocol', 'erased'])('W9 stops for good when refused for %s', async (reason) => {
  line().says(handshake, `44/visitor,{"message":"no","data":{"reason":"${reason}"}}`)
  link.wake()
  await vi.advanceTimersByTimeAsync(120_000)
  expect(Line.opened).toHaveLength(1)
  expect(happened).toEqual([`refused ${reason}`])
})

it('W9 stops for good when refused after it had come in, and stays refused when cut', async () => {
  join()
  line().says('42/visitor,["refused",{"reason":"erased"}]')
  line().drops()
  await vi.advanceTimersByTimeAsync(120_000)
  expect(Line.opened).toHaveLength(1)
  expect(happened).toEqual(['connected', 'refused erased'])
})

it.each(['crowded', 'stopping'])('W17 tries again when refused for being %s', async (reason) => {
  line().says(handshake, `44/visitor,{"message":"no","data":{"reason":"${reason}"}}`)
  await vi.advanceTimersByTimeAsync(times.retryFirst)
  expect(Line.opened).toHaveLength(2)
})

it('W15 comes back after the server has sent it away', async () => {
  join()
  line().says('41/visitor,')
  await vi.advanceTimersByTimeAsync(times.retryFirst)
  expect(Line.opened).toHaveLength(2)
})

it('sleeps until it is woken, and wakes at once', async () => {
  join()
  link.sleep()
  await vi.advanceTimersByTimeAsync(120_000)
  expect(Line.opened).toHaveLength(1)
  link.wake()
  expect(Line.opened).toHaveLength(2)
})

it('H2 throws nothing into a page that forbids sockets, and tries again', async () => {
  class Forbidden {
    constructor() {
      throw new DOMException('Refused by the policy of the page', 'SecurityError')
    }
  }
  vi.stubGlobal('WebSocket', Forbidden)
  line().drops()
  await vi.advanceTimersByTimeAsync(times.retryFirst)
  vi.stubGlobal('WebSocket', Line)
  const before = Line.opened.length
  await vi.advanceTimersByTimeAsync(2 * times.retryFirst)
  expect(Line.opened.length).toBe(before + 1)
})
