import type { Socket } from 'socket.io'
import { type Ack, failure, type Result } from '../../shared/result.ts'
import { type Allowance, Buckets } from '../domain/buckets.ts'
import { outage } from '../domain/outage.ts'
import type { Clock, Log } from '../domain/ports.ts'
import { takeEvents } from './engine.ts'
import type { Written } from './packets.ts'
import type { Counted, RateLimiter } from './rate-limit.ts'
import type { Answer, Request } from './request.ts'

/** One namespace's door: what may be asked there, by whom, how often. */
export interface Door<Seat> {
  requests: ReadonlyMap<string, Request<Seat>>
  /** Before anything else but the shape: whether this seat may ask this now. */
  authorise(seat: Seat, name: string): Result<unknown>
  /** Whom the limits count. */
  who(seat: Seat): Counted
}

export interface GatewayNeeds {
  limiter: RateLimiter
  violations: Allowance
  clock: Clock
  log: Log
}

type Acknowledge = (answer: unknown) => void

/**
 * The one door for every event. With Socket.IO a handler that throws, rejects, or calls an
 * acknowledgement that is not there ends the process, so nothing else ever sees a packet.
 */
export class Gateway {
  private readonly violations: Buckets
  private stopping = false
  private underway = 0
  private settled: (() => void) | null = null

  constructor(private readonly needs: GatewayNeeds) {
    this.violations = new Buckets(needs.clock, needs.violations)
  }

  /** From now on what this socket sends goes through the door. */
  guard<Seat>(socket: Pick<Socket, 'id' | 'use' | 'disconnect'>, seat: Seat, door: Door<Seat>): void {
    takeEvents(socket, (event) => {
      this.underway++
      void this.handle({ event, socket, seat, door })
    })
  }

  /** Refuses what comes from now on and resolves when the rest is acknowledged, or after `patience` ms. */
  stop(patience: number): Promise<void> {
    this.stopping = true
    if (this.underway === 0) return Promise.resolve()
    return new Promise((resolve) => {
      const cancel = this.needs.clock.after(patience, resolve)
      this.settled = () => {
        cancel()
        resolve()
      }
    })
  }

  private done(): void {
    this.underway--
    if (this.underway === 0) this.settled?.()
  }

  private async handle<Seat>(knock: Knock<Seat>): Promise<void> {
    const acknowledge = acknowledgementOf(knock.event)
    try {
      if (!acknowledge) return this.violated(knock.socket)
      const answer = await this.answer(knock)
      if (!answer.ok && answer.error.code === 'invalid') this.violated(knock.socket)
      acknowledge(toAck(answer))
      if (answer.after) await answer.after()
    } catch (error) {
      const answer = this.faultOf(knock, error)
      if (acknowledge) this.apologise(acknowledge, answer)
    } finally {
      this.done()
    }
  }

  private answer<Seat>({ event, seat, door }: Knock<Seat>): Answer | Promise<Answer> {
    const [name, payload] = event
    if (this.stopping) return failure('unavailable', 'The server is stopping; reconnect.')
    const request = typeof name === 'string' ? door.requests.get(name) : undefined
    if (typeof name !== 'string' || !request) return failure('invalid', 'There is no such request.')
    if (event.length !== 3) return failure('invalid', 'A request carries one object and an acknowledgement.')
    const prepared = request.prepare(payload)
    if (!prepared.ok) return prepared
    const allowed = door.authorise(seat, name)
    if (!allowed.ok) return allowed
    const wait = this.needs.limiter.take(name, door.who(seat))
    if (wait) return tooMany(wait)
    return prepared.value(seat)
  }

  /** A client that keeps breaking the rules loses its connection, and only that one. */
  private violated(socket: Pick<Socket, 'id' | 'disconnect'>): void {
    if (this.violations.take(socket.id) === 0) return
    this.needs.log.warn('live:violations', { socket: socket.id })
    socket.disconnect(true)
  }

  private faultOf({ event }: Pick<Knock<never>, 'event'>, error: unknown): Answer {
    const request = String(event[0]).slice(0, 40)
    const expected = outage(error)
    if (expected) this.needs.log.warn('store:unavailable', { request, error: String(error) })
    else this.needs.log.error('live:failed', { request, error: trace(error) })
    return expected ?? failure('internal', 'Something went wrong on the server; try again.')
  }

  private apologise(acknowledge: Acknowledge, answer: Answer): void {
    try {
      acknowledge(toAck(answer))
    } catch (error) {
      this.needs.log.error('live:unanswered', { error: trace(error) })
    }
  }
}

interface Knock<Seat> {
  event: unknown[]
  socket: Pick<Socket, 'id' | 'disconnect'>
  seat: Seat
  door: Door<Seat>
}

function acknowledgementOf(event: unknown[]): Acknowledge | null {
  const last = event.at(-1)
  return typeof last === 'function' ? (answer) => last(answer) : null
}

const toAck = (answer: Answer): Ack | Written<Ack> =>
  answer.written ?? (answer.ok ? { ok: true, ...answer.value } : { ok: false, error: answer.error })

const tooMany = (wait: number): Answer =>
  failure('rate_limited', `Too many requests; try again in ${Math.ceil(wait / 1_000)} s.`, {
    retryAfterMs: wait,
  })

const trace = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error)
