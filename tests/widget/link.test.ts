import { expect, it, vi } from 'vitest'
import { times } from '../../shared/limits.ts'
import { answered, auth, handshake, join, Line, line, usePlayedLink } from '../support/played-line.ts'

const played = usePlayedLink()

it('says who it is in the handshake, never in the address', () => {
  join()
  expect(line().address).toBe('wss://chat.example/live/?EIO=4&transport=websocket')
  expect(line().sent).toEqual([`40/visitor,${JSON.stringify(auth)}`])
  expect(played.happened).toEqual(['connected'])
})

it('gives each request the answer that bears its number', async () => {
  join()
  const one = played.link.ask('page:leave', {})
  const two = played.link.ask('presence:set', { state: 'idle' })
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
  expect(played.heard).toEqual([['invite:withdrawn', { inviteId: 'i' }]])
  expect(line().sent.at(-1)).toBe('3')
})

it('asks nothing without a connection, and says so', async () => {
  expect(await played.link.ask('page:leave', {})).toMatchObject({ ok: false, error: { code: 'unavailable' } })
})

it('settles what was under way at a cut as not confirmed', async () => {
  join()
  const asked = played.link.ask('page:leave', {})
  line().drops()
  expect(await asked).toMatchObject({ ok: false, error: { code: 'unavailable', message: 'not confirmed' } })
  expect(played.happened).toEqual(['connected', 'disconnected'])
})

it('settles what is never answered as not confirmed, and takes a late answer for nothing', async () => {
  join()
  const asked = played.link.ask('page:leave', {})
  line().says('2')
  await vi.advanceTimersByTimeAsync(15_000)
  line().says('43/visitor,1[{"ok":true}]')
  expect(await asked).toMatchObject({ ok: false, error: { message: 'not confirmed' } })
})

it('takes a server that is silent for longer than its pings are apart for gone', async () => {
  join()
  await vi.advanceTimersByTimeAsync(34_000)
  line().says('2')
  await vi.advanceTimersByTimeAsync(34_999)
  expect(line().open).toBe(true)
  await vi.advanceTimersByTimeAsync(1)
  expect(Line.opened[0]?.open).toBe(false)
  expect(played.happened).toEqual(['connected', 'disconnected'])
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
    const asked = played.link.ask('page:leave', {})
    line().says('43/visitor,1[{"ok":true}]')
    expect(await asked).toMatchObject({ ok: true })
  },
)

it.each(['site', 'protocol', 'erased'])('W9 stops for good when refused for %s', async (reason) => {
  line().says(handshake, `44/visitor,{"message":"no","data":{"reason":"${reason}"}}`)
  played.link.wake()
  await vi.advanceTimersByTimeAsync(120_000)
  expect(Line.opened).toHaveLength(1)
  expect(played.happened).toEqual([`refused ${reason}`])
})

it('W9 stops for good when refused after it had come in, and stays refused when cut', async () => {
  join()
  line().says('42/visitor,["refused",{"reason":"erased"}]')
  line().drops()
  await vi.advanceTimersByTimeAsync(120_000)
  expect(Line.opened).toHaveLength(1)
  expect(played.happened).toEqual(['connected', 'refused erased'])
})

it.each([
  ['crowded', 1],
  ['stopping', 8],
])('W17 tries again when refused for being %s', async (reason, seconds) => {
  line().says(handshake, `44/visitor,{"message":"no","data":{"reason":"${reason}"}}`)
  await vi.advanceTimersByTimeAsync(seconds * 1_000)
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
  played.link.sleep()
  await vi.advanceTimersByTimeAsync(120_000)
  expect(Line.opened).toHaveLength(1)
  played.link.wake()
  expect(Line.opened).toHaveLength(2)
})

it('H2 throws nothing into a page that forbids sockets, and tries again', async () => {
  class Forbidden {
    constructor() {
      throw new DOMException('Refused by the policy of the page', 'SecurityError')
    }
  }
  join()
  vi.stubGlobal('WebSocket', Forbidden)
  line().drops()
  await vi.advanceTimersByTimeAsync(times.retryFirst)
  vi.stubGlobal('WebSocket', Line)
  const before = Line.opened.length
  await vi.advanceTimersByTimeAsync(2 * times.retryFirst)
  expect(Line.opened.length).toBe(before + 1)
})

it('W32 a line in doubt is left unless something is heard on it soon', async () => {
  await answered(played.link)
  played.link.wake()
  expect(played.happened).toEqual(['connected', 'connected'])
  line().says('2')
  await vi.advanceTimersByTimeAsync(30_000)
  expect(line().open).toBe(true)
  line().says('2')
  played.link.wake()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(Line.opened[0]?.open).toBe(false)
})
