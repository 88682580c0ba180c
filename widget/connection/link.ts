import { Manager } from 'socket.io-client'
import { times } from '../../shared/limits.ts'
import {
  type RefusalReason,
  refusalReasons,
  type VisitorAnnouncements,
  type VisitorAnswers,
  type VisitorAuth,
  type VisitorInput,
  type VisitorRequest,
  wirePath,
} from '../../shared/protocol.ts'
import { type Ack, failure, type Result, success } from '../../shared/result.ts'

/** How long an answer may take before its request counts as unconfirmed. */
const answerWithin = 15_000

/** Reasons that waiting does not mend. */
const final: ReadonlySet<RefusalReason> = new Set(['protocol', 'site', 'erased'])

export type Announcement = {
  [Name in keyof VisitorAnnouncements]: { name: Name; payload: VisitorAnnouncements[Name] }
}[keyof VisitorAnnouncements]

export interface LinkOptions {
  base: string
  /** Asked at each connect, since token and consent may have changed. */
  auth(): VisitorAuth
  connected(): void
  disconnected(): void
  refused(reason: RefusalReason): void
  announced(announcement: Announcement): void
}

export type Ask = <Name extends VisitorRequest>(
  name: Name,
  input: VisitorInput<Name>,
) => Promise<Result<VisitorAnswers[Name]>>

export interface Link {
  /** Never rejects: no connection and no answer are failures that may be tried again. */
  ask: Ask
  connected(): boolean
  /** Tries now instead of when the back-off ends. */
  wake(): void
  /** Closes until `wake`. */
  sleep(): void
}

/** The one socket of this page. Connects by itself, for ever, with jittered back-off. */
export function openLink(options: LinkOptions): Link {
  const manager = new Manager(options.base, {
    path: wirePath,
    transports: ['websocket'],
    reconnectionDelay: times.retryFirst,
    reconnectionDelayMax: times.retryMost,
  })
  const socket = manager.socket('/visitor', { auth: (give) => give(options.auth()) })
  const refuse = (reason: RefusalReason) => {
    if (final.has(reason)) socket.disconnect()
    options.refused(reason)
  }
  const wake = () => {
    if (socket.connected) return
    socket.disconnect().connect()
  }
  socket.on('connect', options.connected)
  socket.on('disconnect', (reason) => {
    options.disconnected()
    // Closed by the server on purpose: the client does not try again by itself.
    if (reason === 'io server disconnect') setTimeout(wake, times.retryFirst)
  })
  socket.on('connect_error', (error: Error & { data?: { reason?: string } }) => {
    const reason = refusalReasons.find((one) => one === error.data?.reason)
    if (reason) refuse(reason)
    else options.disconnected()
  })
  socket.onAny((name, payload) => {
    if (name === 'refused') refuse(payload.reason)
    else options.announced({ name, payload })
  })
  return {
    ask: async <Name extends VisitorRequest>(name: Name, input: VisitorInput<Name>) => {
      if (!socket.connected) return failure('unavailable', 'not connected')
      try {
        return unwrap<VisitorAnswers[Name]>(await socket.timeout(answerWithin).emitWithAck(name, input))
      } catch {
        return failure('unavailable', 'not confirmed')
      }
    },
    connected: () => socket.connected,
    wake,
    sleep: () => socket.disconnect(),
  }
}

function unwrap<Answer extends object>(ack: Ack<Answer>): Result<Answer> {
  return ack.ok ? success(ack) : ack
}
