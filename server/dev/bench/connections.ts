import { openHouseVisitor, openMany } from './crowd.ts'
import { type Figure, figure, median } from './figures.ts'
import { sleep } from './relay.ts'
import { type Hello, type Subject, startSubject } from './subject.ts'
import { WireSocket } from './wire-socket.ts'

const idle = 10_000
const handshakes = 3_000
const rounds = 3

type Open = (hello: Hello) => Promise<WireSocket>

const openFloor: Open = async ({ port }) => {
  const socket = await WireSocket.open({ port, namespace: '/visitor' })
  await socket.request('hello', { protocolVersion: 1 })
  return socket
}
const openHouse: Open = ({ port }) => openHouseVisitor(port)

/** What an idle visitor costs in memory. */
export async function measureMemory(): Promise<Figure[]> {
  const floor = await perConnection(await startSubject('floor-relay'), openFloor)
  const house = await perConnection(await startSubject('house'), openHouse)
  return [
    figure('visitor.memory', house, 'bytes', {
      floor,
      note: `resident memory for each of ${idle.toLocaleString('en')} idle live visitors`,
    }),
  ]
}

async function perConnection(subject: Subject, open: Open): Promise<number> {
  try {
    // A first few, closed again, so that code and pools are not charged to the visitors.
    const first = await openMany(200, () => open(subject.hello))
    for (const socket of first) socket.close()
    await sleep(1_000)
    const before = await subject.memory()
    const sockets = await openMany(idle, () => open(subject.hello))
    await sleep(1_000)
    const after = await subject.memory()
    for (const socket of sockets) socket.close()
    return (after - before) / idle
  } finally {
    await subject.stop()
  }
}

/** Connections a second, from the first byte to the answered hello. */
export async function measureHandshakes(): Promise<Figure[]> {
  const floor = await startSubject('floor-relay')
  const house = await startSubject('house')
  const rates: { floor: number[]; house: number[] } = { floor: [], house: [] }
  try {
    for (let round = 0; round < rounds; round++) {
      rates.floor.push(await handshakeRate(floor.hello, openFloor))
      rates.house.push(await handshakeRate(house.hello, openHouse))
    }
  } finally {
    await Promise.all([floor.stop(), house.stop()])
  }
  return [
    figure('handshake.rate', median(rates.house), 'handshakes/s', {
      floor: median(rates.floor),
      note: 'with its page view and the answered hello',
    }),
  ]
}

async function handshakeRate(hello: Hello, open: Open): Promise<number> {
  const started = performance.now()
  const sockets = await openMany(handshakes, () => open(hello))
  const rate = handshakes / ((performance.now() - started) / 1_000)
  for (const socket of sockets) socket.close()
  await sleep(500)
  return rate
}
