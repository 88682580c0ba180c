import { times } from '../../shared/limits.ts'
import { agentDoor } from './agent-events.ts'
import { Digest } from './digest.ts'
import type { Door, Gateway } from './gateway.ts'
import { admitAgent, type Crowds } from './handshake.ts'
import { refusal } from './refusal.ts'
import type { AgentSeat } from './seats.ts'
import type { AgentNamespace, AgentSocket } from './sockets.ts'
import { trimSocket } from './trim-socket.ts'
import type { World } from './world.ts'

interface DeskNeeds {
  namespace: AgentNamespace
  world: World
  crowds: Crowds
  gateway: Gateway
}

/** A session that runs out by time alone is noticed within this. */
const sessionsCheckedEvery = 60_000

/** Where agents' sockets come in and go out. */
export class AgentDesk {
  private readonly seats = new Map<AgentSocket, AgentSeat>()
  private readonly colleagues: Digest<'all'>
  private readonly stopListening: (() => void)[]
  private readonly door: Door<AgentSeat>
  private cancelCheck: () => void = () => undefined

  constructor(private readonly needs: DeskNeeds) {
    const { namespace, world } = needs
    const { clock, log, domain, audiences } = world
    this.door = agentDoor(world)
    const send = () => {
      audiences.colleaguesChanged(domain.agents.colleagues())
      return []
    }
    this.colleagues = new Digest({ every: times.digestEvery, most: 1, send, clock, log })
    namespace.use((socket, next) => {
      this.admit(socket).then(next, (error: unknown) => next(this.failed(error)))
    })
    namespace.on('connection', (socket) => this.receive(socket))
    this.stopListening = [
      world.onSettingsChange(() => audiences.workspaceChanged()),
      domain.agents.onStatusChange(() => this.colleagues.add('all')),
      domain.sessions.onEnded((ended) => this.dismiss(ended)),
    ]
    this.checkSessions()
  }

  close(): void {
    this.cancelCheck()
    for (const stop of this.stopListening) stop()
    this.colleagues.close()
  }

  private async admit(socket: AgentSocket): Promise<Error | undefined> {
    const { world, crowds } = this.needs
    const outcome = await admitAgent(world, crowds, socket)
    if ('refused' in outcome) return refusal(outcome.refused)
    const { seat } = outcome
    this.seats.set(socket, seat)
    socket.conn.once('close', () => {
      crowds.addresses.leave(seat.addressKey)
      this.seats.delete(socket)
    })
    if (socket.conn.readyState === 'open') return undefined
    crowds.addresses.leave(seat.addressKey)
    this.seats.delete(socket)
    return refusal('session')
  }

  private receive(socket: AgentSocket): void {
    const { world, gateway } = this.needs
    const seat = this.seats.get(socket)
    if (!seat) {
      socket.disconnect(true)
      return
    }
    gateway.guard(socket, seat, this.door)
    socket.on('disconnect', () => {
      this.seats.delete(socket)
      world.audiences.watch.leave(seat)
      if (seat.greeted) world.domain.agents.disconnected(seat.agentId)
      seat.greeted = false
    })
    trimSocket(socket)
  }

  private failed(error: unknown): Error {
    this.needs.world.log.error('agent:admission', { error: String(error) })
    return refusal('session')
  }

  private dismiss(ended: { agentId: string } | { tokenHash: string }): void {
    for (const seat of [...this.seats.values()]) {
      const theirs = 'agentId' in ended ? seat.agentId === ended.agentId : seat.tokenHash === ended.tokenHash
      if (theirs) this.turnAway(seat)
    }
  }

  private turnAway({ socket }: AgentSeat): void {
    socket.emit('refused', { reason: 'session' })
    socket.disconnect(true)
  }

  private checkSessions(): void {
    const { world } = this.needs
    this.cancelCheck = world.clock.after(sessionsCheckedEvery, () => {
      for (const seat of this.seats.values())
        world.sessionOf(seat.cookie).then(
          (session) => {
            if (!session) this.turnAway(seat)
          },
          (error: unknown) => world.log.warn('agent:sessionUnchecked', { error: String(error) }),
        )
      this.checkSessions()
    })
  }
}
