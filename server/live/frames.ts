import type { EnginePacket } from './engine.ts'

/** engine.io's mark for each type of packet. */
const marks = { open: '0', close: '1', ping: '2', pong: '3', message: '4', upgrade: '5', noop: '6' }

type TextPacket = EnginePacket & { type: keyof typeof marks; data?: string }

export const isText = (packet: EnginePacket): packet is TextPacket =>
  Object.hasOwn(marks, packet.type) && (packet.data === undefined || typeof packet.data === 'string')

/**
 * The packets as WebSocket text frames (RFC 6455, 5.2: from a server, so without a mask) in one piece
 * of memory, for one write. engine.io and ws would make two pieces of every packet.
 */
export function framesOf(packets: readonly TextPacket[]): Buffer {
  const frames = packets.map(frameOf)
  const bytes = Buffer.allocUnsafe(frames.reduce((sum, { size }) => sum + size, 0))
  let at = 0
  for (const frame of frames) at = frame.encoded ? copy(frame.encoded, bytes, at) : write(frame, bytes, at)
  return bytes
}

interface Frame {
  text: string
  /** Bytes of `text`. */
  length: number
  /** Bytes of the whole. */
  size: number
  /** A broadcast's frame, which all who get it share. */
  encoded: readonly Buffer[] | null
}

function frameOf({ type, data = '', options }: TextPacket): Frame {
  const encoded = options?.wsPreEncodedFrame
  if (encoded) return { text: '', length: 0, size: bytesOf(encoded), encoded }
  const text = marks[type] + data
  const length = Buffer.byteLength(text)
  return { text, length, size: headOf(length) + length, encoded: null }
}

const bytesOf = (pieces: readonly Buffer[]): number => {
  let bytes = 0
  for (const piece of pieces) bytes += piece.length
  return bytes
}

const short = 126
const long = 65_536

const headOf = (length: number): number => (length < short ? 2 : length < long ? 4 : 10)

const finalText = 0x81

function write({ text, length }: Frame, bytes: Buffer, from: number): number {
  bytes[from] = finalText
  if (length < short) bytes[from + 1] = length
  else if (length < long) {
    bytes[from + 1] = 126
    bytes.writeUInt16BE(length, from + 2)
  } else {
    bytes[from + 1] = 127
    bytes.writeBigUInt64BE(BigInt(length), from + 2)
  }
  const at = from + headOf(length)
  bytes.write(text, at)
  return at + length
}

function copy(pieces: readonly Buffer[], bytes: Buffer, from: number): number {
  let at = from
  for (const piece of pieces) at += piece.copy(bytes, at)
  return at
}
