import { join } from 'node:path'
import type { SiteId } from '../../../shared/ids.ts'
import { openHistory } from '../../history/open.ts'
import { systemClock } from '../../system.ts'
import { steady } from './acknowledgements.ts'
import { fill, otherRules, period, ruleNumber, views } from './back-test.ts'
import { gatherHouseCrowd } from './crowd.ts'
import { type Figure, figure, quantile } from './figures.ts'
import { type Subject, startSubject } from './subject.ts'
import { makeFolder, removeFolder } from './temporary-folder.ts'

const load = { perSecond: 200, forMs: 15_000 }

/** What back-tests, one after the other, do to the messages of a whole server. */
export async function measureBackTestBeside(): Promise<Figure[]> {
  const folder = makeFolder()
  const dataDir = join(folder, 'data')
  try {
    const siteId = await withSubject(dataDir, firstSite)
    const history = await openHistory({ dataDir, databaseUrl: null, clock: systemClock })
    await fill(history, siteId)
    await history.close()
    return [await withSubject(dataDir, (subject) => beside(subject, siteId))]
  } finally {
    removeFolder(folder)
  }
}

async function withSubject<T>(dataDir: string, work: (subject: Subject) => Promise<T>): Promise<T> {
  const subject = await startSubject('house', [dataDir])
  try {
    return await work(subject)
  } finally {
    await subject.stop()
  }
}

async function beside(subject: Subject, siteId: SiteId): Promise<Figure> {
  for (let i = 0; i < otherRules; i++) await asks(subject, 'POST', 'rules', draftNumber(siteId, i))
  const { from, to } = period(siteId)
  const draft = {
    ...{ rule: draftNumber(siteId, 99), timeZone: 'Asia/Tehran' },
    ...{ from: new Date(from).toISOString(), to: new Date(Math.min(to, Date.now())).toISOString() },
  }
  const once = async (): Promise<number> => {
    const begun = performance.now()
    const { views: seen } = Object(await asks(subject, 'POST', 'rules/backtest', draft))
    if (!(seen >= views)) throw new Error(`Only ${seen} views were gone through.`)
    return (performance.now() - begun) / 1_000
  }
  await once()
  const crowd = await gatherHouseCrowd(subject.hello, { visitors: 200, agents: 5 })
  await subject.delay()
  await steady(crowd, { ...load, forMs: load.forMs / 2 })
  const alone = await subject.delay()
  let over = false
  const messages = steady(crowd, load).finally(() => {
    over = true
  })
  const taken: number[] = []
  while (!over) taken.push(await once())
  const acknowledged = await messages
  const late = await subject.delay()
  crowd.close()
  const answers = `${acknowledged.length} acknowledged, p99 ${quantile(acknowledged, 0.99).toFixed(1)} ms`
  const tests = `${taken.length} back-tests of ${views.toLocaleString('en')} page views, median ${quantile(taken, 0.5).toFixed(1)} s`
  return figure('rules.backtestLoopDelay', late, 'ms', {
    floor: alone,
    note: `p99 at ${load.perSecond} messages a second; ${answers}; ${tests}; floor: only the messages`,
  })
}

const firstSite = async (subject: Subject): Promise<SiteId> =>
  Object(await asks(subject, 'GET', 'sites')).items[0].id

/** As it is sent in, without what the server gives it. */
function draftNumber(siteId: SiteId, i: number): object {
  const { id: _, createdAt: __, ...draft } = ruleNumber(siteId, i)
  return draft
}

async function asks({ hello }: Subject, method: string, path: string, body?: object): Promise<unknown> {
  const origin = `http://127.0.0.1:${hello.port}`
  const answer = await fetch(`${origin}/api/v1/${path}`, {
    method,
    headers: { cookie: hello.cookies[0] ?? '', origin, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${path} was refused: ${text}`)
  return JSON.parse(text)
}
