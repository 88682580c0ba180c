import type { Socket } from 'socket.io'

/*
 * What we use of engine.io, ws and Socket.IO beyond their types. Each is looked for, never assumed: another
 * version of the library costs speed or memory, not correctness.
 */

export interface TcpSocket {
  write(bytes: Buffer): boolean
  destroy(): void
  writableLength: number
  rawListeners(event: string): unknown[]
  removeListener(event: string, listener: (...args: unknown[]) => void): unknown
}

export interface EnginePacket {
  type: string
  data?: unknown
  /** `wsPreEncodedFrame`: of a broadcast. */
  options?: { wsPreEncodedFrame?: Buffer[] }
}

export interface EngineConnection {
  readyState: string
  /** A client moves from polling to a WebSocket. */
  upgrading: boolean
  transport: object
  writeBuffer: EnginePacket[]
  /** To be told when what is in `writeBuffer` is written. */
  packetsFn: unknown[]
  flush(): void
  emit(event: 'drain'): boolean
  close(discard?: boolean): void
}

const has = (value: unknown, key: string): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && key in value

export const isEngineConnection = (value: unknown): value is EngineConnection =>
  has(value, 'transport') &&
  has(value, 'writeBuffer') &&
  Array.isArray(value.writeBuffer) &&
  has(value, 'packetsFn') &&
  Array.isArray(value.packetsFn) &&
  typeof value.emit === 'function' &&
  typeof value.flush === 'function' &&
  typeof value.close === 'function'

const isTcpSocket = (value: unknown): value is TcpSocket =>
  has(value, 'write') && typeof value.write === 'function' && typeof value.rawListeners === 'function'

const openWebSocket = 1

/** The TCP socket below an open WebSocket; null while polling. */
export function tcpSocketOf(connection: EngineConnection): TcpSocket | null {
  const { transport } = connection
  if (!has(transport, 'socket') || !has(transport.socket, '_socket')) return null
  if (!has(transport.socket, 'readyState') || transport.socket.readyState !== openWebSocket) return null
  return isTcpSocket(transport.socket._socket) ? transport.socket._socket : null
}

/** No listener of Socket.IO's own is ever reached: `next` is never called, and its chain of middlewares is passed by. */
export function takeEvents(socket: Pick<Socket, 'use'>, take: (event: unknown[]) => void): void {
  socket.use(take)
  const inner: unknown = socket
  if (has(inner, 'dispatch') && typeof inner.dispatch === 'function') inner.dispatch = take
}
