import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'

/*
 * A Socket.IO client made of a bare TCP socket. The usual client costs more processor time than
 * the server it would measure; this one only frames, counts and hands over.
 */

const textFrame = 0x81
const zeroMask = Buffer.alloc(4)

/** A masked text frame. A mask of zeros is a mask and leaves the bytes as they are. */
export function frame(text: string): Buffer {
  const body = Buffer.from(text)
  const length = body.length
  const head = length < 126 ? Buffer.alloc(2) : Buffer.alloc(4)
  head[0] = textFrame
  head[1] = 0x80 | Math.min(length, 126)
  if (length >= 126) head.writeUInt16BE(length, 2)
  return Buffer.concat([head, zeroMask, body])
}

export interface WireOptions {
  port: number
  namespace: string
  auth?: object
  headers?: Record<string, string>
}

export class WireSocket {
  /** Called with every packet that is no answer to a `request`. */
  onPacket: (packet: Buffer) => void = () => undefined
  private rest: Buffer = Buffer.alloc(0)
  private upgraded = false
  private nextId = 1
  private readonly waiting = new Map<number, (answer: unknown) => void>()
  private connected: { resolve: () => void; reject: (reason: Error) => void } | null = null

  private constructor(
    private readonly tcp: Socket,
    private readonly options: WireOptions,
  ) {
    tcp.setNoDelay(true)
    tcp.on('data', (chunk) => this.receive(chunk))
    tcp.on('error', (error) => this.connected?.reject(error))
    tcp.on('close', () => this.connected?.reject(new Error('closed before it was connected')))
  }

  static async open(options: WireOptions): Promise<WireSocket> {
    const tcp = connect(options.port, '127.0.0.1')
    const socket = new WireSocket(tcp, options)
    const ready = new Promise<void>((resolve, reject) => {
      socket.connected = { resolve, reject }
    })
    tcp.write(upgradeRequest(options))
    await ready
    socket.connected = null
    return socket
  }

  /** Sends a request and resolves with its acknowledgement. */
  request(event: string, payload: object): Promise<unknown> {
    const id = this.nextId++
    return new Promise((resolve) => {
      this.waiting.set(id, resolve)
      this.tcp.write(frame(`42${this.options.namespace},${id}${JSON.stringify([event, payload])}`))
    })
  }

  /** Writes a ready-made frame; its answer arrives at `onPacket`. */
  write(bytes: Buffer): void {
    this.tcp.write(bytes)
  }

  close(): void {
    this.tcp.destroy()
  }

  private receive(chunk: Buffer): void {
    let bytes = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk
    if (!this.upgraded) {
      const end = bytes.indexOf('\r\n\r\n')
      if (end < 0) {
        this.rest = bytes
        return
      }
      if (!bytes.subarray(0, 12).toString().endsWith('101')) {
        this.connected?.reject(new Error(bytes.subarray(0, end).toString()))
        return
      }
      this.upgraded = true
      bytes = bytes.subarray(end + 4)
    }
    this.rest = this.takeFrames(bytes)
  }

  /** Hands every whole frame over and returns what is left. */
  private takeFrames(bytes: Buffer): Buffer {
    let at = 0
    while (bytes.length - at >= 2) {
      const short = (bytes[at + 1] ?? 0) & 0x7f
      const head = short < 126 ? 2 : short === 126 ? 4 : 10
      if (bytes.length - at < head) break
      const length =
        short < 126
          ? short
          : short === 126
            ? bytes.readUInt16BE(at + 2)
            : Number(bytes.readBigUInt64BE(at + 2))
      if (bytes.length - at < head + length) break
      if (bytes[at] === textFrame) this.take(bytes.subarray(at + head, at + head + length))
      at += head + length
    }
    return at === 0 ? bytes : bytes.subarray(at)
  }

  private take(packet: Buffer): void {
    const [type, kind] = [packet[0], packet[1]]
    if (type === 0x30) this.tcp.write(frame(`40${this.options.namespace},${authText(this.options.auth)}`))
    else if (type === 0x32) this.tcp.write(frame('3'))
    else if (type === 0x34 && kind === 0x30) this.connected?.resolve()
    else if (type === 0x34 && kind === 0x34) this.connected?.reject(new Error(packet.toString()))
    else if (type === 0x34 && kind === 0x33 && this.waiting.size > 0) this.answer(packet)
    else this.onPacket(packet)
  }

  private answer(packet: Buffer): void {
    const text = packet.toString()
    const start = text.indexOf('[')
    const id = Number(text.slice(text.indexOf(',') + 1, start))
    const resolve = this.waiting.get(id)
    if (!resolve) {
      this.onPacket(packet)
      return
    }
    this.waiting.delete(id)
    const [answer] = JSON.parse(text.slice(start))
    resolve(answer)
  }
}

const authText = (auth: object | undefined): string => (auth ? JSON.stringify(auth) : '')

function upgradeRequest({ port, headers = {} }: WireOptions): string {
  const lines = [
    'GET /live/?EIO=4&transport=websocket HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ]
  return `${lines.join('\r\n')}\r\n\r\n`
}
