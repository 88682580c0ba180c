import { randomBytes, randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { ClientId, PageId, SiteKey, VisitorToken } from '../../shared/ids.ts'
import { day } from '../../shared/limits.ts'
import { type Door, openVisitorSocket, type VisitorSocket } from '../demo/connection/visitor-socket.ts'
import { fillHistory } from './flood/fill-history.ts'

/*
 * `npm run flood -- --history 1000000`: writes two years of conversations, and ten page views for each, into an
 * empty DATA_DIR whose server is stopped. The same seed and last day give the same history.
 * `npm run flood -- --port 3000 --visitors 50 --rate 100 --seconds 10`: visitors who all write at once,
 * against this machine only. Says what was acknowledged, what was turned away and how long it took.
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '3000' },
    visitors: { type: 'string', default: '50' },
    rate: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '10' },
    history: { type: 'string' },
    views: { type: 'string' },
    until: { type: 'string' },
    days: { type: 'string', default: '730' },
    seed: { type: 'string', default: '1' },
  },
})
if (values.history) {
  const conversations = Number(values.history)
  await fillHistory({
    ...{ conversations, pageViews: Number(values.views ?? conversations * 10) },
    ...{ dataDir: process.env.DATA_DIR ?? './data', days: Number(values.days), seed: Number(values.seed) },
    until: values.until ? Date.parse(values.until) : Math.floor(Date.now() / day) * day,
    say: (line) => console.log(line),
  })
  process.exit(0)
}
const most = { visitors: 500, rate: 2_000, seconds: 120 }
const wish = (name: keyof typeof most): number => Math.min(Math.max(1, Number(values[name]) || 1), most[name])
const port = Number(values.port)
const crowd = { visitors: wish('visitors'), rate: wish('rate'), seconds: wish('seconds') }

const door: Door = {
  server: `http://127.0.0.1:${port}`,
  origin: `http://localhost:${port}`,
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36',
}
const { sockets, turnedAway } = await gather()
const outcome = await pour(sockets)
for (const socket of sockets) socket.close()
console.log(JSON.stringify({ ...crowd, arrived: sockets.length, turnedAway, ...outcome }))

/** Those who are turned away are counted by reason: the limits are part of what is tried. */
async function gather(): Promise<{ sockets: VisitorSocket[]; turnedAway: Record<string, number> }> {
  const turnedAway: Record<string, number> = {}
  const arrivals = await Promise.allSettled(Array.from({ length: crowd.visitors }, () => arrive()))
  const sockets = arrivals.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  for (const one of arrivals) if (one.status === 'rejected') count(turnedAway, one.reason)
  return { sockets, turnedAway }
}

function count(reasons: Record<string, number>, reason: unknown): void {
  const name = reason instanceof Error ? reason.message : String(reason)
  reasons[name] = (reasons[name] ?? 0) + 1
}

function arrive(): Promise<VisitorSocket> {
  const auth = {
    site: v.parse(SiteKey, 'demo'),
    page: v.parse(PageId, randomBytes(16).toString('base64url')),
    token: v.parse(VisitorToken, randomBytes(32).toString('base64url')),
    ...({ consent: 'essential', locale: 'en', device: 'desktop' } as const),
  }
  return openVisitorSocket(door, auth, { url: `${door.origin}/demo/`, title: 'Flood', referrer: '' })
}

async function pour(writers: readonly VisitorSocket[]) {
  const waits: number[] = []
  const refused: Record<string, number> = {}
  const sent: Promise<void>[] = []
  const total = writers.length === 0 ? 0 : crowd.rate * crowd.seconds
  const start = performance.now()
  for (let i = 0; i < total; i++) {
    const due = start + (i * 1_000) / crowd.rate
    if (due > performance.now()) await new Promise((resolve) => setTimeout(resolve, due - performance.now()))
    const writer = writers[i % writers.length]
    if (writer) sent.push(write(writer, waits, refused))
  }
  await Promise.all(sent)
  waits.sort((a, b) => a - b)
  const at = (share: number): number | null => waits[Math.floor(share * (waits.length - 1))] ?? null
  return { acknowledged: waits.length, refused, p50: at(0.5), p99: at(0.99) }
}

async function write(writer: VisitorSocket, waits: number[], refused: Record<string, number>): Promise<void> {
  const start = performance.now()
  try {
    const clientId = v.parse(ClientId, randomUUID())
    const answer = await writer.ask('message:send', {
      clientId,
      conversationId: null,
      text: 'Is it still there?',
    })
    if (answer.ok) waits.push(Math.round((performance.now() - start) * 100) / 100)
    else count(refused, answer.error.code)
  } catch (fault) {
    count(refused, fault)
  }
}
