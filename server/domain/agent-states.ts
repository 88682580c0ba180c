import { type AgentStatus, may } from '../../shared/agent.ts'
import type { AgentId } from '../../shared/ids.ts'
import { day } from '../../shared/limits.ts'
import type { AgentState, AgentStateHistory } from '../history/agent-states.ts'
import type { Agents } from './domain.ts'
import type { Clock, Log, Random } from './ports.ts'

const second = 1_000
/** Who steps away and comes back within it was there, and nobody fills the record by switching to and fro. */
const settling = 2 * second
const signEvery = 60 * second
/** What holds is said again, so that whoever reads need not look back further. */
export const repeatedEvery = day / 2

export interface RecordingParts {
  agents: Pick<Agents, 'list' | 'statusOf' | 'onStatusChange'>
  states: AgentStateHistory
  clock: Clock
  random: Random
  log: Log
}

/** Writes down when agents who may answer come, step away and leave, until it is stopped; then all of them have left. */
export class AgentStateRecorder {
  readonly #server: string
  readonly #recorded = new Map<AgentId, { state: AgentStatus; at: number }>()
  /** When a change was first seen that is not recorded yet. */
  #changedAt: number | null = null
  readonly #cancels: (() => void)[] = []
  #cancelSign: () => void = () => undefined
  #stopped = false

  constructor(private readonly parts: RecordingParts) {
    this.#server = Buffer.from(parts.random.bytes(9)).toString('base64url')
  }

  start(): void {
    this.#cancels.push(this.parts.agents.onStatusChange(() => this.#noticeChange()))
    this.#sign()
  }

  async stop(): Promise<void> {
    for (const cancel of this.#cancels) cancel()
    this.#cancelSign()
    this.#stopped = true
    await this.#write(this.#changes(() => 'offline'))
  }

  #noticeChange(): void {
    if (this.#changedAt !== null) return
    this.#changedAt = this.parts.clock.now()
    this.#cancels.push(this.parts.clock.after(settling, () => void this.#recordChanges()))
  }

  async #recordChanges(): Promise<void> {
    const at = this.#changedAt ?? this.parts.clock.now()
    this.#changedAt = null
    this.#cancels.splice(1)
    const { agents } = this.parts
    await this.#write(this.#changes((id) => agents.statusOf(id), at))
  }

  #sign(): void {
    const { clock, states, agents } = this.parts
    const again = (): void => {
      if (!this.#stopped) this.#cancelSign = clock.after(signEvery, () => this.#sign())
    }
    const now = clock.now()
    // One at a time: a store that answers slowly is not given more to do.
    states
      .sign(this.#server, now)
      .catch((error: unknown) => this.#warn(error))
      .finally(again)
    const old = [...this.#recorded].filter(
      ([, { state, at }]) => state !== 'offline' && now - at >= repeatedEvery,
    )
    void this.#write(old.map(([agentId]) => this.#noted(agentId, agents.statusOf(agentId), now)))
  }

  #changes(statusOf: (id: AgentId) => AgentStatus, at = this.parts.clock.now()): AgentState[] {
    const answering = this.parts.agents.list().filter(({ role }) => may(role, 'conversations:write'))
    const ids = new Set([...answering.map(({ id }) => id), ...this.#recorded.keys()])
    return [...ids].flatMap((id) => {
      const state = statusOf(id)
      const known = this.#recorded.get(id)?.state ?? 'offline'
      return state === known ? [] : [this.#noted(id, state, at)]
    })
  }

  #noted(agentId: AgentId, state: AgentStatus, at: number): AgentState {
    this.#recorded.set(agentId, { state, at })
    return { agentId, server: this.#server, at, state }
  }

  async #write(states: AgentState[]): Promise<void> {
    if (states.length === 0) return
    await this.parts.states.record(states).catch((error: unknown) => this.#warn(error))
  }

  #warn(error: unknown): void {
    this.parts.log.warn('agentStates:unrecorded', { error: String(error) })
  }
}
