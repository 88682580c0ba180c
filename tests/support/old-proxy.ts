import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'

/** What becomes of a request to upgrade to a WebSocket. */
export type Upgrades = 'refused' | 'swallowed' | 'passed'

/** A proxy as some offices still have it: HTTP passes, WebSockets do not. */
export interface OldProxy {
  url: string
  upgrades: Upgrades
  /** Nobody is reached at all: what comes is cut. */
  down: boolean
  /** From now on nothing passes on the WebSockets there are, in neither direction; new ones are as ever. */
  freeze(): void
  close(): Promise<void>
}

export async function openOldProxy(upstream: string, upgrades: Upgrades): Promise<OldProxy> {
  const { hostname, port } = new URL(upstream)
  const server = createServer((asked, answered) => forward({ hostname, port }, asked, answered))
  const held = new Set<Socket>()
  let lines: Socket[] = []
  server.on('connection', (socket) => {
    if (proxy.down) return void socket.destroy()
    held.add(socket)
    socket.on('error', () => socket.destroy()).on('close', () => held.delete(socket))
  })
  let down = false
  const proxy: OldProxy = {
    url: '',
    upgrades,
    get down() {
      return down
    },
    set down(value) {
      down = value
      if (down) for (const socket of held) socket.destroy()
    },
    freeze() {
      for (const line of lines.splice(0)) line.unpipe().pause()
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of held) socket.destroy()
      }),
  }
  server.on('upgrade', (asked: IncomingMessage, socket: Socket, head: Buffer) => {
    if (proxy.upgrades === 'refused') socket.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n')
    if (proxy.upgrades !== 'passed') return
    const onward = pass(socket, Buffer.concat([headOf(asked), head]), Number(port))
    lines = [...lines, socket, onward]
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  proxy.url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  return proxy
}

function forward(to: { hostname: string; port: string }, asked: IncomingMessage, answered: ServerResponse) {
  const { method, headers, url: path } = asked
  const onward = request({ ...to, method, headers, path }, (said) => {
    answered.writeHead(said.statusCode ?? 502, said.headers)
    said.pipe(answered)
  })
  onward.on('error', () => answered.destroy())
  answered.on('close', () => onward.destroy())
  asked.pipe(onward)
}

function pass(socket: Socket, head: Buffer, port: number): Socket {
  const onward = connect(port, '127.0.0.1')
  onward.on('error', () => socket.destroy()).write(head)
  onward.pipe(socket).pipe(onward)
  return onward
}

const headOf = ({ method, url, rawHeaders }: IncomingMessage): Buffer => {
  const lines = rawHeaders.flatMap((name, i) => (i % 2 ? [] : [`${name}: ${rawHeaders[i + 1]}`]))
  return Buffer.from([`${method} ${url} HTTP/1.1`, ...lines, '', ''].join('\r\n'))
}
