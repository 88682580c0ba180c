import { type Crowd, filler, gatherFloorCrowd, gatherHouseCrowd, isAcknowledgement } from './crowd.ts'
import { type Figure, figure, median, quantile } from './figures.ts'
import { pinning, type Subject, startSubject } from './subject.ts'

const size = { visitors: 1_000, agents: 20 }
const warmUp = 2_000
const measured = 6_000
const rounds = 3

/** Acknowledged messages a second at full load, and the delay to the agent at a steady 1,000 a second. */
export async function measureRelay(): Promise<Figure[]> {
  const floor = await startSubject('floor-relay')
  const house = await startSubject('house')
  try {
    const sides = {
      floor: { subject: floor, crowd: await gatherFloorCrowd(floor.hello, size) },
      house: { subject: house, crowd: await gatherHouseCrowd(house.hello, size) },
    }
    const loads = await inTurns(sides, saturate)
    const delays = await inTurns(sides, ({ crowd }) => steady(crowd))
    return [...loadFigures(loads), ...delayFigures(delays)]
  } finally {
    await Promise.all([floor.stop(), house.stop()])
  }
}

interface Side {
  subject: Subject
  crowd: Crowd
}

interface Both<T> {
  floor: T
  house: T
}

async function inTurns<T>(
  { floor, house }: Both<Side>,
  measure: (side: Side) => Promise<T>,
): Promise<Both<T[]>> {
  const taken: Both<T[]> = { floor: [], house: [] }
  for (let round = 0; round < rounds; round++) {
    taken.floor.push(await measure(floor))
    taken.house.push(await measure(house))
  }
  return taken
}

/** Processor time depends less on what else the machine does than the rate, and predicts it. */
function loadFigures({ floor, house }: Both<Load[]>): Figure[] {
  const rate = (loads: Load[]) => median(loads.map((load) => load.rate))
  const cpu = (loads: Load[]) => median(loads.map((load) => load.cpu))
  const people = `${size.visitors} visitors, ${size.agents} agents, ${pinning}`
  return [
    figure('relay.throughput', rate(house), 'messages/s', {
      floor: rate(floor),
      note: `durable and acknowledged; ${people}; median of ${rounds} interleaved rounds`,
    }),
    figure('relay.cpu', cpu(house), 'µs/message', {
      floor: cpu(floor),
      note: 'processor time of all threads for each acknowledged message at full load',
    }),
  ]
}

function delayFigures({ floor, house }: Both<number[][]>): Figure[] {
  const delay = (rounds: number[][], p: number) => median(rounds.map((delays) => quantile(delays, p)))
  const note = `visitor to agent at ${perSecond.toLocaleString('en')} a second`
  return [
    figure('relay.p50', delay(house, 0.5), 'ms', { floor: delay(floor, 0.5), note }),
    figure('relay.p99', delay(house, 0.99), 'ms', { floor: delay(floor, 0.99), note }),
  ]
}

interface Load {
  /** Acknowledged messages a second. */
  rate: number
  /** µs for each. */
  cpu: number
}

/** Every visitor writes as soon as the last message was acknowledged. */
async function saturate({ subject, crowd: { visitors } }: Side): Promise<Load> {
  let acknowledged = 0
  let going = true
  for (const { socket, nextMessage } of visitors) {
    socket.onPacket = (packet) => {
      if (!isAcknowledgement(packet)) return
      acknowledged++
      if (going) socket.write(nextMessage(filler))
    }
    socket.write(nextMessage(filler))
  }
  await sleep(warmUp)
  const cpuBefore = await subject.cpu()
  const before = acknowledged
  const started = performance.now()
  await sleep(measured)
  const count = acknowledged - before
  const rate = count / ((performance.now() - started) / 1_000)
  const cpu = ((await subject.cpu()) - cpuBefore) / count
  going = false
  await sleep(500)
  return { rate, cpu }
}

const perSecond = 1_000
const marker = /#(\d+)#/

/** A steady load; each message carries its number, and the agent's copy stops its clock. */
async function steady({ visitors, agents }: Crowd): Promise<number[]> {
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
  const patience = performance.now() + 20_000
  while (delays.length < total && performance.now() < patience) await sleep(50)
  for (const agent of agents) agent.onPacket = () => undefined
  if (delays.length < total * 0.99) throw new Error(`only ${delays.length} of ${total} messages arrived`)
  return delays
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
