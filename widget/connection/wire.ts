import { failure } from '../../shared/result.ts'
import { toJson } from '../../shared/text/json.ts'

/*
 * Socket.IO 5 on Engine.IO 4 as far as a visitor needs it: one namespace, text frames, over whatever line is given.
 * The packaged client is ten times the size of this, and the visitor pays for it on every first visit.
 */

/** What carries the frames. */
export interface Line {
  send(frame: string): void
  close(): void
}
/** `ended` is called when it broke, and may be called when it was closed. */
export type OpenLine = (address: string, heard: (frame: string) => void, ended: () => void) => Line

export interface WireOptions<Said> {
  open: OpenLine
  /** Such as `https://chat.example.com/live`. */
  address: string
  /** Such as `/visitor`. */
  namespace: string
  auth: object
  connected(): void
  /** Called once, whatever ended it; `reason` is what the server gave for turning this socket away. */
  ended(reason?: string): void
  /** Name and payload, as they were sent. */
  heard(said: Said): void
}

export interface Wire {
  /** Calls `answered` with the acknowledgement, or with a failure when the connection ends before. */
  send<Answer>(name: string, payload: unknown, answered: (answer: Answer) => void): void
  /** Ends unless something is heard soon. */
  doubt(): void
  close(): void
}

// A frame begins with the kind of Engine.IO; a message goes on with the kind of Socket.IO.
const [opened, closed, ping, message] = ['0', '1', '2', '4']
const [connect, disconnect, event, acknowledge, refuse] = ['0', '1', '2', '3', '4']
const pong = '3'

const unconfirmed = [failure('unavailable', 'not confirmed')]

/** How long a line may take to open, and a server to show that it is still there. */
const opensWithin = 8_000
const showsWithin = 5_000

export const openSocket: OpenLine = (address, heard, ended) => {
  const socket = new WebSocket(`${address.replace(/^http/, 'ws')}/?EIO=4&transport=websocket`)
  socket.onmessage = ({ data }) => heard(`${data}`)
  // Where the page's policy forbids it, a browser may tell of an error and of no end.
  socket.onerror = socket.onclose = ended
  return socket
}

export function openWire<Said>(options: WireOptions<Said>): Wire {
  const waiting: Waiting = new Map()
  let [asked, patience, over] = [0, opensWithin, false]
  let silence: ReturnType<typeof setTimeout>

  const end = (reason?: string) => {
    if (over) return
    over = true
    clearTimeout(silence)
    line.close()
    for (const answered of waiting.values()) Reflect.apply(answered, undefined, unconfirmed)
    options.ended(reason)
  }
  /** A half-open connection says nothing for longer than the server's pings are apart. */
  const listen = (limit = patience) => {
    clearTimeout(silence)
    silence = setTimeout(end, limit)
  }
  const packet = (kind: string, body: unknown, id: number | '' = '') =>
    line.send(`${message}${kind}${options.namespace},${id}${toJson(body)}`)
  const received = (kind: string | undefined, { id, said }: ReturnType<typeof read>) => {
    if (kind === connect) options.connected()
    else if (kind === event) options.heard(said)
    else if (kind === refuse || kind === disconnect) end(said?.data?.reason)
    else if (kind === acknowledge) answer(waiting, id, said)
  }
  const take = (frame: string) => {
    if (frame[0] === opened) {
      patience = patienceOf(frame.slice(1))
      packet(connect, options.auth)
    } else if (frame[0] === ping) line.send(pong)
    else if (frame[0] === message) received(frame[1], read(frame.slice(2)))
    else if (frame[0] === closed) end()
  }
  const heard = (frame: string) => {
    if (over) return
    listen()
    attempt(() => take(frame))
  }
  const line = options.open(options.address, heard, () => end())
  listen()
  return {
    send(name, payload, answered) {
      waiting.set(++asked, answered)
      packet(event, [name, payload], asked)
    },
    doubt: () => listen(showsWithin),
    close: () => end(),
  }
}

type Waiting = Map<number, (answer: never) => void>

function answer(waiting: Waiting, id: number, said: never[]): void {
  const answered = waiting.get(id)
  waiting.delete(id)
  if (answered) Reflect.apply(answered, undefined, said)
}

/** A packet that cannot be read, or that a listener trips over, takes nothing else with it. */
function attempt(action: () => void): void {
  try {
    action()
  } catch (error) {
    console.warn('Ahlan:', error)
  }
}

/** How long the server may be silent, by its own handshake. */
function patienceOf(handshake: string): number {
  const { pingInterval, pingTimeout } = JSON.parse(handshake)
  return pingInterval + pingTimeout
}

/** A packet after its kind: namespace, comma, number of the request, body. */
function read(packet: string) {
  const [, id, body] = /^[^,]*,(\d*)(.*)$/s.exec(packet) ?? []
  return { id: Number(id), said: body ? JSON.parse(body) : null }
}
