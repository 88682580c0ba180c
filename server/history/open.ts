import type { Clock } from '../domain/ports.ts'
import { erasureHistory, finishErasures } from './erasures.ts'
import type { ExposureHistory } from './exposures.ts'
import type { Figures } from './figures.ts'
import { GroupCommit } from './group-commit.ts'
import type { History, JobHistory, ReportHistory } from './history.ts'
import { type JourneyRecords, packNextHour } from './journeys/keep.ts'
import { type LedgerRecords, packNext } from './ledger/keep.ts'
import { migrate } from './migrate.ts'
import { openPostgres } from './postgres.ts'
import type { Batch } from './records/batch.ts'
import { commitAtOnce } from './records/commit.ts'
import { FollowUps } from './records/follow-ups.ts'
import { sqlRecords } from './records/records.ts'
import { reporting } from './reporter.ts'
import { type Notices, openSqliteStore } from './sqlite.ts'
import type { Store } from './store.ts'
import { asking } from './store-thread.ts'

export interface HistoryOptions extends Notices {
  /** Holds `history.db`; made when missing. */
  dataDir: string
  /** Null or left out: the embedded store. */
  databaseUrl?: string | null | undefined
  clock: Pick<Clock, 'now'>
  /** Told of connections to the database that broke; they are replaced. */
  onBrokenConnection?: (error: Error) => void
}

export async function openHistory(options: HistoryOptions): Promise<History> {
  const { dataDir, databaseUrl } = options
  const followUps = new FollowUps()
  const store = databaseUrl
    ? await openPostgresStore(databaseUrl, followUps, options)
    : await openSqliteStore(dataDir, followUps, options)
  try {
    await finishErasures(store, dataDir)
  } catch (error) {
    await store.close()
    throw error
  }
  return { ...historyOf(store, followUps), erasures: erasureHistory(store, dataDir) }
}

async function openPostgresStore(
  url: string,
  followUps: FollowUps,
  { onBrokenConnection = () => undefined, onLost }: HistoryOptions,
): Promise<Store> {
  const engine = openPostgres(url, { onBroken: onBrokenConnection })
  const reporter = reporting((thread) => thread.call('thread', 'connect', [url]), onLost)
  try {
    const { epoch } = await migrate(engine)
    const commit = (batch: Batch) => commitAtOnce(engine, batch, followUps)
    // What deleted rows leave in its files is the database's own affair.
    const scrub = async () => undefined
    const figures = asking((verb, args) => reporter.call('figures', verb, args)) as Figures
    const own = sqlRecords(engine)
    const ledger: LedgerRecords = {
      ...own.ledger,
      prepare: (from) => reporter.call('ledger', 'prepare', [from]),
    }
    const journeys: JourneyRecords = {
      ...own.journeys,
      prepare: (place) => reporter.call('journeys', 'prepare', [place]),
    }
    const exposures: ExposureHistory = {
      ...own.exposures,
      tallies: (period, now) => reporter.call('exposures', 'tallies', [period, now]),
      invited: (period, wanted, part) => reporter.call('exposures', 'invited', [period, wanted, part]),
    }
    const records = { ...own, figures, ledger, journeys, exposures }
    return { records, commit, epoch, scrub, forget: reporter.forget, close }
  } catch (error) {
    await engine.close()
    throw error
  }

  async function close(): Promise<void> {
    await Promise.all([reporter.close(), engine.close()]).finally(reporter.stop)
  }
}

function historyOf(
  { records, commit, epoch, forget, close }: Store,
  followUps: FollowUps,
): Omit<History, 'erasures'> {
  const group = new GroupCommit(commit)
  const { conversations, visits } = records
  return {
    conversations: {
      append: (append) => group.append(append),
      receive: (id, side, receipt) => group.receive(id, side, receipt),
      find: (id) => conversations.find(id),
      findMany: (ids) => conversations.findMany(ids),
      entries: (id, after, limit) => conversations.entries(id, after, limit),
      lastEntries: (id, limit) => conversations.lastEntries(id, limit),
      count: () => conversations.count(),
      list: (query) => conversations.list(query),
      ofVisitor: (id, limit) => conversations.ofVisitor(id, limit),
    },
    visitors: records.visitors,
    visits: {
      record: (views) => group.record(views),
      pageViews: (id, limit) => visits.pageViews(id, limit),
      tell: (told) => visits.tell(told),
      events: (id, limit) => visits.events(id, limit),
      withdraw: (id) => visits.withdraw(id),
      takeBack: (visitorId, visitId) => visits.takeBack(visitorId, visitId),
      expire: (siteId, before, most) => visits.expire(siteId, before, most),
      nextSite: (after) => visits.nextSite(after),
    },
    past: records.past,
    sessions: records.sessions,
    reports: reportHistory(records, forget),
    agentStates: records.agentStates,
    followUps: records.followUps,
    jobs: jobHistory(records, followUps),
    files: records.files,
    exposures: exposureHistory(records),
    epoch: () => epoch,
    ping: () => records.engine.ping(),
    close: async () => {
      await group.drain()
      await close()
    },
  }
}

const reportHistory = (
  { figures, ledger, journeys }: Store['records'],
  forget: Store['forget'],
): ReportHistory => ({
  responseTimes: (question) => figures.responseTimes(question),
  satisfaction: (question) => figures.satisfaction(question),
  volume: (question) => figures.volume(question),
  agents: (question) => figures.agents(question),
  overview: (question) => figures.overview(question),
  turns: (question, wanted, part) => figures.turns(question, wanted, part),
  staffing: (question) => figures.staffing(question),
  cases: (question, wanted, part) => figures.cases(question, wanted, part),
  firstReplies: (asked) => figures.firstReplies(asked),
  pack: async (from) => {
    const next = await packNext(ledger, from)
    // Whom another node erased, this one hears of no later than at the end of the round.
    if (next === null) await forget()
    return next
  },
  journeys: (question) => figures.journeys(question),
  packJourneys: (before) => packNextHour(journeys, before),
})

const exposureHistory = ({ exposures }: Store['records']): ExposureHistory => ({
  store: (told) => exposures.store(told),
  past: (id, moments) => exposures.past(id, moments),
  ofVisitor: (id, limit) => exposures.ofVisitor(id, limit),
  tallies: (period, now) => exposures.tallies(period, now),
  invited: (period, wanted, part) => exposures.invited(period, wanted, part),
  expire: (siteId, before, most) => exposures.expire(siteId, before, most),
})

const jobHistory = ({ jobs }: Store['records'], followUps: FollowUps): JobHistory => ({
  follow: (causes, onCaused) => followUps.follow(causes, onCaused),
  claim: (ask) => jobs.claim(ask),
  done: (tried) => jobs.done(tried),
  failed: (tried, outcome) => jobs.failed(tried, outcome),
  list: (query) => jobs.list(query),
  count: () => jobs.count(),
  retry: (id, now) => jobs.retry(id, now),
  discard: (id) => jobs.discard(id),
})
