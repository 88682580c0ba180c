import { join } from 'node:path'
import { day } from '../../../shared/limits.ts'
import { refold } from '../../history/refold.ts'
import { fillHistory } from '../flood/fill-history.ts'
import { steady } from './acknowledgements.ts'
import { gatherHouseCrowd } from './crowd.ts'
import { type Figure, figure, quantile } from './figures.ts'
import { type Subject, startSubject } from './subject.ts'
import { makeFolder, removeFolder } from './temporary-folder.ts'

const whole = { conversations: 1_000_000, pageViews: 10_000_000, days: 730 }
const period = 30
const rounds = 12
const load = { perSecond: 200, forMs: 20_000 }
const until = Math.floor(Date.now() / day) * day

const reports = [
  ...['response-times', 'response-times?clock=business', 'response-times?timeZone=Asia/Tehran&site=demo'],
  ...['overview', 'satisfaction', 'volume', 'agents', 'staffing', 'turns', 'turns?bucket=300000', 'journeys'],
]

/** Every report of thirty days, with two years kept and with only these; and what it does to messages meanwhile. */
export async function measureReports(kept: string | undefined): Promise<Figure[]> {
  const made = kept ?? (await makeHistory(whole))
  const share = period / whole.days
  const amounts = { conversations: whole.conversations * share, pageViews: whole.pageViews * share }
  const little = await makeHistory({ ...amounts, days: period })
  try {
    const floor = await withSubject(little, (subject) => askedInTurn(subject))
    return await withSubject(made, async (subject) => {
      const delays = await askedInTurn(subject)
      const longer = [await oneDelay(subject, 90), await oneDelay(subject, 365)].map(Math.round)
      return [
        figure('reports.p95', quantile(delays, 0.95), 'ms', {
          floor: quantile(floor, 0.95),
          note: `${reports.length} reports of ${period} days with 1,000,000 conversations and 10,000,000 page views of two years; floor: with only these days; response times of 90 days: ${longer[0]} ms, of a year: ${longer[1]} ms`,
        }),
        await loopDelay(subject),
      ]
    })
  } finally {
    removeFolder(little)
    if (!kept) removeFolder(made)
  }
}

async function makeHistory(amounts: typeof whole): Promise<string> {
  const dataDir = join(makeFolder(), 'data')
  await fillHistory({ ...{ dataDir, until, seed: 1, say: () => undefined }, ...amounts })
  await refold({ dataDir, databaseUrl: null })
  return dataDir
}

async function withSubject<T>(dataDir: string, measure: (subject: Subject) => Promise<T>): Promise<T> {
  const subject = await startSubject('house', [dataDir])
  try {
    // The first of each is slower: code that was never run before.
    for (const report of reports) await delayOf(subject, report, period)
    return await measure(subject)
  } finally {
    await subject.stop()
  }
}

async function askedInTurn(subject: Subject): Promise<number[]> {
  const delays: number[] = []
  for (let round = 0; round < rounds; round++)
    for (const report of reports) delays.push(await delayOf(subject, report, period))
  return delays
}

const oneDelay = (subject: Subject, days: number): Promise<number> => delayOf(subject, 'response-times', days)

async function delayOf({ hello }: Subject, report: string, days: number): Promise<number> {
  const [from, to] = [until - days * day, until].map((at) => new Date(at).toISOString())
  const address = `http://127.0.0.1:${hello.port}/api/v1/reports/${report}`
  const begun = performance.now()
  const answer = await fetch(`${address}${report.includes('?') ? '&' : '?'}from=${from}&to=${to}`, {
    headers: { cookie: hello.cookies[0] ?? '' },
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${report} was refused: ${text}`)
  return performance.now() - begun
}

/** While messages are acknowledged and one report is asked for after the other. */
async function loopDelay(subject: Subject): Promise<Figure> {
  const crowd = await gatherHouseCrowd(subject.hello, { visitors: 200, agents: 5 })
  await subject.delay()
  let over = false
  const messages = steady(crowd, load).finally(() => {
    over = true
  })
  const delays: number[] = []
  for (let i = 0; !over; i++) delays.push(await delayOf(subject, reports[i % reports.length] ?? '', period))
  const acknowledged = await messages
  const late = await subject.delay()
  crowd.close()
  const answers = `${acknowledged.length} acknowledged, p99 ${quantile(acknowledged, 0.99).toFixed(1)} ms`
  return figure('reports.loopDelay', late, 'ms', {
    note: `p99 at ${load.perSecond} messages a second; ${answers}; ${delays.length} reports, p95 ${Math.round(quantile(delays, 0.95))} ms`,
  })
}
