import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { wirePath } from '../../shared/protocol.ts'

/** A WebSocket written by hand: sends frames that no client library would. */
export class RawSocket {
  private constructor(private readonly tcp: Socket) {
    // What becomes of the connection is the other end's affair.
    tcp.on('error', () => tcp.destroy())
    tcp.on('data', (bytes) => {
      this.received += bytes.toString('latin1')
    })
  }

  /** All that came after the opening, a character a byte. */
  received = ''

  static open(port: number): Promise<RawSocket> {
    const tcp = connect(port, '127.0.0.1')
    tcp.write(
      [
        `GET ${wirePath}/?EIO=4&transport=websocket HTTP/1.1`,
        `Host: 127.0.0.1:${port}`,
        'Upgrade: websocket',
        'Connection: Upgrade',
        `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
        'Sec-WebSocket-Version: 13',
        '\r\n',
      ].join('\r\n'),
    )
    return new Promise((resolve, reject) => {
      tcp.once('error', reject)
      tcp.once('data', () => resolve(new RawSocket(tcp)))
    })
  }

  get isOpen(): boolean {
    return !this.tcp.destroyed && this.tcp.writable
  }

  text(payload: string): void {
    this.frame(0x81, Buffer.from(payload))
  }

  binary(payload: Buffer): void {
    this.frame(0x82, payload)
  }

  /** Bytes that are no frame at all. */
  bytes(payload: Buffer): void {
    if (this.isOpen) this.tcp.write(payload)
  }

  /** Stops reading: what is sent to it piles up on the way. */
  pause(): void {
    this.tcp.pause()
  }

  /** Reads again, and resolves when the other end has gone. */
  async ended(): Promise<void> {
    if (this.tcp.closed) return
    const ended = new Promise<void>((resolve) => this.tcp.once('close', () => resolve()))
    this.tcp.resume()
    await ended
  }

  close(): void {
    this.tcp.destroy()
  }

  private frame(head: number, payload: Buffer): void {
    const mask = randomBytes(4)
    const length = payload.length
    const size =
      length < 126 ? Buffer.from([0x80 | length]) : Buffer.from([0x80 | 126, length >> 8, length & 255])
    const masked = payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0))
    this.bytes(Buffer.concat([Buffer.from([head]), size, mask, masked]))
  }
}
