import { createHash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { parse } from 'valibot'
import { putBytes } from '../../server/files/carrying.ts'
import { diskFiles } from '../../server/files/disk-files.ts'
import type { Cause, History, PageViewRecord } from '../../server/history/history.ts'
import { openHistory } from '../../server/history/open.ts'
import { openWorkspace } from '../../server/workspace/open.ts'
import type { Conversation } from '../../shared/conversation/conversation.ts'
import type { Entry } from '../../shared/conversation/entry.ts'
import { followUpId } from '../../shared/follow-up.ts'
import {
  type ClientId,
  type ConversationId,
  type FileId,
  makeId,
  SiteKey,
  type VisitorId,
} from '../../shared/ids.ts'
import { success } from '../../shared/result.ts'
import { hour, minute, newClientId, newTokenHash, noon, type Scene, scene, taken } from './history-cast.ts'

export interface Furnished {
  /** The token's hash of each visitor. */
  tokens: Map<VisitorId, string>
  /** What was written of all conversations, by id. */
  conversations: ConversationId[]
  /** A message that can be sent again under its id, and what it added: it opened a conversation again. */
  again: { visitorId: VisitorId; text: string; clientId: ClientId; entries: Entry[] }
  siteId: Scene['siteId']
  /** What was uploaded, and what is in it. */
  files: { id: FileId; content: string }[]
}

export interface Home {
  dataDir: string
  databaseUrl?: string
}

export const openHome = (home: Home): Promise<History> => openHistory({ ...home, clock: { now: () => noon } })

/** Furnishes a house with some of everything that history and workspace can hold. */
export async function furnish(home: Home): Promise<Furnished> {
  const siteId = await addSettings(home.dataDir)
  const history = await openHome(home)
  history.jobs.follow([told], () => undefined)
  const furnished: Furnished = {
    tokens: new Map(),
    conversations: [],
    again: {
      visitorId: makeId('v', 1, randomBytes(10)),
      text: 'Twice?',
      clientId: newClientId(),
      entries: [],
    },
    siteId,
    files: [],
  }
  for (let i = 0; i < 6; i++) await addVisitor(history, furnished, i)
  await addFiles(history, furnished, home)
  await addReopened(history, furnished)
  await tryJobs(history)
  const agentId = makeId('a', noon, randomBytes(10))
  await history.agentStates.record([
    { agentId, server: 'one', at: noon, state: 'online' },
    { agentId, server: 'one', at: noon + hour, state: 'offline' },
  ])
  await history.close()
  return furnished
}

/** Two of the same bytes, one of them in a message, and one of other bytes. */
async function addFiles(
  history: History,
  { siteId, files, again }: Furnished,
  { dataDir }: Home,
): Promise<void> {
  const store = diskFiles(join(dataDir, 'files'))
  for (const [index, content] of ['one', 'one', 'another\u0000'].entries()) {
    const bytes = Buffer.from(content)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    await putBytes(store, sha256, bytes)
    const what = { name: `بلیت ${index}\u2028.pdf`, size: bytes.length, type: 'application/pdf' } as const
    const owner = { siteId, owner: again.visitorId, clientId: newClientId(), conversationId: null }
    const id = makeId('f', noon, randomBytes(10))
    const held = { message: index === 0 ? newClientId() : null, visibility: 'visible' } as const
    await history.files.add({ id, ...what, ...owner, ...held, sha256, createdAt: noon })
    files.push({ id, content })
  }
}

/** Closes are told to somebody. */
const told: Cause = {
  kind: 'test:told',
  wants: (entry, { id }) => (entry.kind === 'closed' ? { id, 10: 'ten', odd: '\u0000\u2028' } : null),
}

/** One is put aside, one is tried again, the others wait. */
async function tryJobs({ jobs }: History): Promise<void> {
  const claimed = await jobs.claim({ now: noon + hour, until: noon + 2 * hour, limit: 2 })
  for (const [index, job] of claimed.jobs.entries())
    await jobs.failed(job, { error: 'no\u0000', dueAt: index === 0 ? null : noon + 3 * hour })
}

async function addReopened(history: History, { again, conversations, siteId }: Furnished): Promise<void> {
  const who = scene(history, siteId, again.visitorId)
  const { id } = taken(await who.says('Once?', noon)).conversation
  await who.closes(id, noon + minute)
  again.entries = taken(await who.says(again.text, noon + hour, again.clientId)).entries
  conversations.push(id)
}

async function addVisitor(history: History, furnished: Furnished, index: number): Promise<void> {
  const tokenHash = newTokenHash()
  const { siteId } = furnished
  const { id } = await history.visitors.ensure({
    ...{ siteId, tokenHash, newId: makeId('v', noon, randomBytes(10)), locale: 'fa', at: noon },
  })
  furnished.tokens.set(id, tokenHash)
  await history.visitors.update(id, {
    ...{ name: `مینا ${index}`, attributes: { 10: 'ten', cart: 3, odd: '\u0000\u2028\ud83d "' } },
  })
  await view(history, furnished, id)
  await isAddressed(history, furnished, id)
  await converse(scene(history, siteId, id), furnished)
}

/** Two in one moment, since that happens too. */
async function view(history: History, { siteId }: Furnished, visitorId: VisitorId): Promise<void> {
  const visitId = makeId('t', noon, randomBytes(10))
  const seen = { visitorId, visitId, siteId, url: 'https://shop.example/', title: 'Shop\u2028', referrer: '' }
  const used = { engagedMs: 40_000, scroll: 80 }
  const whole: Required<PageViewRecord> = {
    ...{ ...seen, ...used, at: noon },
    ...{ device: 'phone', language: 'fa-IR', country: 'IR', segments: ['buyers'] },
  }
  await history.visits.record([
    whole,
    { ...seen, at: noon, url: 'https://shop.example/a' },
    { ...seen, at: noon + 1 },
  ])
}

/** Once by a rule, and of another they are held out; somebody else keeps nothing. */
async function isAddressed(
  { exposures }: History,
  { siteId }: Furnished,
  visitorId: VisitorId,
): Promise<void> {
  const [visitId, ruleId] = [makeId('t', noon, randomBytes(10)), makeId('r', noon, randomBytes(10))]
  const goal = { withinSeconds: 60, kind: 'url', glob: '/بلیت*' } as const
  const shown = {
    siteId,
    visitorId,
    visitId,
    at: noon,
    ruleId,
    by: 'rule',
    heldOut: false,
    silent: false,
    goal,
  } as const
  const id = () => makeId('i', noon, randomBytes(10))
  const first = { ...shown, id: id(), variant: 'B\u0000' }
  await exposures.store({
    exposures: [
      first,
      { ...shown, id: id(), variant: null, heldOut: true, segments: ['Buyers'] },
      { ...shown, id: id(), variant: null, by: 'visitor', goal: null },
      { ...shown, id: id(), variant: null, visitorId: null, visitId: null },
    ],
    aftermaths: [{ id: first.id, seenAt: noon + 1, goalAt: noon + 2 }],
  })
}

/** Opened, answered, noted, read, closed, rated, opened again, and left with one unread. */
async function converse(who: Scene, furnished: Furnished): Promise<void> {
  const { conversation } = taken(
    await who.begins('Is the “blue” one\n there?\u2028\u0000', {
      ...{ segments: ['Buyers \u0000\u2028', 'Returning'], language: 'fa-IR', device: 'phone' },
      ...{ page: 'https://shop.example/بلیت', proactive: true },
    }),
  )
  const { id } = conversation
  furnished.conversations.push(id)
  await who.answers(id, 'It is.', noon + minute)
  await who.does(id, {
    ...{ type: 'message', author: who.sara, clientId: newClientId(), text: 'Regular', note: true },
  })
  await who.says('Lovely', noon + 2 * minute)
  await who.closes(id, noon + hour)
  await who.does(id, { type: 'tag', tags: ['complaint', 'بلیت "x"'], by: who.sara }, noon + hour)
  await isLetDown(who, conversation)
  await who.history.conversations.receive(id, 'visitor', { delivered: 4, seen: 3 })
  taken(await who.says('One more thing', noon + 2 * hour))
}

/** One is to be made right, and one was, in people's own words. */
async function isLetDown({ history, sara }: Scene, { id, visitorId, siteId }: Conversation): Promise<void> {
  const about = { conversationId: id, visitorId, siteId, why: 'rating', openedAt: noon } as const
  const said = { category: 'delivery', cause: 'slow', note: 'زنگ زدیم \u0000\u2028' }
  const open = { doneAt: null, doneBy: null, ownerId: null, category: null, cause: null, note: '' }
  const done = { doneAt: noon + hour, doneBy: sara.id, ownerId: sara.id, ...said }
  for (const [index, state] of [open, done].entries()) {
    const episode = index + 1
    const due = { dueAt: noon + 2 * hour, episode }
    await history.followUps.open({ ...about, ...due, ...state, id: followUpId(id, episode) })
  }
}

async function addSettings(dataDir: string): Promise<Scene['siteId']> {
  const workspace = await openWorkspace({ dataDir })
  const siteId = makeId('s', noon, randomBytes(10))
  await workspace.change((draft) => {
    draft.sites.push({
      ...{
        id: siteId,
        key: parse(SiteKey, 'shop'),
        name: 'Shop',
        origins: ['https://shop.example'],
        locale: 'fa',
      },
      ...{ accent: '#0f766e', side: 'end', greeting: { fa: 'سلام' }, replyTime: {}, createdAt: noon },
    })
    draft.agents.push({
      ...{ id: makeId('a', noon, randomBytes(10)), email: 'sara@example.com', name: 'Sara', role: 'owner' },
      ...{ passwordHash: 'scrypt$1024$8$1$c2FsdA$a2V5', active: true, createdAt: noon },
    })
    return success(undefined)
  })
  await workspace.close()
  return siteId
}
