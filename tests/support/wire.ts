import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client'
import { wirePath } from '../../shared/protocol.ts'
import type { Ack } from '../../shared/result.ts'

export type WireOptions = Partial<ManagerOptions & SocketOptions>

interface Heard {
  name: string
  payload: unknown
}

/** One socket of a namespace: asks, and keeps everything that is announced until a test wants it. */
export class Wire<Answers extends { [Name in keyof Answers]: object }, Announcements> {
  private readonly heardSoFar: Heard[] = []
  private readonly waiting = new Set<() => void>()

  private constructor(readonly socket: Socket) {
    socket.onAny((name: string, payload: unknown) => {
      this.heardSoFar.push({ name, payload })
      for (const look of [...this.waiting]) look()
    })
  }

  /** Resolves when the socket has joined; rejects with the reason of the refusal. */
  static open<Answers extends { [Name in keyof Answers]: object }, Announcements>(
    address: string,
    options: WireOptions,
  ): Promise<Wire<Answers, Announcements>> {
    const socket = io(address, {
      path: wirePath,
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      ...options,
    })
    const wire = new Wire<Answers, Announcements>(socket)
    return new Promise((resolve, reject) => {
      socket.once('connect', () => resolve(wire))
      socket.once('connect_error', (error: Error & { data?: { reason?: string } }) => {
        socket.close()
        reject(new Error(error.data?.reason ?? error.message))
      })
    })
  }

  ask<Name extends keyof Answers & string>(name: Name, payload: unknown): Promise<Ack<Answers[Name]>> {
    return new Promise((resolve, reject) => {
      const cut = () => reject(new Error(`The connection closed before ${name} was acknowledged.`))
      this.socket.once('disconnect', cut)
      this.socket.emit(name, payload, (answer: Ack<Answers[Name]>) => {
        this.socket.off('disconnect', cut)
        resolve(answer)
      })
    })
  }

  /** The same, for when only success will do. */
  async get<Name extends keyof Answers & string>(name: Name, payload: unknown): Promise<Answers[Name]> {
    const answer = await this.ask(name, payload)
    if (!answer.ok) throw new Error(`${name}: ${answer.error.code}, ${answer.error.message}`)
    return answer
  }

  /** The code a request fails with. */
  async failureOf(name: keyof Answers & string, payload: unknown): Promise<string> {
    const answer = await this.ask(name, payload)
    return answer.ok ? 'ok' : answer.error.code
  }

  /** The next announcement of this name that fits, from those not taken yet. */
  heard<Name extends keyof Announcements & string>(
    name: Name,
    fits: (payload: Announcements[Name]) => boolean = () => true,
  ): Promise<Announcements[Name]> {
    const named = (one: Heard): one is { name: Name; payload: Announcements[Name] } => one.name === name
    return new Promise((resolve) => {
      const look = () => {
        const index = this.heardSoFar.findIndex((one) => named(one) && fits(one.payload))
        const found = this.heardSoFar[index]
        if (!found || !named(found)) return
        this.heardSoFar.splice(index, 1)
        this.waiting.delete(look)
        resolve(found.payload)
      }
      this.waiting.add(look)
      look()
    })
  }

  /** Everything announced under these names that nobody took. */
  untaken(...names: (keyof Announcements & string)[]): unknown[] {
    return this.heardSoFar.filter(({ name }) => names.some((one) => one === name)).map((one) => one.payload)
  }

  /** Resolves when the other end has closed the socket. */
  closed(): Promise<void> {
    return new Promise((resolve) => {
      if (this.socket.disconnected) resolve()
      else this.socket.once('disconnect', () => resolve())
    })
  }

  close(): void {
    this.socket.close()
  }
}
