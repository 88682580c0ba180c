import type { Socket } from 'socket.io-client'
import {
  type EntriesAdded,
  protocolVersion,
  type VisitorAnswers,
  type VisitorAuth,
  type VisitorInput,
  type VisitorRequest,
  wirePath,
} from '../../../shared/protocol.ts'
import type { Ack } from '../../../shared/result.ts'

/** One visitor's socket, as the widget opens it. */
export interface VisitorSocket {
  ask<Name extends VisitorRequest>(name: Name, input: VisitorInput<Name>): Promise<Ack<VisitorAnswers[Name]>>
  onEntries(listener: (added: EntriesAdded) => void): void
  onGone(listener: () => void): void
  close(): void
}

export interface Door {
  /** Where to connect. */
  server: string
  /** What a browser would name as the page's origin. */
  origin: string
  userAgent: string
}

const patience = 10_000

/** Connects and says hello. The package is fetched only where visitors are played. */
export async function openVisitorSocket(
  door: Door,
  auth: VisitorAuth,
  view: { url: string; title: string; referrer: string },
): Promise<VisitorSocket> {
  const { io } = await import('socket.io-client')
  const socket = io(`${door.server}/visitor`, {
    ...{ path: wirePath, auth, transports: ['websocket'], reconnection: false, forceNew: true },
    extraHeaders: { origin: door.origin, 'user-agent': door.userAgent },
  })
  await connected(socket)
  const played: VisitorSocket = {
    ask: (name, input) => socket.timeout(patience).emitWithAck(name, input),
    onEntries: (listener) => void socket.on('entries:added', listener),
    onGone: (listener) => void socket.on('disconnect', listener),
    close: () => void socket.disconnect(),
  }
  await played.ask('hello', { protocolVersion, resume: null, view })
  return played
}

function connected(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', (fault: Error) => {
      socket.disconnect()
      reject(fault)
    })
  })
}
