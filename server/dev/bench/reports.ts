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
/** Each asks for a period that ends a day earlier: no answer is asked twice, but what days came to before is kept. */
const rounds = 12
const load = { perSecond: 200, forMs: 20_000 }
const until = Math.floor(Date.now() / day) * day

/** Every report, and what makes one slower: other clocks, places and filters. */
const reports = [
  ...['response-times', 'response-times?clock=business', 'response-times?clock=staffed&team=sales'],
  ...['response-times?timeZone=Asia/Tehran&site=demo', 'response-times?language=fa&device=phone'],
  ...['overview', 'overview?clock=business', 'satisfaction', 'satisfaction?timeZone=Asia/Tehran', 'volume'],
  ...['agents', 'agents?clock=staffed', 'staffing', 'staffing?timeZone=Asia/Tehran'],
  ...['turns', 'turns?bucket=300000', 'turns?clock=business&measure=firstResponse.customer'],
  ...['journeys', 'journeys?timeZone=Asia/Tehran'],
]

/**
 * Every report of thirty days, with two years kept and with hardly more than these, from the first that is asked of a
 * server that has just started; and what it does to messages meanwhile.
 */
export async function measureReports(kept: string | undefined): Promise<Figure[]> {
  const made = kept ?? (await makeHistory(whole))
  const days = period + rounds
  const share = days / whole.days
  const amounts = { conversations: whole.conversations * share, pageViews: whole.pageViews * share }
  const little = await makeHistory({ ...amounts, days })
  try {
    const floor = await withSubject(little, (subject) => askedInTurn(subject))
    return await withSubject(made, async (subject) => {
      const delays = await askedInTurn(subject)
      const longer = [await oneDelay(subject, 90), await oneDelay(subject, 365)].map(Math.round)
      const [first, later] = [delays.slice(0, reports.length), delays.slice(reports.length)]
      return [
        figure('reports.p95', quantile(delays, 0.95), 'ms', {
          floor: quantile(floor, 0.95),
          note: `${reports.length} questions of ${period} days, ${rounds} times, each time a day earlier (what days came to before is kept), with 1,000,000 conversations and 10,000,000 page views of two years; floor: with only these ${days} days; of these the first after a start: median ${rounded(first, 0.5)} ms, slowest ${rounded(first, 1)} ms; without them: median ${rounded(later, 0.5)} ms, p95 ${rounded(later, 0.95)} ms; response times of 90 days: ${longer[0]} ms, of a year: ${longer[1]} ms`,
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
    return await measure(subject)
  } finally {
    await subject.stop()
  }
}

async function askedInTurn(subject: Subject): Promise<number[]> {
  const delays: number[] = []
  for (let round = 0; round < rounds; round++)
    for (const report of reports) delays.push(await delayOf(subject, report, daysTo(until - round * day)))
  return delays
}

const oneDelay = (subject: Subject, days: number): Promise<number> =>
  delayOf(subject, 'response-times', daysTo(until, days))

const rounded = (delays: readonly number[], p: number): number => Math.round(quantile(delays, p))

const daysTo = (to: number, days = period): Span => ({ from: to - days * day, to })

interface Span {
  from: number
  to: number
}

async function delayOf({ hello }: Subject, report: string, span: Span): Promise<number> {
  const [from, to] = [span.from, span.to].map((at) => new Date(at).toISOString())
  const address = `http://127.0.0.1:${hello.port}/api/v1/reports/${report}`
  const begun = performance.now()
  const answer = await fetch(`${address}${report.includes('?') ? '&' : '?'}from=${from}&to=${to}`, {
    headers: { cookie: hello.cookies[0] ?? '' },
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${report} was refused: ${text}`)
  return performance.now() - begun
}

/** While messages are acknowledged and one report of the days up to now, so of these messages too, is asked for after the other. */
async function loopDelay(subject: Subject): Promise<Figure> {
  const crowd = await gatherHouseCrowd(subject.hello, { visitors: 200, agents: 5 })
  await subject.delay()
  let over = false
  const messages = steady(crowd, load).finally(() => {
    over = true
  })
  const delays: number[] = []
  for (let i = 0; !over; i++)
    delays.push(await delayOf(subject, reports[i % reports.length] ?? '', daysTo(Date.now())))
  const acknowledged = await messages
  const late = await subject.delay()
  crowd.close()
  const answers = `${acknowledged.length} acknowledged, p99 ${quantile(acknowledged, 0.99).toFixed(1)} ms`
  return figure('reports.loopDelay', late, 'ms', {
    note: `p99 at ${load.perSecond} messages a second; ${answers}; ${delays.length} reports, p95 ${Math.round(quantile(delays, 0.95))} ms`,
  })
}
