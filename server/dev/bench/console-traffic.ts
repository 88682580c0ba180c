import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { type Figure, figure } from './figures.ts'
import { beaconRequest } from './page-views.ts'
import { sleep } from './relay.ts'
import { pinning, type Subject, startSubject } from './subject.ts'
import { WireSocket } from './wire-socket.ts'

const visitors = 20_000
/** Each shows another page this often, ms. */
const changesEvery = 10_000
const perSecond = visitors / (changesEvery / 1_000)
const connections = 32
const measured = 6_000
const tick = 10

/** What one console is sent, and what it costs the server, while 20,000 people go from page to page. */
export async function measureConsoleTraffic(): Promise<Figure[]> {
  const house = await startSubject('house')
  const crowd = await Strollers.gather(house.hello.port)
  try {
    const alone = await stretch(house, crowd, null)
    const listed = await openConsole(house, false)
    const whole = await stretch(house, crowd, listed)
    listed.close()
    const looking = await openConsole(house, true)
    const window = await stretch(house, crowd, looking)
    looking.close()
    return figuresOf({ alone, whole, window })
  } finally {
    crowd.leave()
    await house.stop()
  }
}

interface Stretch {
  /** Of the live list alone, a second. */
  bytes: number
  frames: number
  /** µs for each change. */
  cpu: number
}

function figuresOf({ alone, whole, window }: Record<'alone' | 'whole' | 'window', Stretch>): Figure[] {
  const people = `${visitors.toLocaleString('en')} live visitors, a page each in ${changesEvery / 1_000} s`
  return [
    figure('console.traffic', window.bytes, 'bytes/s', {
      floor: whole.bytes,
      note: `to a console with 40 rows on its screen; floor: to one that is told of changes to everybody; ${people}`,
    }),
    figure('console.frames', window.frames, 'frames/s', { note: 'of the live list, to the same console' }),
    figure('console.cpu', window.cpu, 'µs/change', {
      floor: alone.cpu,
      note: `the server, the page view itself included; floor: nobody looks; ${pinning}`,
    }),
  ]
}

async function openConsole({ hello }: Subject, windowed: boolean): Promise<WireSocket> {
  const headers = { cookie: hello.cookies[0] ?? '' }
  const socket = await WireSocket.open({ port: hello.port, namespace: '/agent', headers })
  const greeting = { protocolVersion: 1, resume: null, ...(windowed && { roster: 'window' }) }
  await socket.request('hello', greeting)
  const query = { order: 'arrived', grouped: false }
  if (windowed) await socket.request('roster:watch', { query, from: 0, count: 40 })
  return socket
}

async function stretch(house: Subject, crowd: Strollers, socket: WireSocket | null): Promise<Stretch> {
  let [bytes, frames] = [0, 0]
  if (socket)
    socket.onPacket = (packet) => {
      if (!packet.includes('"roster:')) return
      bytes += packet.length
      frames++
    }
  const before = await house.cpu()
  const started = performance.now()
  const changes = await crowd.stroll()
  const seconds = (performance.now() - started) / 1_000
  const cpu = ((await house.cpu()) - before) / changes
  return { bytes: bytes / seconds, frames: frames / seconds, cpu }
}

/** Visitors who tell their pages by beacons, over a few connections that stay open. */
class Strollers {
  private turn = 0

  private constructor(
    private readonly port: number,
    private readonly sockets: readonly Socket[],
    private readonly pages: readonly string[],
  ) {}

  static async gather(port: number): Promise<Strollers> {
    const sockets = Array.from({ length: connections }, () => {
      const socket = connect(port, '127.0.0.1')
      socket.setNoDelay(true)
      // What is answered is the same for all, and of no interest.
      socket.resume()
      return socket
    })
    const pages = Array.from({ length: visitors }, () => randomBytes(16).toString('base64url'))
    const crowd = new Strollers(port, sockets, pages)
    await crowd.pace(visitors)
    await sleep(1_000)
    return crowd
  }

  stroll(): Promise<number> {
    return this.pace((perSecond * measured) / 1_000)
  }

  leave(): void {
    for (const socket of this.sockets) socket.destroy()
  }

  private async pace(total: number): Promise<number> {
    const started = performance.now()
    for (let sent = 0; sent < total; await sleep(tick)) {
      const due = Math.min(total, Math.ceil(((performance.now() - started) / 1_000) * perSecond))
      for (; sent < due; sent++) this.step()
    }
    return total
  }

  private step(): void {
    const n = this.turn++
    const page = this.pages[n % visitors] ?? ''
    this.sockets[n % connections]?.write(beacon(this.port, page, n))
  }
}

function beacon(port: number, page: string, n: number): string {
  // A few pages have most of the people, and there are many others.
  const path = n % 3 === 0 ? n % 1_000 : n % 12
  const body = JSON.stringify({
    ...{ site: 'demo', page, consent: 'essential', locale: 'en', device: 'phone' },
    view: {
      url: `http://127.0.0.1:${port}/demo/${path}-${Math.floor(n / visitors) % 2}`,
      title: `Page ${path}`,
      referrer: '',
    },
  })
  return beaconRequest(port, body)
}
