import type { InboxRow } from '../../shared/inbox.ts'
import { isOlderRow } from '../../shared/inbox.ts'
import { limits } from '../../shared/limits.ts'
import type { AgentSnapshot, ConversationSnapshot, Totals } from '../../shared/protocol.ts'
import { success } from '../../shared/result.ts'
import { fitting, jsonBytes } from '../../shared/text/bytes.ts'
import type { LiveVisitor } from '../../shared/visitor.ts'
import { type AgentHandlers, signedIn } from './agent-handlers.ts'
import { catchUpWatched, mostWatched, watchOn } from './agent-watching.ts'
import { totalsOf } from './audiences.ts'
import type { AgentSeat } from './seats.ts'
import { heldOf, type Resume, snapshotOf } from './snapshots.ts'
import { everyAgent, rosterReaders } from './sockets.ts'
import type { World } from './world.ts'

/** Closed conversations beside the open ones, so that the list does not begin empty. */
const recentShown = 50
/** The rest is in the list over HTTP, page by page. */
const visitorsShown = 500
const rowsPerFrame = 100

/** Reads, listens, answers; then sends what came between the reading and the listening. */
export const greetAgent =
  (world: World): AgentHandlers['hello'] =>
  async (seat, { resume, roster }) => {
    const resumed = (resume?.conversations ?? []).slice(0, mostWatched).map(({ id }) => id)
    const [listed, open, totals] = await Promise.all([
      inboxOf(world),
      world.domain.conversations.rows(resumed),
      totalsOf(world.domain),
    ])
    const conversations = await resumedSnapshots(world, open, resume)
    const inbox = eachOnce([...listed, ...open.slice(0, conversations.length)])
    takeDesk(world, seat, roster)
    for (const { conversation } of conversations) watchOn(seat, conversation)
    const people = roster ? () => world.audiences.watch.inConversations() : () => visitorsOf(world)
    const visitors = people()
    const snapshot = { ...deskOf(world, seat), inbox, conversations, visitors, totals }
    return {
      ...success(snapshot),
      after: async () => {
        catchUpVisitors(world, seat, { before: visitors, now: people() })
        await catchUpInbox(world, seat, inbox)
        await Promise.all(
          conversations.map(({ conversation }) =>
            catchUpWatched(world, seat, conversation.id, conversation.seq),
          ),
        )
        await catchUpTotals(world, seat, totals)
      },
    }
  }

function takeDesk({ domain, audiences }: World, seat: AgentSeat, roster: 'window' | undefined): void {
  if (seat.greeted || !seat.socket.connected) return
  seat.greeted = true
  seat.socket.join([everyAgent, seat.agentId])
  if (roster) audiences.watch.enter(seat)
  else seat.socket.join(rosterReaders)
  domain.agents.connected(seat.agentId)
}

async function inboxOf({ domain: { conversations } }: World): Promise<InboxRow[]> {
  const [open, recent] = await Promise.all([
    conversations.list({ status: 'open', order: 'waiting', limit: limits.conversationsInSnapshot }),
    conversations.list({ order: 'recent', limit: recentShown }),
  ])
  return fitting(eachOnce([...open.items, ...recent.items]))
}

const eachOnce = (rows: InboxRow[]): InboxRow[] => [
  ...new Map(rows.map((row) => [row.conversation.id, row])).values(),
]

/** Those there is room for; what else is open on the screen is asked for one by one. */
async function resumedSnapshots(
  { domain, epoch }: World,
  open: InboxRow[],
  resume: Resume,
): Promise<ConversationSnapshot[]> {
  const snapshots: ConversationSnapshot[] = []
  let room: number = limits.answerBytes
  for (const row of open) {
    if (room <= 0) break
    const heldSeq = heldOf(row.conversation, { resume, epoch: epoch() })
    const most = limits.entriesInSnapshot
    const snapshot = await snapshotOf(domain.conversations, row, { heldSeq, most, room })
    snapshots.push(snapshot)
    room -= jsonBytes(snapshot)
  }
  return snapshots
}

type DeskItself = Omit<AgentSnapshot, 'inbox' | 'conversations' | 'visitors' | 'totals'>

function deskOf(world: World, seat: AgentSeat): DeskItself {
  const { domain, clock, epoch } = world
  const me = signedIn(world, seat)
  return {
    epoch: epoch(),
    serverTime: clock.now(),
    me,
    status: domain.agents.statusOf(me.id),
    colleagues: domain.agents.colleagues(),
    sites: domain.sites.list().map((site) => ({ id: site.id, key: site.key, name: site.name })),
  }
}

const visitorsOf = ({ domain }: World): LiveVisitor[] =>
  fitting(
    domain.visits
      .live()
      .sort((a, b) => b.activeAt - a.activeAt)
      .slice(0, visitorsShown),
  )

/** Of the rows that were sent, and of those that have come among the first since, what is newer now, or gone. */
async function catchUpInbox(world: World, { socket }: AgentSeat, sent: InboxRow[]): Promise<void> {
  const held = new Map(sent.map((row) => [row.conversation.id, row]))
  const now = eachOnce([
    ...(await inboxOf(world)),
    ...(await world.domain.conversations.rows([...held.keys()])),
  ])
  const news = now.filter((row) => {
    const before = held.get(row.conversation.id)
    return !before || isOlderRow(before, row)
  })
  const there = new Set(now.map(({ conversation }) => conversation.id))
  const ids = [...held.keys()].filter((id) => !there.has(id))
  if (ids.length) socket.emit('conversations:erased', { ids })
  while (news.length > 0) {
    const rows = fitting(news.slice(0, rowsPerFrame))
    socket.emit('inbox:changed', { rows })
    news.splice(0, rows.length)
  }
}

/** A digest may have been sent between the reading and the answer, which then would take it back. */
function catchUpVisitors(
  { domain, audiences }: World,
  seat: AgentSeat,
  { before, now }: { before: LiveVisitor[]; now: LiveVisitor[] },
): void {
  const sent = new Map(before.map((one) => [one.visitId, JSON.stringify(one)]))
  const upserts = now.filter((one) => sent.get(one.visitId) !== JSON.stringify(one))
  const gone = [...sent.keys()].filter((id) => (domain.visits.find(id)?.state ?? 'gone') === 'gone')
  if (upserts.length + gone.length > 0) audiences.watch.tellOne(seat, { upserts, gone })
}

async function catchUpTotals({ audiences }: World, { socket }: AgentSeat, sent: Totals): Promise<void> {
  const now = await audiences.currentTotals()
  if (JSON.stringify(now) !== JSON.stringify(sent)) socket.emit('totals:changed', now)
}
