import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type FaultProxy, openFaultProxy } from '../support/fault-proxy.ts'

let proxy: FaultProxy
let server: Server
/** What the server has heard, connection by connection. */
let heard: string[]
let ends: Socket[]

beforeEach(async () => {
  heard = []
  ends = []
  // Answers each word in capitals.
  server = createServer((socket) => {
    const place = heard.push('') - 1
    ends.push(socket)
    socket.on('error', () => socket.destroy())
    socket.on('data', (bytes) => {
      heard[place] += String(bytes)
      socket.write(String(bytes).toUpperCase())
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  proxy = await openFaultProxy(typeof address === 'object' ? (address?.port ?? null) : null)
})
afterEach(async () => {
  await proxy.close()
  for (const socket of ends) socket.destroy()
  server.close()
})

interface Caller {
  socket: Socket
  told: string
  says(words: string): void
  hears(words: string): Promise<void>
  /** The code of the error the connection ended with, or `closed`. */
  ended: Promise<string>
}

async function call(): Promise<Caller> {
  const arrival = proxy.nextLine()
  const socket = connect(proxy.port, '127.0.0.1')
  const caller: Caller = {
    socket,
    told: '',
    says: (words) => void socket.write(words),
    hears: (words) =>
      new Promise((resolve) => {
        const look = () => caller.told === words && resolve()
        socket.on('data', look)
        look()
      }),
    ended: new Promise((resolve) => {
      socket.once('error', (error: Error & { code?: string }) => resolve(error.code ?? error.message))
      socket.once('close', () => resolve('closed'))
    }),
  }
  socket.on('data', (bytes) => {
    caller.told += String(bytes)
  })
  await once(socket, 'connect')
  await arrival
  return caller
}

const has = async (words: string, place = 0): Promise<void> => {
  while (heard[place] !== words) await new Promise((resolve) => setImmediate(resolve))
}
const lineUp = () => proxy.lines[0] ?? expect.fail('nobody is connected')
const takenUp = async (bytes: number): Promise<void> => {
  while (lineUp().taken('up') < bytes) await new Promise((resolve) => setImmediate(resolve))
}

it('passes everything, and the end of either side', async () => {
  const one = await call()
  one.says('hello')
  await one.hears('HELLO')
  one.socket.end()
  expect(await one.ended).toBe('closed')
  expect(heard).toEqual(['hello'])
})

it('delays one direction and keeps the order', async () => {
  const one = await call()
  proxy.set({ name: 'delay', ms: 40 }, 'down')
  const began = performance.now()
  one.says('a')
  await has('a')
  one.says('b')
  await one.hears('AB')
  expect(performance.now() - began).toBeGreaterThanOrEqual(39)
})

it('throttles to so many bytes a second', async () => {
  const one = await call()
  proxy.set({ name: 'throttle', bytesPerSecond: 10_000 }, 'up')
  const began = performance.now()
  one.says('x'.repeat(1_000))
  await has('x'.repeat(1_000))
  expect(performance.now() - began).toBeGreaterThanOrEqual(95)
})

it('holds a response back until told otherwise', async () => {
  const one = await call()
  proxy.set({ name: 'hold' }, 'down')
  one.says('wait')
  await has('wait')
  expect(one.told).toBe('')
  proxy.heal()
  await one.hears('WAIT')
})

it('swallows: the connection is half open, and healing ends it', async () => {
  const one = await call()
  proxy.set({ name: 'drop' }, 'up')
  one.says('lost')
  await takenUp(4)
  expect(heard).toEqual([''])
  expect(one.socket.destroyed).toBe(false)
  proxy.heal()
  expect(await one.ended).toBe('ECONNRESET')
})

it('lets nobody know that the other end is gone while it swallows', async () => {
  const one = await call()
  proxy.set({ name: 'drop' })
  ends[0]?.destroy()
  const other = await call()
  expect(other.socket.destroyed).toBe(false)
  expect(one.socket.destroyed).toBe(false)
  expect(lineUp().isOver).toBe(false)
})

it('resets', async () => {
  const one = await call()
  proxy.cut()
  expect(await one.ended).toBe('ECONNRESET')
  expect(proxy.lines).toEqual([])
})

it('refuses newcomers, and leaves those who are in', async () => {
  const one = await call()
  proxy.refuse()
  const late = connect(proxy.port, '127.0.0.1')
  const [error] = await once(late, 'error')
  expect(error).toMatchObject({ code: 'ECONNRESET' })
  one.says('still')
  await one.hears('STILL')
})

it('turns everybody away while it leads nowhere', async () => {
  proxy.lead(null)
  const [error] = await once(connect(proxy.port, '127.0.0.1'), 'error')
  expect(error).toMatchObject({ code: 'ECONNRESET' })
})

it('cuts after so many bytes', async () => {
  const one = await call()
  const cut = proxy.nextCut()
  proxy.set({ name: 'cut', after: 3 }, 'down')
  one.says('hello')
  await cut
  await one.ended
  expect(one.told).toBe('HEL')
  expect(heard).toEqual(['hello'])
})

it('cuts where something shows, and not before', async () => {
  const one = await call()
  proxy.set({ name: 'cut', after: 2, at: /ACK/ }, 'down')
  one.says('one ')
  await one.hears('ONE ')
  one.says('an ack')
  await one.ended
  expect(one.told).toBe('ONE AN AC')
})

it('says again what a connection has said', async () => {
  const one = await call()
  one.says('twice')
  await one.hears('TWICE')
  await lineUp().replay()
  await has('twice', 1)
  expect(one.told).toBe('TWICE')
})

it('leads later connections elsewhere', async () => {
  const other = createServer((socket) => socket.end('other')).listen(0, '127.0.0.1')
  await once(other, 'listening')
  const address = other.address()
  const one = await call()
  proxy.lead(typeof address === 'object' ? (address?.port ?? null) : null)
  await (await call()).hears('other')
  one.says('same')
  await one.hears('SAME')
  other.close()
})

it('treats one connection alone as badly as wished', async () => {
  const [one, two] = [await call(), await call()]
  lineUp().reset()
  expect(await one.ended).toBe('ECONNRESET')
  two.says('fine')
  await two.hears('FINE')
})
