import { type EngineConnection, isEngineConnection, isWritable, tcpSocketOf } from './engine.ts'

/** A reader this far behind is cut off: it can catch up from the store, memory cannot. */
const mostQueuedPackets = 4_096
const mostQueuedBytes = 1024 * 1024

const waiting = new Set<EngineConnection>()
let scheduled = false

/**
 * Gathers all packets that one turn of the event loop has for a connection into one write.
 * engine.io flushes at every packet, and each flush is a system call: at thousands of messages
 * a second the calls cost more than the messages.
 */
export function flushPerTurn(connection: unknown): void {
  if (isEngineConnection(connection)) connection.flush = flushLater
}

/** Shared by all connections, so that a closure each is not kept in memory. */
function flushLater(this: EngineConnection): void {
  waiting.add(this)
  if (scheduled) return
  scheduled = true
  setImmediate(flushAll)
}

function flushAll(): void {
  scheduled = false
  const due = [...waiting]
  waiting.clear()
  for (const connection of due) flushNow(connection)
}

function flushNow(connection: EngineConnection): void {
  if (isWritable(connection)) writeAll(connection)
  else cutSlowReader(connection)
}

function writeAll(connection: EngineConnection): void {
  const tcp = tcpSocketOf(connection)
  tcp?.cork()
  try {
    Object.getPrototypeOf(connection).flush.call(connection)
  } catch {
    connection.close(true)
  } finally {
    tcp?.uncork()
  }
}

function cutSlowReader(connection: EngineConnection): void {
  const { writeBuffer } = connection
  if (writeBuffer.length < mostQueuedPackets && queuedBytes(writeBuffer) < mostQueuedBytes) return
  const tcp = tcpSocketOf(connection)
  if (tcp) tcp.destroy()
  else connection.close(true)
}

function queuedBytes(packets: EngineConnection['writeBuffer']): number {
  let bytes = 0
  for (const { data } of packets) if (typeof data === 'string') bytes += data.length
  return bytes
}
