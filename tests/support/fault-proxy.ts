import { connect, createServer, type Server, type Socket } from 'node:net'
import { type Direction, type Flow, Line } from './fault-line.ts'

export type { Direction, Flow } from './fault-line.ts'

/** A network of the tests' own, between clients and a server; as bad as a test wants it, at any moment. */
export interface FaultProxy {
  /** Origin clients talk to. */
  readonly url: string
  readonly port: number
  /** Connections that are open now, oldest first. */
  readonly lines: readonly Line[]
  /** How many newcomers there have been so far, and how many of them were turned away. */
  readonly called: number
  readonly turnedAway: number
  /** Where new connections lead from now on; null: nobody is there. */
  lead(upstream: number | string | null): void
  /** How bytes flow in one direction, or in both, on the connections there are and on those to come. */
  set(flow: Flow, direction?: Direction): void
  /** Turns newcomers away, as a firewall or a stopped server does; those who are in stay. */
  refuse(refusing?: boolean): void
  /** Resets every connection there is. */
  cut(): void
  /** Everything passes again. What was swallowed is gone, and so are the connections it was swallowed on. */
  heal(): void
  /** Resolves when a connection has come in that was not there yet. */
  nextLine(): Promise<Line>
  /** Resolves when a `cut` flow has cut. */
  nextCut(): Promise<void>
  close(): Promise<void>
}

export async function openFaultProxy(upstream: number | string | null = null): Promise<FaultProxy> {
  const proxy = new LoopbackProxy()
  proxy.lead(upstream)
  await proxy.listen()
  return proxy
}

class LoopbackProxy implements FaultProxy {
  readonly #server: Server
  readonly #lines = new Set<Line>()
  readonly #flows: Record<Direction, Flow> = { up: { name: 'pass' }, down: { name: 'pass' } }
  #upstream: number | null = null
  #refusing = false
  called = 0
  turnedAway = 0
  #comers: ((line: Line) => void)[] = []
  #cutters: (() => void)[] = []

  constructor() {
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => this.#accept(client))
  }

  get port(): number {
    const address = this.#server.address()
    return typeof address === 'object' && address ? address.port : 0
  }
  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }
  get lines(): readonly Line[] {
    return [...this.#lines]
  }

  listen(): Promise<void> {
    return new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
  }

  lead(upstream: number | string | null): void {
    this.#upstream = typeof upstream === 'string' ? Number(new URL(upstream).port) : upstream
  }

  set(flow: Flow, direction?: Direction): void {
    for (const one of direction ? [direction] : (['up', 'down'] as const)) {
      this.#flows[one] = flow
      for (const line of this.#lines) line.set(flow, one)
    }
  }

  refuse(refusing = true): void {
    this.#refusing = refusing
  }

  cut(): void {
    for (const line of [...this.#lines]) line.reset()
  }

  heal(): void {
    this.#refusing = false
    for (const line of this.#lines) if (line.hasSwallowed) line.reset()
    this.set({ name: 'pass' })
  }

  nextLine(): Promise<Line> {
    return new Promise((resolve) => this.#comers.push(resolve))
  }

  nextCut(): Promise<void> {
    return new Promise((resolve) => this.#cutters.push(resolve))
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve))
    this.#refusing = true
    this.cut()
    await closed
  }

  #accept(client: Socket): void {
    this.called++
    if (this.#refusing || this.#upstream === null) {
      this.turnedAway++
      client.on('error', () => client.destroy())
      client.resetAndDestroy()
      return
    }
    const server = connect({ port: this.#upstream, host: '127.0.0.1', allowHalfOpen: true, noDelay: true })
    const line = new Line({
      ...{ client, server },
      ended: () => this.#lines.delete(line),
      cut: () => tellAll(this.#cutters.splice(0), undefined),
    })
    line.set(this.#flows.up, 'up')
    line.set(this.#flows.down, 'down')
    this.#lines.add(line)
    tellAll(this.#comers.splice(0), line)
  }
}

const tellAll = <T>(listeners: ((news: T) => void)[], news: T): void => {
  for (const listener of listeners) listener(news)
}
