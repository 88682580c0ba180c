import { times } from '../../shared/limits.ts'
import type { AgentInput, NamedFrame } from '../../shared/protocol.ts'
import { isRetryable } from '../../shared/result.ts'
import type { Link } from '../connection/link.ts'
import type { Clock } from './ports.ts'

/** The part of the list of people that is on the screen. */
export type Look = AgentInput<'roster:watch'>

interface LookoutParts {
  link: Link
  clock: Clock
  isLive(): boolean
  seen(look: Look, frame: NamedFrame): void
}

/** Asks for what is looked at, and again after every greeting. The latest question alone counts. */
export class Lookout {
  readonly #parts: LookoutParts
  #look: Look | null = null
  #asked = 0
  #cancelRetry: () => void = () => undefined

  constructor(parts: LookoutParts) {
    this.#parts = parts
  }

  look(look: Look | null): void {
    this.#look = look
    if (!look && this.#parts.isLive()) void this.#parts.link.request('roster:unwatch', {})
    void this.again()
  }

  async again(): Promise<void> {
    const { link, clock, isLive, seen } = this.#parts
    const asked = ++this.#asked
    this.#cancelRetry()
    const look = this.#look
    if (!look || !isLive()) return
    const answer = await link.request('roster:watch', look)
    if (asked !== this.#asked) return
    if (answer.ok) seen(look, answer)
    else if (isRetryable(answer.error.code))
      this.#cancelRetry = clock.after(
        Math.max(answer.error.retryAfterMs ?? 0, times.retryFirst),
        () => void this.again(),
      )
  }
}
