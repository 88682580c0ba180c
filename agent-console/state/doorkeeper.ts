import type { SignedInAgent } from '../../shared/agent.ts'
import type { Api } from '../connection/api.ts'
import { backoff } from './backoff.ts'
import type { DeskControl } from './desk.ts'
import type { Chance, Clock } from './ports.ts'
import { createStore, type Store } from './store.ts'
import { waitingOf } from './unsent.ts'

/** Who sits at this browser. */
export type Session =
  /** Not known yet; `unreachable` once the server did not answer. */
  | { name: 'asking'; unreachable: boolean }
  /** `waiting`: replies of theirs that go once the same agent is in again. */
  | { name: 'out'; ended: boolean; waiting: number }
  /** `signOutFailed`: they asked to leave, and the server was not told: the session lives. */
  | { name: 'in'; me: SignedInAgent; desk: DeskControl; signOutFailed: boolean }

export interface DoorkeeperParts {
  api: Api
  clock: Clock
  chance: Chance
  openDesk(me: SignedInAgent): DeskControl
  /** Asking without a session would leave a failed request in the browser's log. */
  maybeSignedIn(): boolean
}

/** Knows who is in, lets in and lets out. */
export class Doorkeeper {
  readonly session: Store<Session> = createStore<Session>({ name: 'asking', unreachable: false })
  readonly #parts: DoorkeeperParts
  #tries = 0
  #cancelRetry: (() => void) | null = null

  constructor(parts: DoorkeeperParts) {
    this.#parts = parts
  }

  /** Only a clear "no" leads to the sign-in page; a server that cannot be reached is asked again. */
  async recognise(): Promise<void> {
    this.#cancelRetry?.()
    this.#cancelRetry = null
    if (!this.#parts.maybeSignedIn()) return this.#leave(false)
    const held = await this.#parts.api.get<{ agent: SignedInAgent }>('/session')
    if (this.session.get().name !== 'asking') return
    if (held.ok) this.signedIn(held.value.agent)
    else if (held.error.code === 'unauthenticated') this.#leave(false)
    else this.#askAgainLater()
  }

  signedIn(me: SignedInAgent): void {
    const desk = this.#parts.openDesk(me)
    this.session.set({ name: 'in', me, desk, signOutFailed: false })
    desk.state.subscribe(() => {
      const { connection } = desk.state.get()
      if (connection.name === 'refused' && connection.reason === 'session') this.#leave(true)
      else if (connection.name === 'replaced') this.#handOver()
    })
  }

  /** Out is who the server has let go; until it has, the cookie opens the door to anybody here. */
  async signOut(): Promise<void> {
    const answer = await this.#parts.api.send('DELETE', '/session')
    const held = this.session.get()
    if (held.name !== 'in') return
    if (answer.ok || answer.error.code === 'unauthenticated') this.#leave(false)
    else this.session.set({ ...held, signOutFailed: true })
  }

  /** The page is looked at again, or the network is back. */
  wake(): void {
    const held = this.session.get()
    if (held.name === 'in') held.desk.resync()
    else if (this.#cancelRetry) void this.recognise()
  }

  /** The browser's cookie is another agent's by now: their desk opens, and this one keeps what it wrote. */
  #handOver(): void {
    const held = this.session.get()
    if (held.name !== 'in') return
    this.session.set({ name: 'asking', unreachable: false })
    held.desk.leave()
    void this.recognise()
  }

  #askAgainLater(): void {
    const { clock, chance } = this.#parts
    this.session.set({ name: 'asking', unreachable: true })
    this.#cancelRetry = clock.after(backoff(this.#tries++, chance), () => void this.recognise())
  }

  #leave(ended: boolean): void {
    const held = this.session.get()
    if (held.name === 'out') return
    const waiting = held.name === 'in' ? waitingOf(held.desk.state.get()) : 0
    this.session.set({ name: 'out', ended, waiting })
    if (held.name === 'in') held.desk.leave()
  }
}
