import { type Crowd, filler, gatherHouseCrowd, isAcknowledgement } from './crowd.ts'
import { type Figure, figure, median, quantile } from './figures.ts'
import { startSubject } from './subject.ts'

const size = { visitors: 200, agents: 5 }
const pace = { perSecond: 500, forMs: 4_000 }
const rounds = 3

/** How long a visitor's message takes to be acknowledged, with `folder` as the store and with an empty one. */
export async function measureAcknowledgements(folder: string, note: string): Promise<Figure> {
  const full = await startSubject('house', [folder])
  const empty = await startSubject('house')
  try {
    const crowds = {
      full: await gatherHouseCrowd(full.hello, size),
      empty: await gatherHouseCrowd(empty.hello, size),
    }
    const delays: { full: number[]; empty: number[] } = { full: [], empty: [] }
    for (let round = 0; round < rounds; round++) {
      delays.full.push(quantile(await steady(crowds.full, pace), 0.5))
      delays.empty.push(quantile(await steady(crowds.empty, pace), 0.5))
    }
    return figure('acknowledge.million', median(delays.full), 'ms', { floor: median(delays.empty), note })
  } finally {
    await Promise.all([full.stop(), empty.stop()])
  }
}

/** Each visitor in turn, so that none has two messages under way. How long each took to be acknowledged, ms. */
export async function steady(
  { visitors }: Crowd,
  { perSecond, forMs }: { perSecond: number; forMs: number },
): Promise<number[]> {
  const delays: number[] = []
  const sentAt = new Map<number, number>()
  for (const [number, { socket }] of visitors.entries())
    socket.onPacket = (packet) => {
      const sent = sentAt.get(number)
      if (!isAcknowledgement(packet) || sent === undefined) return
      sentAt.delete(number)
      delays.push(performance.now() - sent)
    }
  const started = performance.now()
  for (let count = 0; performance.now() - started < forMs; ) {
    const due = ((performance.now() - started) / 1_000) * perSecond
    for (; count < due; count++) {
      const number = count % visitors.length
      if (sentAt.has(number)) continue
      sentAt.set(number, performance.now())
      visitors[number]?.socket.write(visitors[number].nextMessage(filler))
    }
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  for (const { socket } of visitors) socket.onPacket = () => undefined
  return delays
}
