import type { AgentStatus } from '../../shared/agent.ts'
import type { AgentId } from '../../shared/ids.ts'
import { times } from '../../shared/limits.ts'
import { isWithin } from '../../shared/within.ts'
import type { Clock, Log } from './ports.ts'

interface Presence {
  sockets: number
  /** When the last socket went; meaningless while there are any. */
  leftAt: number
  /** What the agent chose. Choosing `online` hands the matter back to the sockets. */
  chosen: 'away' | 'offline' | null
}

/** Who is there. Kept as timestamps and computed when asked, so that nothing has to be repaired. */
export class AgentStatuses {
  private readonly presences = new Map<AgentId, Presence>()
  private readonly told = new Map<AgentId, AgentStatus>()
  private readonly listeners = new Set<() => void>()

  constructor(
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  of(id: AgentId): AgentStatus {
    const presence = this.presences.get(id)
    if (!presence) return 'offline'
    const there = presence.sockets > 0 || isWithin(times.agentOffline, presence.leftAt, this.clock.now())
    return there ? (presence.chosen ?? 'online') : 'offline'
  }

  connected(id: AgentId): void {
    this.update(id, (presence) => ({ ...presence, sockets: presence.sockets + 1 }))
  }

  disconnected(id: AgentId): void {
    const leftAt = this.clock.now()
    this.update(id, (presence) => ({ ...presence, sockets: Math.max(0, presence.sockets - 1), leftAt }))
    this.clock.after(times.agentOffline, () => this.settle(id))
  }

  set(id: AgentId, status: AgentStatus): void {
    this.update(id, (presence) => ({ ...presence, chosen: status === 'online' ? null : status }))
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private update(id: AgentId, change: (presence: Presence) => Presence): void {
    const held = this.presences.get(id) ?? { sockets: 0, leftAt: Number.NEGATIVE_INFINITY, chosen: null }
    this.presences.set(id, change(held))
    this.settle(id)
  }

  /** Tells the listeners when the status is another than they last heard. */
  private settle(id: AgentId): void {
    const status = this.of(id)
    if (status === (this.told.get(id) ?? 'offline')) return
    this.told.set(id, status)
    for (const listener of this.listeners) {
      try {
        listener()
      } catch (fault) {
        this.log.error('statusListener:failed', { error: fault })
      }
    }
  }
}
