import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { LookUps, Row } from './engine.ts'
import type { FollowUps } from './records/follow-ups.ts'
import { Journal } from './records/journal.ts'
import type { Batches, Records } from './records/records.ts'
import type { Settling } from './records/settling.ts'
import { type Reporter, reporting } from './reporter.ts'
import { rememberedConversations } from './sqlite-conversations.ts'
import { sqliteErasures } from './sqlite-erasures.ts'
import type { Store } from './store.ts'
import { asking, startThread, startWorker, type Thread } from './store-thread.ts'

/** What goes on in the embedded store beside what was asked of it. */
export interface Notices {
  /** Told once when it can never write again; a surprise, which ends the process, if left out. */
  onLost?: (fault: Error) => void
  /** Told when what was committed could not be put into the tables yet; nothing is lost. */
  onUnsettled?: (fault: unknown) => void
}

/** The embedded store: one thread writes, one reads, and one makes reports once there are any: neither a flush nor a
 * report holds up the server, nor a report whoever looks for a conversation. */
export async function openSqliteStore(
  dataDir: string,
  followUps: FollowUps,
  { onLost, onUnsettled = () => undefined }: Notices,
): Promise<Store> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const file = join(dataDir, 'history.db')
  const writer = startThread(startWorker('writer'), onLost)
  const reader = startThread(startWorker('reader'), onLost)
  const reporter = reporting((thread) => thread.call('thread', 'open', [file, 'reader']), onLost)
  const stop = async () => {
    await Promise.all([writer.stop(), reader.stop(), reporter.stop()])
  }
  const journal = new Journal(tablesOf(writer), setImmediate, followUps, onUnsettled)
  try {
    const { epoch } = await writer.call<{ epoch: string }>('thread', 'open', [file, 'writer'])
    await reader.call('thread', 'open', [file, 'reader'])
    await journal.settle()
    await writer.call('jobs', 'release', [])
    const commit = checkpointing(journal, reader)
    const records = remoteRecords({ writer, reader, reporter }, journal)
    const conversations = rememberedConversations(records, journal)
    const erasing = sqliteErasures(records, journal, { writer, file })
    const { erasures, scrub } = erasing
    return {
      records: { ...records, conversations, erasures },
      commit,
      epoch,
      scrub,
      forget: reporter.forget,
      close,
    }
  } catch (error) {
    await stop()
    throw error
  }

  /** Those who read close first, so that the writer, last to leave, folds the write-ahead log back in. */
  async function close(): Promise<void> {
    try {
      await journal.settle().finally(async () => {
        await Promise.all([reader.call('thread', 'close', []), reporter.close()])
        await writer.call('thread', 'close', [])
      })
    } finally {
      await stop()
    }
  }
}

const tablesOf = (writer: Thread): LookUps & Settling => ({
  all: (sql, params = []) => writer.call('tables', 'all', [sql, params]),
  lookUp: async <R extends Row>({ keys, ...lookUp }: Parameters<LookUps['lookUp']>[0]) =>
    keys.length === 0 ? [] : writer.call<R[]>('tables', 'lookUp', [{ ...lookUp, keys }]),
  takeNumbers: (table, count) => writer.call('tables', 'takeNumbers', [table, count]),
  lock: async () => undefined,
  write: (views, lines) => writer.call('tables', 'write', [views], lines),
  settle: (heads) => writer.call('tables', 'settle', [heads]),
})

const writes = new Set([
  'visitors.ensure',
  'visitors.update',
  'visitors.letGo',
  'visits.tell',
  'visits.withdraw',
  'visits.takeBack',
  'visits.expire',
  'sessions.create',
  'sessions.end',
  'sessions.endAllOf',
  'sessions.endExpired',
  'jobs.claim',
  'jobs.done',
  'jobs.failed',
  'jobs.retry',
  'jobs.discard',
  'followUps.open',
  'followUps.change',
  'files.add',
  'files.hold',
  'files.sweep',
  'agentStates.record',
  'agentStates.sign',
  'ledger.store',
  'ledger.clear',
  'journeys.claim',
  'journeys.store',
  'journeys.clear',
  'exposures.store',
  'exposures.expire',
  'erasures.erase',
  'erasures.eraseMarked',
  'erasures.scrubbed',
  'engine.ping',
])
/** What these speak of may still stand in the journal; not so what is asked only of what the tables have. */
const settledFirst = new Set([
  'conversations',
  'figures',
  'jobs',
  'files',
  'erasures.held',
  'erasures.marksOf',
  'visits.withdraw',
  'visitors.letGo',
  'past.begins',
])
const settledAlready = new Set([
  'conversations.findMany',
  'jobs.done',
  'jobs.failed',
  'files.add',
  'files.find',
  'files.findOwn',
  'files.spent',
  'files.hold',
  'files.kept',
])

/** What goes through a whole period, beside `figures`. */
const reports = new Set(['exposures.tallies', 'exposures.invited'])

interface Threads {
  writer: Thread
  reader: Thread
  reporter: Reporter
}

function remoteRecords({ writer, reader, reporter }: Threads, journal: Journal): Records {
  const call = async (noun: string, verb: string, args: unknown[]): Promise<unknown> => {
    const name = `${noun}.${verb}`
    const mustSettle = settledFirst.has(noun) || settledFirst.has(name)
    if (mustSettle && !settledAlready.has(name)) await journal.settle()
    if (noun === 'figures' || verb === 'prepare' || reports.has(name)) return reporter.call(noun, verb, args)
    const thread = writes.has(name) ? writer : reader
    return thread.call(noun, verb, args)
  }
  const nouns: unknown = Object.fromEntries(
    remote.map((noun) => [noun, asking((verb, args) => call(noun, verb, args))]),
  )
  return nouns as Records
}

const remote: (keyof Records)[] = [
  'conversations',
  'visitors',
  'visits',
  'past',
  'sessions',
  'figures',
  'ledger',
  'journeys',
  'agentStates',
  'followUps',
  'jobs',
  'files',
  'exposures',
  'erasures',
  'engine',
]

/** Writes between two checkpoints: few enough that each is short. */
const checkpointEvery = 16_384

/** Checkpoints by the reader, so that no commit waits for one. Should one fail, the writer makes it in the end. */
function checkpointing(journal: Batches, reader: Thread): Store['commit'] {
  let since = 0
  return async (batch) => {
    const outcome = await journal.commit(batch)
    since += batch.appends.length + batch.receives.length + batch.views.length
    if (since >= checkpointEvery) {
      since = 0
      reader.call('thread', 'checkpoint', []).catch(() => undefined)
    }
    return outcome
  }
}
