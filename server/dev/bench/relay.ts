import { type Crowd, gatherFloorCrowd, gatherHouseCrowd } from './crowd.ts'
import { type Figure, figure, median, quantile } from './figures.ts'
import { pinning, startSubject } from './subject.ts'

const size = { visitors: 1_000, agents: 20 }
const warmUp = 2_000
const measured = 6_000
const rounds = 3
const filler = 'How long does delivery to the coast take, and can it be gift-wrapped?'

/** Acknowledged messages a second at full load, and the delay to the agent at a steady 1,000 a second. */
export async function measureRelay(): Promise<Figure[]> {
  const floor = await startSubject('floor-relay')
  const house = await startSubject('house')
  try {
    const floorCrowd = await gatherFloorCrowd(floor.hello, size)
    const houseCrowd = await gatherHouseCrowd(house.hello, size)
    const throughput = await inTurns(floorCrowd, houseCrowd, saturate)
    const delays = await inTurns(floorCrowd, houseCrowd, steady)
    const floorP99 = median(delays.floor.map((one) => quantile(one, 0.99)))
    const p99 = median(delays.house.map((one) => quantile(one, 0.99)))
    const floorP50 = median(delays.floor.map((one) => quantile(one, 0.5)))
    const p50 = median(delays.house.map((one) => quantile(one, 0.5)))
    const people = `${size.visitors} visitors, ${size.agents} agents, ${pinning}`
    return [
      figure('relay.throughput', median(throughput.house), 'messages/s', {
        floor: median(throughput.floor),
        note: `durable and acknowledged; ${people}; median of ${rounds} interleaved rounds`,
      }),
      figure('relay.p50', p50, 'ms', { floor: floorP50, note: 'visitor to agent at 1,000 a second' }),
      figure('relay.p99', p99, 'ms', { floor: floorP99, note: 'visitor to agent at 1,000 a second' }),
    ]
  } finally {
    await Promise.all([floor.stop(), house.stop()])
  }
}

async function inTurns<T>(
  floor: Crowd,
  house: Crowd,
  measure: (crowd: Crowd) => Promise<T>,
): Promise<{ floor: T[]; house: T[] }> {
  const taken: { floor: T[]; house: T[] } = { floor: [], house: [] }
  for (let round = 0; round < rounds; round++) {
    taken.floor.push(await measure(floor))
    taken.house.push(await measure(house))
  }
  return taken
}

/** Every visitor writes as soon as the last message was acknowledged. */
export async function saturate({ visitors }: Crowd): Promise<number> {
  let acknowledged = 0
  let going = true
  for (const { socket, nextMessage } of visitors) {
    socket.onPacket = (packet) => {
      if (packet[1] !== acknowledgement) return
      acknowledged++
      if (going) socket.write(nextMessage(filler))
    }
    socket.write(nextMessage(filler))
  }
  await sleep(warmUp)
  const before = acknowledged
  const started = performance.now()
  await sleep(measured)
  const rate = (acknowledged - before) / ((performance.now() - started) / 1_000)
  going = false
  await sleep(500)
  return rate
}

const acknowledgement = '3'.charCodeAt(0)
const perSecond = 1_000
const marker = /#(\d+)#/

/** A steady load; each message carries its number, and the agent's copy stops its clock. */
export async function steady({ visitors, agents }: Crowd): Promise<number[]> {
  const sentAt: number[] = []
  const delays: number[] = []
  for (const agent of agents) {
    agent.onPacket = (packet) => {
      // Digests of the inbox repeat the last message's text; only the message itself stops the clock.
      if (packet.includes('"inbox:changed"')) return
      const number = marker.exec(packet.toString())?.[1]
      const sent = number === undefined ? undefined : sentAt[Number(number)]
      if (sent !== undefined) delays.push(performance.now() - sent)
    }
  }
  for (const { socket } of visitors) socket.onPacket = () => undefined
  const started = performance.now()
  const total = (perSecond * measured) / 1_000
  while (sentAt.length < total) {
    const due = Math.min(total, Math.floor(((performance.now() - started) / 1_000) * perSecond))
    while (sentAt.length < due) {
      const number = sentAt.length
      const visitor = visitors[number % visitors.length]
      sentAt.push(performance.now())
      visitor?.socket.write(visitor.nextMessage(`${filler} #${number}#`))
    }
    await sleep(1)
  }
  await sleep(500)
  for (const agent of agents) agent.onPacket = () => undefined
  if (delays.length < total * 0.99) throw new Error(`only ${delays.length} of ${total} messages arrived`)
  return delays
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
