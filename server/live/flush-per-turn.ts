import { type EngineConnection, isEngineConnection, tcpSocketOf } from './engine.ts'
import { framesOf, isText } from './frames.ts'

/**
 * A reader this far behind is cut off: it can catch up from the store, memory cannot. Measured without what
 * it is given now, which may be long in itself: it would ask for the same again, for ever.
 */
const mostQueuedBytes = 1024 * 1024

/** Of connections that get this much at once, such as a digest, a turn serves few: messages go first. */
const large = { bytes: 16_384, perTurn: 2 }

const waiting = new Set<EngineConnection>()
let scheduled = false

/**
 * Gathers all packets that one turn of the event loop has for a connection into one write. engine.io
 * flushes at every packet, and each flush is a system call: at thousands of messages a second the
 * calls cost more than the messages.
 */
export function flushPerTurn(connection: unknown): void {
  if (isEngineConnection(connection)) connection.flush = flushLater
}

/** Shared by all connections, so that a closure each is not kept in memory. */
function flushLater(this: EngineConnection): void {
  waiting.add(this)
  schedule()
}

function schedule(): void {
  if (scheduled) return
  scheduled = true
  setImmediate(flushAll)
}

function flushAll(): void {
  scheduled = false
  const due = [...waiting]
  waiting.clear()
  let served = 0
  for (const connection of due) {
    if (queuedBytes(connection.writeBuffer) > large.bytes && ++served > large.perTurn) waiting.add(connection)
    else flushSafely(connection)
  }
  if (waiting.size > 0) schedule()
}

function flushSafely(connection: EngineConnection): void {
  try {
    flushNow(connection)
  } catch {
    connection.close(true)
  }
}

function flushNow(connection: EngineConnection): void {
  const { writeBuffer: packets } = connection
  if (packets.length === 0) return
  const tcp = tcpSocketOf(connection)
  if (tcp && tcp.writableLength > mostQueuedBytes) tcp.destroy()
  else if (tcp && isSettled(connection) && packets.every(isText)) {
    connection.writeBuffer = []
    tcp.write(framesOf(packets))
    connection.emit('drain')
  } else {
    Object.getPrototypeOf(connection).flush.call(connection)
    if (queuedBytes(connection.writeBuffer.slice(0, -1)) > mostQueuedBytes) connection.close(true)
  }
}

/** Not while a client moves from polling to a WebSocket, nor when somebody waits for the write, nor at the end. */
const isSettled = ({ readyState, upgrading, packetsFn }: EngineConnection): boolean =>
  readyState === 'open' && !upgrading && packetsFn.length === 0

function queuedBytes(packets: EngineConnection['writeBuffer']): number {
  let bytes = 0
  for (const { data } of packets) if (typeof data === 'string') bytes += data.length
  return bytes
}
