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
export type CrashPoint = (typeof crashPoints)[number]

/** Where, and at which passing of that place. */
export interface Crash {
  point: CrashPoint
  nth: number
}

/** As in `commit:after@3`; without a number at the first passing. */
export function readCrash(text: string | undefined): Crash | null {
  const [name, nth = '1'] = (text ?? '').split('@')
  const point = crashPoints.find((one) => one === name)
  return point ? { point, nth: Number(nth) } : null
}

const die = (): void => {
  process.kill(process.pid, 'SIGKILL')
}

/** Calls `act` at the nth passing of a place. */
function onPassing(nth: number): () => boolean {
  let passed = 0
  return () => ++passed === nth
}

/** The record, which the server dies before, during or after writing to. */
export function crashAround(history: History, { point, nth }: Crash): History {
  const due = onPassing(nth)
  const { conversations } = history
  return {
    ...history,
    conversations: {
      ...conversations,
      async append(append) {
        const now = append.command.type === 'message' && point.startsWith('commit:') && due()
        if (now && point === 'commit:before') die()
        const stored = conversations.append(append)
        if (now && point === 'commit:during') setImmediate(die)
        const outcome = await stored
        if (now) die()
        return outcome
      },
    },
  }
}

/** Watches what leaves the process on any connection, whatever part of the server has written it. */
export function crashOnTheWire({ point, nth }: Crash): void {
  if (point.startsWith('commit:')) return
  const due = onPassing(nth)
  const fanOut = point === 'fanout:half' ? halfWay(due) : null
  subscribe('net.server.socket', (message) => {
    if (!hasSocket(message)) return
    const { socket } = message
    const write = socket.write.bind(socket)
    socket.write = (bytes: Uint8Array | string, ...rest: unknown[]) => {
      const text = typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('latin1')
      const pass = (then?: () => void) => Reflect.apply(write, socket, withCallback([bytes, ...rest], then))
      if (fanOut) return fanOut(socket, text, pass)
      if (!acknowledgement.test(text) || !due()) return pass()
      if (point === 'acknowledge:before') die()
      return pass(die)
    }
  })
}

/** The first to be told is told; whatever is written to another meanwhile is never written. */
function halfWay(due: () => boolean) {
  let told: Socket | null = null
  let doomed = false
  return (socket: Socket, text: string, pass: (then?: () => void) => boolean): boolean => {
    if (doomed) return told === socket ? pass() : true
    if (!announcement.test(text)) return pass()
    if (told === null || told === socket) {
      told = socket
      return pass(() => {
        if (doomed) die()
        told = null
      })
    }
    if (due()) doomed = true
    return doomed || pass()
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
