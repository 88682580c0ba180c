import { afterEach, beforeEach, expect, it } from 'vitest'
import { LateWatch } from '../../../server/domain/late-watch.ts'
import type { Appended } from '../../../server/history/history.ts'
import { createLog } from '../../../server/log.ts'
import { systemRandom as random } from '../../../server/system.ts'
import { memoryWorkspace } from '../../../server/workspace/open.ts'
import type { Workspace } from '../../../server/workspace/workspace.ts'
import { type Conversation, startConversation } from '../../../shared/conversation/conversation.ts'
import { type ConversationId, makeId } from '../../../shared/ids.ts'
import { success } from '../../../shared/result.ts'
import type { Target } from '../../../shared/targets.ts'
import { noReceipts } from '../../../shared/timeline.ts'
import { emptyWorkspace } from '../../../shared/workspace.ts'
import { type HandClock, handClock } from '../../support/clock.ts'

const minute = 60_000
const hour = 60 * minute

let clock: HandClock
let workspace: Workspace
let watch: LateWatch
let open: Conversation[]
/** What happens while the second page is read, and while something is marked. */
let onPage: () => unknown
let onMark: (conversation: Conversation) => unknown
let turns: number
let worked: number
let marked: ConversationId[]

beforeEach(async () => {
  clock = handClock()
  workspace = await memoryWorkspace({ ...emptyWorkspace(), targets: [{ firstResponse: hour }] })
  ;[open, marked, turns, worked] = [[waiting(), waiting()], [], 0, 0]
  onPage = () => undefined
  onMark = () => undefined
  watch = new LateWatch({ ...parts(), workspace, clock, log })
})
afterEach(() => watch.stop())

const log = createLog({ level: 'error', clock: handClock(), write: () => undefined })

const waiting = (): Conversation => {
  const now = clock.now()
  const ids = [makeId('c', now, random.bytes(10)), makeId('s', now, random.bytes(10))] as const
  const begun = startConversation(...ids, makeId('v', now, random.bytes(10)), now)
  return { ...begun, seq: 1, waitingSince: now }
}

const row = (conversation: Conversation) => ({
  conversation,
  receipts: noReceipts,
  unread: 0,
  visitorName: null,
})

/** A record of which each page has one conversation. */
const parts = (): Omit<ConstructorParameters<typeof LateWatch>[0], 'workspace' | 'clock' | 'log'> => ({
  conversations: {
    async list({ cursor }) {
      if (cursor !== undefined) await onPage()
      const at = Number(cursor ?? 0)
      const items = open.slice(at, at + 1).map(row)
      return { items, nextCursor: at + 1 < open.length ? String(at + 1) : null }
    },
  },
  async mark(id, { aim, since }) {
    const found = open.find((one) => one.id === id)
    if (!found) throw new Error('There is none.')
    marked.push(id)
    const conversation: Conversation = { ...found, seq: found.seq + 1, overdue: { [aim]: since } }
    await onMark(conversation)
    const nothing = { entries: [], written: [], duplicate: false, started: false }
    return success<Appended>({ conversation, receipts: noReceipts, ...nothing })
  },
  pace: {
    now: () => {
      worked += 1_000
      return worked
    },
    pause: async () => {
      turns += 1
    },
  },
})

const aimAt = (...targets: Target[]) =>
  workspace.change((draft) => {
    draft.targets = targets
    return success(null)
  })

const atRisk = async () => (await watch.atRisk({ limit: 10 })).items

const begin = async () => {
  watch.start()
  await watch.rest()
}

const pass = async (ms: number) => {
  clock.advance(ms)
  await watch.rest()
}

it('K28 what was closed while it was told to be late is closed, whether or not that was looked at first', async () => {
  await begin()
  const [first, second] = open.map(({ id }) => id)
  onMark = async (late) => {
    watch.talked(late)
    watch.talked({ ...late, seq: late.seq + 1, status: 'closed', closedAt: clock.now(), waitingSince: null })
    if (late.id === first) await atRisk()
  }
  await pass(hour + 1)
  expect(marked).toEqual([first, second])
  expect(await atRisk()).toEqual([])
  await pass(hour)
  expect(marked).toHaveLength(2)
})

it('K28 what is erased while what is open is read is not told to be late', async () => {
  const [first, second] = open.map(({ id }) => id)
  onPage = () => watch.erased(open.slice(0, 1).map(({ id }) => id))
  await begin()
  expect(await atRisk()).toEqual([second])
  await pass(hour + 1)
  expect(marked).not.toContain(first)
})

it('K25 targets that change while what is open is read count for all of it', async () => {
  onPage = () => aimAt({ firstResponse: minute })
  await begin()
  await pass(minute + 1)
  expect(marked).toEqual(open.map(({ id }) => id))
})

it('K25 what is due is reckoned anew for what decides it alone, and others have their turn meanwhile', async () => {
  await begin()
  await workspace.change((draft) => {
    draft.agents.reverse()
    return success(null)
  })
  await watch.rest()
  expect(turns).toBe(0)
  await aimAt({ firstResponse: minute })
  await watch.rest()
  expect(turns).toBe(open.length)
  await pass(minute + 1)
  expect(marked).toHaveLength(open.length)
})

it.each([3 * hour, -3 * hour])(
  'S65 is told within a minute after the clock was put right by %i ms',
  async (by) => {
    let off = 0
    const moved = { ...clock, now: () => clock.now() + off }
    const own = new LateWatch({ ...parts(), workspace, clock: moved, log })
    own.start()
    await own.rest()
    off = by
    clock.advance(minute)
    await own.rest()
    expect(marked).toHaveLength(by > 0 ? 2 : 0)
    clock.advance(4 * hour + minute)
    await own.rest()
    expect(marked).toHaveLength(2)
    await own.stop()
  },
)
