/*
 * What we use of engine.io and ws beyond their types. Each is looked for, never assumed: another
 * version of the library costs speed or memory, not correctness.
 */

interface TcpSocket {
  cork(): void
  uncork(): void
  destroy(): void
  writableLength: number
  rawListeners(event: string): unknown[]
  removeListener(event: string, listener: (...args: unknown[]) => void): unknown
}

export interface EngineConnection {
  readyState: string
  transport: object
  writeBuffer: { data?: unknown }[]
  flush(): void
  close(discard?: boolean): void
}

const has = (value: unknown, key: string): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && key in value

export const isEngineConnection = (value: unknown): value is EngineConnection =>
  has(value, 'transport') &&
  has(value, 'writeBuffer') &&
  Array.isArray(value.writeBuffer) &&
  typeof value.flush === 'function' &&
  typeof value.close === 'function'

const isTcpSocket = (value: unknown): value is TcpSocket =>
  has(value, 'cork') && typeof value.cork === 'function' && typeof value.rawListeners === 'function'

/** The TCP socket below a WebSocket connection; null while polling. */
export function tcpSocketOf(connection: EngineConnection): TcpSocket | null {
  const { transport } = connection
  if (!has(transport, 'socket') || !has(transport.socket, '_socket')) return null
  return isTcpSocket(transport.socket._socket) ? transport.socket._socket : null
}

export const isWritable = (connection: EngineConnection): boolean =>
  has(connection.transport, 'writable') && connection.transport.writable === true
