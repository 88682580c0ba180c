import type { ConversationId } from '../../shared/ids.ts'
import type { InboxRow } from '../../shared/inbox.ts'
import { isOlderRow } from '../../shared/inbox.ts'
import { limits } from '../../shared/limits.ts'
import type { AgentSnapshot, Totals } from '../../shared/protocol.ts'
import { success } from '../../shared/result.ts'
import type { LiveVisitor } from '../../shared/visitor.ts'
import type { ConversationRow } from '../history/history.ts'
import { type AgentHandlers, signedIn } from './agent-handlers.ts'
import { catchUpWatched, mostWatched, watchOn } from './agent-watching.ts'
import { totalsOf } from './audiences.ts'
import type { AgentSeat } from './seats.ts'
import { heldOf, type Resume, snapshotOf } from './snapshots.ts'
import { everyAgent } from './sockets.ts'
import type { World } from './world.ts'

/** Closed conversations beside the open ones, so that the list does not begin empty. */
const recentShown = 50
/** The rest is in the list over HTTP, page by page. */
const visitorsShown = 500
const rowsPerFrame = 100

/** Reads, listens, answers; then sends what came between the reading and the listening. */
export const greetAgent =
  (world: World): AgentHandlers['hello'] =>
  async (seat, { resume }) => {
    const resumed = (resume?.conversations ?? []).slice(0, mostWatched).map(({ id }) => id)
    const [inbox, totals] = await Promise.all([inboxOf(world, resumed), totalsOf(world.domain)])
    const open = inbox.filter(({ conversation }) => resumed.includes(conversation.id))
    const conversations = await resumedSnapshots(world, open, resume)
    takeDesk(world, seat)
    for (const { conversation } of open) watchOn(seat, conversation)
    const visitors = visitorsOf(world)
    const snapshot = { ...deskOf(world, seat), inbox, conversations, visitors, totals }
    return {
      ...success(snapshot),
      after: async () => {
        catchUpVisitors(world, seat, visitors)
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

function takeDesk({ domain }: World, seat: AgentSeat): void {
  if (seat.greeted || !seat.socket.connected) return
  seat.greeted = true
  seat.socket.join([everyAgent, seat.agentId])
  domain.agents.connected(seat.agentId)
}

async function inboxOf({ domain }: World, resumed: ConversationId[]): Promise<ConversationRow[]> {
  const { conversations } = domain
  const [open, recent, held] = await Promise.all([
    conversations.list({ status: 'open', order: 'waiting', limit: limits.conversationsInSnapshot }),
    conversations.list({ order: 'recent', limit: recentShown }),
    conversations.rows(resumed),
  ])
  const rows = new Map<ConversationId, ConversationRow>()
  for (const row of [...open.items, ...recent.items, ...held]) rows.set(row.conversation.id, row)
  return [...rows.values()]
}

const resumedSnapshots = ({ domain, epoch }: World, open: InboxRow[], resume: Resume) =>
  Promise.all(
    open.map((row) => {
      const heldSeq = heldOf(row.conversation, { resume, epoch: epoch() })
      return snapshotOf(domain.conversations, row, { heldSeq, most: limits.entriesInSnapshot })
    }),
  )

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
  domain.visits
    .live()
    .sort((a, b) => b.activeAt - a.activeAt)
    .slice(0, visitorsShown)

/** Of the rows that were sent, and of those that have come among the first since, what is newer now, or gone. */
async function catchUpInbox(world: World, { socket }: AgentSeat, sent: InboxRow[]): Promise<void> {
  const held = new Map(sent.map((row) => [row.conversation.id, row]))
  const now = await inboxOf(world, [...held.keys()])
  const news = now.filter((row) => {
    const before = held.get(row.conversation.id)
    return !before || isOlderRow(before, row)
  })
  const there = new Set(now.map(({ conversation }) => conversation.id))
  const ids = [...held.keys()].filter((id) => !there.has(id))
  if (ids.length) socket.emit('conversations:erased', { ids })
  for (let i = 0; i < news.length; i += rowsPerFrame)
    socket.emit('inbox:changed', { rows: news.slice(i, i + rowsPerFrame) })
}

/** A digest may have been sent between the reading and the answer, which then would take it back. */
function catchUpVisitors(world: World, { socket }: AgentSeat, sent: LiveVisitor[]): void {
  const before = new Map(sent.map((one) => [one.visitId, JSON.stringify(one)]))
  const upserts = visitorsOf(world).filter((one) => before.get(one.visitId) !== JSON.stringify(one))
  const gone = [...before.keys()].filter((id) => (world.domain.visits.find(id)?.state ?? 'gone') === 'gone')
  if (upserts.length + gone.length) socket.emit('roster:changed', { upserts, gone })
}

async function catchUpTotals({ domain }: World, { socket }: AgentSeat, sent: Totals): Promise<void> {
  const now = await totalsOf(domain)
  if (JSON.stringify(now) !== JSON.stringify(sent)) socket.emit('totals:changed', now)
}
