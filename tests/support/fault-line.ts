import { connect, type Socket } from 'node:net'

/** `up`: from client to server; `down`: from server to client. */
export type Direction = 'up' | 'down'

export type Flow =
  | { name: 'pass' }
  | { name: 'delay'; ms: number }
  /** `breaks`, asked for each piece that comes through, may reset the connection instead. */
  | { name: 'throttle'; bytesPerSecond: number; breaks?: () => boolean }
  /** Kept back until the flow is another; nobody notices but by the silence. */
  | { name: 'hold' }
  /** Swallowed for good, the end of the other side included: the connection is half open. */
  | { name: 'drop' }
  /** Lets so many bytes more through, counted from where `at` first shows if that is given, then resets. */
  | { name: 'cut'; after: number; at?: RegExp }

export interface LineParts {
  client: Socket
  server: Socket
  ended(): void
  /** A `cut` flow has done its work. */
  cut(): void
}

/** One connection through the proxy. */
export class Line {
  readonly #parts: LineParts
  readonly #pipes: Record<Direction, Pipe>
  #over = false

  constructor(parts: LineParts) {
    this.#parts = parts
    const { client, server } = parts
    const cut = () => {
      this.reset()
      parts.cut()
    }
    this.#pipes = {
      up: new Pipe({ from: client, to: server, cut, lost: () => this.#end('up') }),
      down: new Pipe({ from: server, to: client, cut, lost: () => this.#end('down') }),
    }
  }

  /** Bytes are missing: nothing sensible can pass here any more. */
  get hasSwallowed(): boolean {
    return this.#pipes.up.hasSwallowed || this.#pipes.down.hasSwallowed
  }
  get isOver(): boolean {
    return this.#over
  }
  /** Bytes the sender of this direction has given so far, whatever became of them. */
  taken(direction: Direction): number {
    return this.#pipes[direction].taken
  }

  set(flow: Flow, direction?: Direction): void {
    for (const one of direction ? [direction] : (['up', 'down'] as const)) this.#pipes[one].set(flow)
  }

  /** Both ends see a connection reset by its peer. */
  reset(): void {
    this.#parts.client.resetAndDestroy()
    this.#parts.server.resetAndDestroy()
    this.#finish()
  }

  /** Says everything the client has said a second time, on a connection of its own, deaf to the answers. */
  replay(): Promise<void> {
    const port = this.#parts.server.remotePort
    if (port === undefined) return Promise.reject(new Error('There is no server to say it to.'))
    return new Promise((resolve, reject) => {
      const again = connect({ port, host: '127.0.0.1' })
      again.once('error', reject)
      // Answered at all means heard; what follows the first answer is heard in the same turn.
      again.once('data', () => again.end(resolve))
      for (const bytes of this.#pipes.up.past) again.write(bytes)
    })
  }

  /** One end is gone; the other is told, unless nothing gets through to it. */
  #end(from: Direction): void {
    const { flow } = this.#pipes[from]
    if (flow.name === 'drop' || flow.name === 'hold') return
    this.reset()
  }

  #finish(): void {
    if (this.#over) return
    this.#over = true
    this.#pipes.up.stop()
    this.#pipes.down.stop()
    this.#parts.ended()
  }
}

interface PipeParts {
  from: Socket
  to: Socket
  cut(): void
  /** The sender's end broke or closed. */
  lost(): void
}

/** What a sender gave, on its way: bytes, or that there will be no more. */
interface Piece {
  bytes: Buffer | null
  due: number
}

class Pipe {
  flow: Flow = { name: 'pass' }
  hasSwallowed = false
  taken = 0
  /** What the sender said, for saying it again; bounded, since only beginnings are replayed. */
  readonly past: Buffer[] = []
  readonly #parts: PipeParts
  #queue: Piece[] = []
  #timer: NodeJS.Timeout | undefined
  #free = 0
  /** Bytes that may still pass before the cut; null until `at` has shown. */
  #left: number | null = null
  #lost = false

  constructor(parts: PipeParts) {
    this.#parts = parts
    const { from } = parts
    from.on('data', (bytes: Buffer) => this.#take(bytes))
    from.on('end', () => this.#push({ bytes: null, due: 0 }))
    from.on('error', () => this.#lose())
    from.on('close', () => this.#lose())
  }

  set(flow: Flow): void {
    this.flow = flow
    this.#left = flow.name === 'cut' && !flow.at ? flow.after : null
    this.#pump()
    if (this.#lost) this.#parts.lost()
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#queue = []
  }

  #take(bytes: Buffer): void {
    this.taken += bytes.length
    if (this.taken < mostReplayed) this.past.push(bytes)
    const { flow } = this
    // A slow network brings little by little, not everything late.
    const most = flow.name === 'throttle' ? Math.ceil(flow.bytesPerSecond / 50) : bytes.length
    for (let at = 0; at < bytes.length; at += most) {
      const part = bytes.subarray(at, at + most)
      this.#push({ bytes: part, due: this.#due(part.length) })
    }
  }

  #due(length: number): number {
    const now = performance.now()
    if (this.flow.name === 'delay') return now + this.flow.ms
    if (this.flow.name !== 'throttle') return now
    this.#free = Math.max(this.#free, now) + (length * 1_000) / this.flow.bytesPerSecond
    return this.#free
  }

  #push(piece: Piece): void {
    this.#queue.push(piece)
    this.#pump()
  }

  #pump(): void {
    clearTimeout(this.#timer)
    while (this.#queue.length > 0 && this.flow.name !== 'hold') {
      const [piece] = this.#queue
      if (!piece) return
      const wait = isSlow(this.flow) ? piece.due - performance.now() : 0
      if (wait > 0) {
        this.#timer = setTimeout(() => this.#pump(), wait)
        return
      }
      this.#queue.shift()
      this.#pass(piece.bytes)
    }
  }

  #pass(bytes: Buffer | null): void {
    if (this.flow.name === 'drop') {
      this.hasSwallowed = true
      return
    }
    if (bytes === null) this.#parts.to.end()
    else if (this.flow.name === 'throttle' && this.flow.breaks?.()) this.#parts.cut()
    else if (this.flow.name === 'cut') this.#passUntilCut(bytes, this.flow)
    else this.#parts.to.write(bytes)
  }

  #passUntilCut(bytes: Buffer, { after, at }: Extract<Flow, { name: 'cut' }>): void {
    const { to, cut } = this.#parts
    const shown = this.#left === null && at ? (at.exec(bytes.toString('latin1'))?.index ?? -1) : 0
    if (shown < 0) {
      to.write(bytes)
      return
    }
    const left = this.#left ?? shown + after
    this.#left = left - bytes.length
    if (bytes.length < left) to.write(bytes)
    // The reset follows once the last bytes have left, else it would take them with it.
    else if (left > 0) to.write(bytes.subarray(0, left), cut)
    else cut()
  }

  #lose(): void {
    if (this.#lost) return
    this.#lost = true
    this.#parts.lost()
  }
}

const isSlow = (flow: Flow): boolean => flow.name === 'delay' || flow.name === 'throttle'

const mostReplayed = 256 * 1024
