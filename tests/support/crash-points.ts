import { subscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'
import type { History } from '../../server/history/history.ts'

/**
 * Where a server can be told to die, as by `kill -9`. Everything here runs in the process that dies.
 *
 * - `commit:before`: a message has come in, the store has not heard of it
 * - `commit:during`: the store is at work on it
 * - `commit:after`: it is durable, nobody has been told
 * - `acknowledge:before`: the acknowledgement is about to leave
 * - `acknowledge:after`: it has left, for its sender alone perhaps
 * - `fanout:half`: one of several listeners has been told, another has not
 */
export const crashPoints = [
  'commit:before',
  'commit:during',
  'commit:after',
  'acknowledge:before',
  'acknowledge:after',
  'fanout:half',
] as const
/**
 * Where what follows from an entry can be broken off:
 *
 * - `close:after`: a close is durable, and nobody has been told
 * - `job:during`: the lock on ratings is about to be stored
 */
export const jobCrashPoints = ['close:after', 'job:during'] as const
/**
 * Where letting somebody go can be broken off:
 *
 * - `erasure:before`: it was asked for, and the store has not heard of it
 * - `erasure:during`: the store is at work on it
 * - `erasure:deleted`: the rows are gone, what they leave on the disk is not
 * - `erasure:after`: all of it is done, and nobody has been told
 */
export const erasureCrashPoints = [
  'erasure:before',
  'erasure:during',
  'erasure:deleted',
  'erasure:after',
] as const
const everyPoint = [...crashPoints, ...jobCrashPoints, ...erasureCrashPoints]
export type CrashPoint = (typeof everyPoint)[number]

/** Where, and at which passing of that place. */
export interface Crash {
  point: CrashPoint
  nth: number
}

/** As in `commit:after@3`; without a number at the first passing. */
export function readCrash(text: string | undefined): Crash | null {
  const [name, nth = '1'] = (text ?? '').split('@')
  const point = everyPoint.find((one) => one === name)
  return point ? { point, nth: Number(nth) } : null
}

/** Spreading would lose those of a proxy. */
const methodsOf = (visitors: History['visitors']): History['visitors'] => ({
  find: (id) => visitors.find(id),
  findByToken: (siteId, tokenHash) => visitors.findByToken(siteId, tokenHash),
  ensure: (newcomer) => visitors.ensure(newcomer),
  update: (id, change) => visitors.update(id, change),
  letGo: (siteId, most) => visitors.letGo(siteId, most),
})

const die = (): void => {
  process.kill(process.pid, 'SIGKILL')
}

/** Watches over every point; dies at the one it is set to. */
export class CrashPoints {
  #next: Crash | null = null
  #passed = 0

  set(crash: Crash | null): void {
    this.#next = crash
    this.#passed = 0
  }

  /** The record, which the server dies before, during or after writing to. */
  around(history: History): History {
    const { conversations, visitors } = history
    return {
      ...history,
      erasures: this.#aroundErasures(history),
      visitors: {
        ...methodsOf(visitors),
        update: async (id, change) => {
          if (change.surveyedAt !== undefined && this.#isDue('job:during')) die()
          return visitors.update(id, change)
        },
      },
      conversations: {
        ...conversations,
        append: async (append) => {
          const isMessage = append.command.type === 'message'
          if (isMessage && this.#isDue('commit:before')) die()
          const stored = conversations.append(append)
          if (isMessage && this.#isDue('commit:during')) setImmediate(die)
          const outcome = await stored
          if (isMessage && this.#isDue('commit:after')) die()
          if (append.command.type === 'close' && this.#isDue('close:after')) die()
          return outcome
        },
      },
    }
  }

  #aroundErasures({ erasures, visitors }: History): History['erasures'] {
    return {
      held: (id) => erasures.held(id),
      isErased: (siteId, tokenHash) => erasures.isErased(siteId, tokenHash),
      erase: async (id, at) => {
        if (this.#isDue('erasure:before')) die()
        const erased = erasures.erase(id, at)
        if (this.#isDue('erasure:during')) setImmediate(die)
        if (this.#isDue('erasure:deleted')) {
          while (await visitors.find(id)) await new Promise((resolve) => setImmediate(resolve))
          die()
        }
        return erased
      },
      sweep: async () => {
        await erasures.sweep()
        if (this.#isDue('erasure:after')) die()
      },
    }
  }

  /** What leaves the process on any connection, whatever part of the server has written it. */
  watchSockets(): void {
    subscribe('net.server.socket', (message) => {
      if (hasSocket(message)) this.#watch(message.socket)
    })
  }

  #watch(socket: Socket): void {
    const write = socket.write.bind(socket)
    socket.write = (bytes: Uint8Array | string, ...rest: unknown[]) => {
      const pass = (then?: () => void) => Reflect.apply(write, socket, withCallback([bytes, ...rest], then))
      if (!this.#next) return pass()
      const text = typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('latin1')
      if (this.#next.point === 'fanout:half') return this.#tell(socket, text, pass)
      if (!acknowledgement.test(text)) return pass()
      if (this.#isDue('acknowledge:before')) die()
      return pass(this.#isDue('acknowledge:after') ? die : undefined)
    }
  }

  #told: Socket | null = null
  #doomed = false

  /** The first to be told is told; whatever is written to another meanwhile is never written. */
  #tell(socket: Socket, text: string, pass: (then?: () => void) => boolean): boolean {
    if (this.#doomed) return this.#told === socket ? pass() : true
    if (!announcement.test(text)) return pass()
    if (this.#told === null || this.#told === socket) {
      this.#told = socket
      return pass(() => {
        if (this.#doomed) die()
        this.#told = null
      })
    }
    this.#doomed = this.#isDue('fanout:half')
    return this.#doomed || pass()
  }

  #isDue(point: CrashPoint): boolean {
    return this.#next?.point === point && ++this.#passed === this.#next.nth
  }
}

/** Of a message, to its sender. */
const acknowledgement = /3\/(visitor|agent),\d+\[\{"ok":true.*"duplicate":/s
/** To those who listen. */
const announcement = /2\/(visitor|agent),\["(entries:added|conversation:started)"/

const hasSocket = (message: unknown): message is { socket: Socket } =>
  typeof message === 'object' && message !== null && 'socket' in message

/** The arguments of a `write`, with something more to do once it is done. */
function withCallback(written: unknown[], then: (() => void) | undefined): unknown[] {
  if (!then) return written
  const last = written.at(-1)
  if (typeof last !== 'function') return [...written, then]
  const both = (error?: Error | null) => {
    last(error)
    then()
  }
  return [...written.slice(0, -1), both]
}
