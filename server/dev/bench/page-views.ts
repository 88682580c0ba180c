import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { type Figure, figure, median } from './figures.ts'
import { sleep } from './relay.ts'
import { type Hello, startSubject } from './subject.ts'

const connections = 64
const warmUp = 1_000
const measured = 4_000
const rounds = 3

/** Beacons a second, each from another page of another visitor. */
export async function measurePageViews(): Promise<Figure[]> {
  const floor = await startSubject('floor-discard')
  const house = await startSubject('house')
  const rates: { floor: number[]; house: number[] } = { floor: [], house: [] }
  try {
    for (let round = 0; round < rounds; round++) {
      rates.floor.push(await beaconRate(floor.hello))
      rates.house.push(await beaconRate(house.hello))
    }
  } finally {
    await Promise.all([floor.stop(), house.stop()])
  }
  return [
    figure('pageview.rate', median(rates.house), 'page views/s', {
      floor: median(rates.floor),
      note: 'floor: the same framework reading and discarding the body',
    }),
  ]
}

async function beaconRate({ port }: Hello): Promise<number> {
  let answered = 0
  let going = true
  const sockets = Array.from({ length: connections }, () => {
    const socket = connect(port, '127.0.0.1')
    let text = ''
    socket.setNoDelay(true)
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
      if (!isWholeAnswer(text)) return
      if (!text.startsWith('HTTP/1.1 2')) throw new Error(text.slice(0, 300))
      text = ''
      answered++
      if (going) socket.write(beacon(port))
    })
    socket.write(beacon(port))
    return socket
  })
  await sleep(warmUp)
  const before = answered
  const started = performance.now()
  await sleep(measured)
  const rate = (answered - before) / ((performance.now() - started) / 1_000)
  going = false
  await sleep(200)
  for (const socket of sockets) socket.destroy()
  return rate
}

function isWholeAnswer(text: string): boolean {
  const end = text.indexOf('\r\n\r\n')
  if (end < 0) return false
  const length = /content-length: (\d+)/i.exec(text)?.[1]
  return length === undefined ? true : text.length >= end + 4 + Number(length)
}

function beacon(port: number): string {
  const body = JSON.stringify({
    site: 'demo',
    page: randomBytes(16).toString('base64url'),
    consent: 'essential',
    locale: 'en',
    view: { url: `http://127.0.0.1:${port}/demo/`, title: 'Demo', referrer: '' },
    device: 'desktop',
  })
  return beaconRequest(port, body)
}

/** A page's beacon as it stands on the wire. */
export const beaconRequest = (port: number, body: string): string =>
  [
    'POST /v1/page-views HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    `Origin: http://127.0.0.1:${port}`,
    'Content-Type: text/plain',
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n')
