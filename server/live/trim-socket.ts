import { type EngineConnection, isEngineConnection, tcpSocketOf } from './engine.ts'

/**
 * Lets go of the handshake's request, its headers and its response: about 2 kB for every open
 * connection. `conn.request = null` alone frees nothing, since engine.io's upgrade response
 * listens to the TCP socket's `close` and keeps the request alive through it.
 */
export function trimSocket(socket: { conn: object; handshake: object }): void {
  Object.assign(socket, { handshake: noHandshake })
  Object.assign(socket.conn, { request: undefined })
  if (isEngineConnection(socket.conn)) dropResponse(socket.conn)
}

const noHandshake = Object.freeze({})

function dropResponse(connection: EngineConnection): void {
  const tcp = tcpSocketOf(connection)
  for (const listener of tcp?.rawListeners('close') ?? [])
    if (isForwarder(listener)) tcp?.removeListener('close', listener.listener)
}

/** Of the listeners there, the one added by `once` that only passes `close` on. */
const isForwarder = (listener: unknown): listener is { listener: (...args: unknown[]) => void } =>
  typeof listener === 'function' &&
  'listener' in listener &&
  typeof listener.listener === 'function' &&
  listener.listener.toString() === '() => this.emit("close")'
