import type { InboxRow } from '../../shared/inbox.ts'
import { limits } from '../../shared/limits.ts'
import type { AgentSnapshot } from '../../shared/protocol.ts'
import { success } from '../../shared/result.ts'
import { type AgentHandlers, signedIn } from './agent-handlers.ts'
import { totalsOf } from './audiences.ts'
import type { AgentSeat } from './seats.ts'
import { everyAgent } from './sockets.ts'
import type { World } from './world.ts'

/** Closed conversations beside the open ones, so that the list does not begin empty. */
const recentShown = 50
/** The rest is in the list over HTTP, page by page. */
const visitorsShown = 500

export const greetAgent =
  (world: World): AgentHandlers['hello'] =>
  async (seat) => {
    const began = world.clock.now()
    const [inbox, totals] = await Promise.all([inboxOf(world), totalsOf(world.domain)])
    takeDesk(world, seat)
    const snapshot = { ...agentSnapshot(world, seat, inbox), totals }
    return { ...success(snapshot), after: () => catchUpInbox(world, seat, began) }
  }

function takeDesk({ domain }: World, seat: AgentSeat): void {
  if (seat.greeted || !seat.socket.connected) return
  seat.greeted = true
  seat.socket.join([everyAgent, seat.agentId])
  domain.agents.connected(seat.agentId)
}

async function inboxOf({ domain }: World): Promise<InboxRow[]> {
  const [open, recent] = await Promise.all([
    domain.conversations.list({ status: 'open', order: 'waiting', limit: limits.conversationsInSnapshot }),
    domain.conversations.list({ order: 'recent', limit: recentShown }),
  ])
  const rows = new Map([...open.items, ...recent.items].map((row) => [row.conversation.id, row]))
  return [...rows.values()]
}

function agentSnapshot(world: World, seat: AgentSeat, inbox: InboxRow[]): Omit<AgentSnapshot, 'totals'> {
  const { domain, clock, epoch } = world
  const me = signedIn(world, seat)
  const visitors = domain.visits.live().sort((a, b) => b.activeAt - a.activeAt)
  return {
    epoch: epoch(),
    serverTime: clock.now(),
    me,
    status: domain.agents.statusOf(me.id),
    colleagues: domain.agents.colleagues(),
    sites: domain.sites.list().map((site) => ({ id: site.id, key: site.key, name: site.name })),
    inbox,
    visitors: visitors.slice(0, visitorsShown),
  }
}

/** What changed while the inbox was being read was announced before this socket listened. */
async function catchUpInbox({ domain }: World, { socket }: AgentSeat, since: number): Promise<void> {
  const { items } = await domain.conversations.list({ order: 'recent', limit: recentShown })
  const rows = items.filter(({ conversation }) => conversation.changedAt >= since)
  if (rows.length) socket.emit('inbox:changed', { rows })
}
