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

/** The socket came up, went down, or was turned away for good. */
export type LinkNews = { name: 'up' } | { name: 'down' } | { name: 'refused'; reason: RefusalReason }

/** The live way to the server. Credentials are the session's cookie. */
export interface Link {
  /** Never rejects; an answer that did not come in time is `unavailable`: unknown, not failed. */
  request<Name extends AgentRequest>(name: Name, input: AgentInput<Name>): Promise<Ack<AgentAnswers[Name]>>
  on<Name extends keyof AgentAnnouncements>(name: Name, hear: (news: AgentAnnouncements[Name]) => void): void
  onNews(hear: (news: LinkNews) => void): void
  isUp(): boolean
  open(): void
  /** Tries again at once, if it rests between two attempts. */
  hurry(): void
  close(): void
}

const answerWithin = 15_000

export interface LinkOptions {
  /** Where the server is; the page's own by default. */
  address?: string
  /** The first pause after a failure, ms; later ones are longer. */
  restFirst?: number
  /** For where no browser sends the session's cookie by itself. */
  headers?: Record<string, string>
}

export function createLink({ address = '', restFirst = 500, headers }: LinkOptions = {}): Link {
  const socket: Socket = io(`${address}/agent`, {
    path: wirePath,
    autoConnect: false,
    transports: ['websocket', 'polling'],
    reconnectionDelay: restFirst,
    reconnectionDelayMax: Math.max(8_000, restFirst),
    withCredentials: true,
    ...(headers && { extraHeaders: headers }),
  })
  const isResting = watchRest(socket)
  return {
    request: async (name, input) => {
      if (!socket.connected) return failure('unavailable', 'There is no connection.')
      try {
        return await socket.timeout(answerWithin).emitWithAck(name, input)
      } catch {
        return failure('unavailable', 'No answer came in time.')
      }
    },
    on: (name, hear) => void socket.on<string>(name, hear),
    onNews: (hear) => hearNews(socket, hear),
    isUp: () => socket.connected,
    open: () => void socket.connect(),
    hurry: () => {
      // `connect` alone leaves the running pause as it is.
      if (isResting()) socket.disconnect().connect()
    },
    close: () => void socket.disconnect(),
  }
}

/** Whether the library waits for its next attempt by itself. */
function watchRest(socket: Socket): () => boolean {
  let resting = false
  const begin = () => {
    resting = socket.active
  }
  const end = () => {
    resting = false
  }
  socket.on('disconnect', begin)
  socket.on('connect_error', begin)
  socket.on('connect', end)
  socket.io.on('reconnect_attempt', end)
  return () => resting && socket.active
}

function hearNews(socket: Socket, hear: (news: LinkNews) => void): void {
  const refuse = (reason: RefusalReason) => {
    hear({ name: 'refused', reason })
    if (isFinal(reason)) socket.disconnect()
  }
  socket.on('connect', () => hear({ name: 'up' }))
  socket.on('disconnect', (reason) => {
    hear({ name: 'down' })
    // The server let go of this socket; the library waits to be told before it tries again.
    if (reason === 'io server disconnect') socket.connect()
  })
  socket.on('connect_error', (error: Error & { data?: { reason?: string } }) => {
    const reason = refusalReasons.find((one) => one === error.data?.reason)
    if (reason) refuse(reason)
    else hear({ name: 'down' })
    if (!socket.active && !(reason && isFinal(reason))) setTimeout(() => socket.connect(), 3_000)
  })
  socket.on('refused', ({ reason }: { reason: RefusalReason }) => refuse(reason))
}

const isFinal = (reason: RefusalReason): boolean =>
  reason === 'protocol' || reason === 'session' || reason === 'site'
