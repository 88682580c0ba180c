import type { Socket } from 'socket.io-client'

export interface Pace {
  /** Pauses between two attempts, ms: the first, and the longest. */
  restFirst: number
  restMost: number
}

/** An attempt younger than this is left to itself: several signs of waking up come at once. */
const attemptHangs = 1_000

/**
 * Keeps the socket trying for as long as it is wanted. The library tries by itself after a failure of the
 * connection, but not after the server has closed or refused the socket: then this does, never at once,
 * since all the others were let go in the same moment.
 */
export class Retrying {
  readonly #socket: Socket
  readonly #pace: Pace
  #wanted = false
  #refusals = 0
  #triesSince = 0
  #libraryRests = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(socket: Socket, pace: Pace) {
    this.#socket = socket
    this.#pace = pace
    socket.on('connect', () => {
      this.#refusals = 0
      this.#tries()
    })
    socket.on('disconnect', () => this.#rest())
    socket.on('connect_error', (error: Error) => {
      if (error.message === 'timeout') preferPolling(socket)
      this.#rest()
    })
    socket.io.on('reconnect_attempt', () => this.#tries())
  }

  begin(): void {
    this.#wanted = true
    this.#connect()
  }

  hurry(): void {
    const { connected } = this.#socket
    if (!this.#wanted || connected) return
    const rests = this.#libraryRests || this.#timer !== undefined
    if (!rests && Date.now() - this.#triesSince <= attemptHangs) return
    // Signs of waking up that come again and again would never let a swallowed WebSocket time out.
    if (!rests) preferPolling(this.#socket)
    this.renew()
  }

  renew(): void {
    if (!this.#wanted) return
    // `connect` alone leaves a running pause, and a hanging attempt, as they are.
    this.#socket.disconnect()
    this.#connect()
  }

  end(): void {
    this.#wanted = false
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#socket.disconnect()
  }

  #connect(): void {
    this.#tries()
    this.#socket.connect()
  }

  #tries(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#libraryRests = false
    this.#triesSince = Date.now()
  }

  #rest(): void {
    // What was written to a connection that is gone is sent again by those who wait for its answer.
    this.#socket.sendBuffer.length = 0
    this.#libraryRests = this.#socket.active
    if (this.#libraryRests || !this.#wanted || this.#timer !== undefined) return
    const { restFirst, restMost } = this.#pace
    const rest = Math.min(restMost, restFirst * 2 ** this.#refusals++) * (0.5 + 1.5 * Math.random())
    this.#timer = setTimeout(() => this.#connect(), rest)
  }
}

/** Something on the way swallows WebSockets without a word. */
function preferPolling({ io: manager }: Socket): void {
  manager.opts.transports = ['polling', 'websocket']
}
