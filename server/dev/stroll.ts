import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { PageId, SiteKey, VisitorToken } from '../../shared/ids.ts'
import { type Door, openVisitorSocket, type VisitorSocket } from '../demo/connection/visitor-socket.ts'

/*
 * `npx tsx server/dev/stroll.ts --port 3000 --visitors 300 --seconds 60`: people who look around the demo shop
 * without writing, so that the live list has somebody on it. Against this machine only.
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '3000' },
    visitors: { type: 'string', default: '300' },
    seconds: { type: 'string', default: '60' },
  },
})
const port = Number(values.port)
const many = Math.min(Math.max(1, Number(values.visitors) || 1), 380)
const until = Date.now() + Math.min(Number(values.seconds) || 60, 3_600) * 1_000
const stepEvery = 10_000
const origin = `http://localhost:${port}`

const pages = [
  ['/demo/', 'Home'],
  ['/demo/tea', 'Green tea from Lahijan'],
  ['/demo/saffron', 'زعفران قائنات'],
  ['/demo/dates', 'تمور المدينة'],
  ['/demo/cart', 'Your basket'],
  ['/demo/delivery', 'Delivery and returns'],
  ['/demo/gifts', 'Gifts for people who have everything, wrapped by hand and sent the same day'],
] as const
const campaigns = ['', '', '', '?utm_source=newsletter&utm_campaign=spring', '?utm_source=instagram']
const referrers = ['', '', 'https://www.google.com/', 'https://news.example/tea']
const names = ['Mina Hosseini', 'سارا احمدی', 'علي حسن', 'Omid', 'Lena Fischer', 'نور الدين']
const browsers = ['Chrome/140.0.0.0 Safari/537.36', 'Firefox/142.0', 'Version/18.0 Safari/605.1.15']
const locales = ['en', 'en', 'fa', 'ar'] as const

const nth = <T>(all: readonly [T, ...T[]] | readonly T[], n: number): T => {
  const one = all[n % all.length]
  if (one === undefined) throw new Error('there is nothing to choose from')
  return one
}

const viewOf = (n: number, first: boolean) => {
  // The first pages are the fullest, as in any shop.
  const [path, title] = nth(pages, Math.floor((n * n) / 7))
  const url = `${origin}${path}${first ? nth(campaigns, n) : ''}`
  return { url, title, referrer: first ? nth(referrers, n) : '' }
}

async function arrive(n: number): Promise<VisitorSocket> {
  const door: Door = {
    server: `http://127.0.0.1:${port}`,
    origin,
    userAgent: `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 ${nth(browsers, n)}`,
  }
  const auth = {
    site: v.parse(SiteKey, 'demo'),
    page: v.parse(PageId, randomBytes(16).toString('base64url')),
    token: v.parse(VisitorToken, randomBytes(32).toString('base64url')),
    consent: n % 3 === 0 ? ('granted' as const) : ('essential' as const),
    locale: nth(locales, n),
    device: n % 3 === 1 ? ('phone' as const) : ('desktop' as const),
  }
  const socket = await openVisitorSocket(door, auth, viewOf(n, true))
  await tell(socket, n)
  return socket
}

async function tell(socket: VisitorSocket, n: number): Promise<void> {
  if (n % 9 === 0)
    await socket.ask('visitor:identify', { name: nth(names, n / 9), attributes: { plan: 'gold' } })
  if (n % 4 === 0)
    await socket.ask('event:track', { name: 'added to cart', properties: { sku: `tea-${n}`, value: 12 } })
  if (n % 7 === 0) await socket.ask('visitor:tag', { names: ['vip'] })
  if (n % 11 === 0) await socket.ask('presence:set', { state: 'idle' })
}

const people: VisitorSocket[] = []
for (let n = 0; n < many; n++) people.push(await arrive(n))
process.stdout.write(`${people.length} people are looking around\n`)
for (let turn = 1; Date.now() < until; turn++)
  for (const [n, socket] of people.entries()) {
    await new Promise((resolve) => setTimeout(resolve, stepEvery / people.length))
    if ((n + turn) % 3 === 0) await socket.ask('page:view', viewOf(n + turn, false))
  }
for (const socket of people) socket.close()
