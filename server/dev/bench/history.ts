import { randomBytes, randomUUID } from 'node:crypto'
import * as v from 'valibot'
import { ClientId, type ConversationId, makeId, type SiteId, type VisitorId } from '../../../shared/ids.ts'
import type { History } from '../../history/history.ts'
import { openHistory } from '../../history/open.ts'
import { measureAcknowledgements } from './acknowledgements.ts'
import { type Figure, figure, median, quantile } from './figures.ts'
import { startSubject } from './subject.ts'
import { makeFolder, removeFolder } from './temporary-folder.ts'

const few = 1_000
const many = 100_000
const queries = 400
const startConversations = 50_000
const messagesEach = 20
const starts = 3

const clock = { now: () => Date.now(), after: () => () => undefined }

/** The first page of the inbox among few and among many conversations. */
export async function measureHistory(): Promise<Figure[]> {
  const small = await inboxDelay(few)
  const large = await inboxDelay(many)
  return [
    figure('history.inbox', large, 'ms', {
      floor: small,
      note: `p95 of the open inbox's first page at ${many.toLocaleString('en')} conversations; floor at ${few.toLocaleString('en')}`,
    }),
  ]
}

const inboxDelay = (conversations: number): Promise<number> =>
  inTemporaryFolder(async (dataDir) => {
    const history = await openHistory({ dataDir, databaseUrl: null, clock })
    try {
      await fill(history, conversations, 2)
      const delays: number[] = []
      for (let i = 0; i < queries; i++) {
        const started = performance.now()
        await history.conversations.list({ status: 'open', order: 'waiting', limit: 50 })
        delays.push(performance.now() - started)
      }
      return quantile(delays, 0.95)
    } finally {
      await history.close()
    }
  })

const stored = `with ${(startConversations * messagesEach).toLocaleString('en')} messages stored; floor: an empty store`

/** With a million messages in the store: from starting the process to its first answer, and to acknowledge one more. */
export async function measureMillion(): Promise<Figure[]> {
  const empty = await inTemporaryFolder(startDelay)
  return inTemporaryFolder(async (dataDir) => {
    const history = await openHistory({ dataDir, databaseUrl: null, clock })
    await fill(history, startConversations, messagesEach)
    await history.close()
    return [
      figure('start.million', await startDelay(dataDir), 'ms', { floor: empty, note: stored }),
      await measureAcknowledgements(dataDir, `median at 500 a second, ${stored}`),
    ]
  })
}

async function startDelay(dataDir: string): Promise<number> {
  const delays: number[] = []
  for (let i = 0; i < starts; i++) {
    const started = performance.now()
    const subject = await startSubject('house', [dataDir])
    delays.push(performance.now() - started)
    await subject.stop()
  }
  return median(delays)
}

/** Conversations of `messages` visitor messages each; nine in ten were closed. */
async function fill(history: History, conversations: number, messages: number): Promise<void> {
  const atOnce = 2_000
  const siteId = makeId('s', Date.now(), randomBytes(10))
  for (let from = 0; from < conversations; from += atOnce) {
    const batch = Math.min(atOnce, conversations - from)
    await Promise.all(
      Array.from({ length: batch }, (_, i) => oneConversation(history, siteId, messages, from + i)),
    )
  }
}

async function oneConversation(
  history: History,
  siteId: SiteId,
  messages: number,
  number: number,
): Promise<void> {
  const now = Date.now()
  const visitorId = makeId('v', now, randomBytes(10))
  const newId = makeId('c', now, randomBytes(10))
  for (let i = 0; i < messages; i++)
    await say(history, { siteId, visitorId, newId, text: `Message ${i} of ${number}` })
  if (number % 10 === 0) return
  await history.conversations.append({
    target: { kind: 'existing', conversationId: newId },
    command: { type: 'close', by: { kind: 'system' }, reason: 'inactive', surveyLocked: true },
    at: now,
  })
}

async function say(
  history: History,
  {
    siteId,
    visitorId,
    newId,
    text,
  }: { siteId: SiteId; visitorId: VisitorId; newId: ConversationId; text: string },
): Promise<void> {
  const clientId = v.parse(ClientId, randomUUID())
  const appended = await history.conversations.append({
    target: { kind: 'current', siteId, visitorId, newId },
    command: { type: 'message', author: { kind: 'visitor', id: visitorId }, clientId, text, note: false },
    at: Date.now(),
  })
  if (!appended.ok) throw new Error(appended.error.message)
}

async function inTemporaryFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = makeFolder()
  try {
    return await use(folder)
  } finally {
    removeFolder(folder)
  }
}
