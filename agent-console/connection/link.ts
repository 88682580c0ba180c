import { io, type Socket } from 'socket.io-client'
import {
  type AgentAnnouncements,
  type AgentAnswers,
  type AgentInput,
  type AgentRequest,
  type RefusalReason,
  refusalReasons,
  wirePath,
} from '../../shared/protocol.ts'
import { type Ack, failure } from '../../shared/result.ts'
import { InTurn } from './in-turn.ts'
import { Retrying } from './retrying.ts'

/** The socket came up, went down, or was turned away for good. */
export type LinkNews = { name: 'up' } | { name: 'down' } | { name: 'refused'; reason: RefusalReason }

/**
 * The live way to the server. Credentials are the session's cookie. What the server says is heard in its order:
 * whoever waits for an answer has gone on with it before what was said behind it is heard.
 */
export interface Link {
  /** Never rejects; an answer that did not come in time is `unavailable`: unknown, not failed. */
  request<Name extends AgentRequest>(name: Name, input: AgentInput<Name>): Promise<Ack<AgentAnswers[Name]>>
  on<Name extends keyof AgentAnnouncements>(name: Name, hear: (news: AgentAnnouncements[Name]) => void): void
  onNews(hear: (news: LinkNews) => void): void
  isUp(): boolean
  /** Packets that have come in so far, of whatever kind: while this stands still, nobody may be there. */
  heard(): number
  open(): void
  /** Tries again at once where it rests between two attempts, or an attempt hangs. */
  hurry(): void
  /** Gives up a connection that only seems to be one, and makes another. */
  renew(): void
  close(): void
}

/** An attempt that takes longer is given up; a socket that is swallowed on the way never fails by itself. */
const connectWithin = 8_000

export interface LinkOptions {
  /** Where the server is; the page's own by default. */
  address?: string
  /** The first pause after a failure, ms; later ones are longer. */
  restFirst?: number
  /** How long an answer may take, ms. */
  answerWithin?: number
  /** Outside a browser, which sends its cookies by itself. */
  headers?: Record<string, string>
}

export function createLink(options: LinkOptions = {}): Link {
  const { address = '', restFirst = 500, answerWithin = 15_000, headers } = options
  const restMost = Math.max(8_000, restFirst)
  const socket: Socket = io(`${address}/agent`, {
    path: wirePath,
    autoConnect: false,
    forceNew: true,
    transports: ['websocket', 'polling'],
    // Where WebSockets are blocked, by long polling.
    tryAllTransports: true,
    timeout: connectWithin,
    reconnectionDelay: restFirst,
    reconnectionDelayMax: restMost,
    withCredentials: true,
    ...(headers && { extraHeaders: headers }),
  })
  const retrying = new Retrying(socket, { restFirst, restMost })
  const heard = countPackets(socket)
  const inTurn = new InTurn()
  return {
    request: async (name, input) => {
      const before = heard()
      const answer = await ask({ socket, inTurn, answerWithin }, name, input)
      // Neither an answer nor anything else: whoever was there is not there any more.
      if (!answer.ok && socket.connected && heard() === before) retrying.renew()
      return answer
    },
    on: (name, hear) => void socket.on<string>(name, (news) => inTurn.run(() => hear(news))),
    onNews: (hear) => hearNews(socket, retrying, hear),
    isUp: () => socket.connected,
    heard,
    open: () => retrying.begin(),
    hurry: () => retrying.hurry(),
    renew: () => retrying.renew(),
    close: () => retrying.end(),
  }
}

interface Asking {
  socket: Socket
  inTurn: InTurn
  answerWithin: number
}

/** Settles as soon as the connection is gone: what went over it will not be answered any more. */
function ask<Name extends AgentRequest>(
  { socket, inTurn, answerWithin }: Asking,
  name: Name,
  input: AgentInput<Name>,
): Promise<Ack<AgentAnswers[Name]>> {
  if (!socket.connected) return Promise.resolve(failure('unavailable', 'There is no connection.'))
  return new Promise((resolve) => {
    const lost = () => settle(failure('unavailable', 'The connection was lost.'))
    const settle = (answer: Ack<AgentAnswers[Name]>) => {
      socket.off('disconnect', lost)
      resolve(answer)
    }
    socket.on('disconnect', lost)
    socket.timeout(answerWithin).emit(name, input, (late: Error | null, answer: Ack<AgentAnswers[Name]>) => {
      inTurn.run(() => settle(late ? failure('unavailable', 'No answer came in time.') : answer))
    })
  })
}

function countPackets(socket: Socket): () => number {
  let heard = 0
  socket.io.on('open', () => {
    socket.io.engine.on('packet', () => {
      heard++
    })
  })
  return () => heard
}

function hearNews(socket: Socket, retrying: Retrying, hear: (news: LinkNews) => void): void {
  const refuse = (reason: RefusalReason) => {
    hear({ name: 'refused', reason })
    if (isFinal(reason)) retrying.end()
  }
  socket.on('connect', () => hear({ name: 'up' }))
  socket.on('disconnect', () => hear({ name: 'down' }))
  socket.on('connect_error', (error: Error & { data?: { reason?: string } }) => {
    const reason = refusalReasons.find((one) => one === error.data?.reason)
    if (reason) refuse(reason)
    else hear({ name: 'down' })
  })
  socket.on('refused', ({ reason }: { reason: RefusalReason }) => refuse(reason))
}

const isFinal = (reason: RefusalReason): boolean =>
  reason === 'protocol' || reason === 'session' || reason === 'site'
