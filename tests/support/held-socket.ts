import type { Page } from 'playwright-core'
import { wirePath } from '../../shared/protocol.ts'

/** A packet on its way: the greeting of the socket itself, or a named request. */
export type Packet = 'connect' | 'hello' | 'visitor:keep' | 'survey:answer'
export type Way = 'there' | 'back'

/** The page's socket through a line that stops at one packet, where nothing overtakes what is held. */
export interface HeldSocket {
  /** Resolves when the packet has come to where it is held. */
  holding: Promise<void>
  release(): void
}

/** Holds the first packet of this kind on its way to the server, or its answer on the way back. */
export async function holdSocket(page: Page, packet: Packet, way: Way): Promise<HeldSocket> {
  const line = new Line()
  await page.routeWebSocket(new RegExp(`${wirePath}/`), (socket) => {
    const server = socket.connectToServer()
    const isIt = recogniser(packet)
    const passing = (direction: Way, send: (frame: string) => void) => (frame: string | Buffer) => {
      const found = isIt(direction, `${frame}`)
      if (direction === way) line.pass(found, () => send(`${frame}`))
      else send(`${frame}`)
    }
    socket.onMessage(passing('there', (frame) => server.send(frame)))
    server.onMessage(passing('back', (frame) => socket.send(frame)))
  })
  return line
}

class Line implements HeldSocket {
  readonly holding: Promise<void>
  #come = (): void => undefined
  #waiting: (() => void)[] = []
  #state: 'passing' | 'holding' | 'released' = 'passing'

  constructor() {
    this.holding = new Promise((resolve) => {
      this.#come = resolve
    })
  }

  pass(isIt: boolean, send: () => void): void {
    if (isIt && this.#state === 'passing') {
      this.#state = 'holding'
      this.#come()
    }
    if (this.#state === 'holding') this.#waiting.push(send)
    else send()
  }

  release(): void {
    this.#state = 'released'
    for (const send of this.#waiting.splice(0)) send()
  }
}

/** Tells in the frames of one socket which is this packet, and which the answer to it. */
function recogniser(packet: Packet): (way: Way, frame: string) => boolean {
  const asked = new Set<string>()
  return (way, frame) => {
    if (packet === 'connect') return frame.startsWith('40/visitor,')
    const [, kind, id = '', name] = /^4([23])\/visitor,(\d+)\[(?:"([^"]+)")?/.exec(frame) ?? []
    const isRequest = kind === '2' && name === packet
    if (way === 'there' && isRequest) asked.add(id)
    return way === 'there' ? isRequest : kind === '3' && asked.has(id)
  }
}
