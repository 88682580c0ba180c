import type {
  VisitorAnnouncements,
  VisitorAnswers,
  VisitorAuth,
  VisitorInput,
  VisitorRequest,
} from '../../shared/protocol.ts'
import { type Ack, failure, type Result, success } from '../../shared/result.ts'
import { type RefusalReason, refusalReasons, wirePath } from '../../shared/wire.ts'
import { backOff } from './back-off.ts'
import { type OpenLine, openSocket, openWire, type Wire, type WireOptions } from './wire.ts'

/** How long an answer may take before its request counts as unconfirmed. */
const answerWithin = 15_000

/** After so long a time of polling a WebSocket is worth another try. */
const pollingLasts = 5 * 60_000

/** Reasons that waiting does not mend. */
const final: readonly RefusalReason[] = ['protocol', 'site', 'erased']

export type Announcement = {
  [Name in keyof VisitorAnnouncements]: [name: Name, payload: VisitorAnnouncements[Name]]
}[keyof VisitorAnnouncements]

export interface LinkOptions {
  base: string
  /** Asked at each connect, since token and consent may have changed. */
  auth(): VisitorAuth
  connected(): void
  disconnected(): void
  refused(reason: RefusalReason): void
  announced(announcement: Announcement): void
  /** Until when this network is taken for one that lets no WebSocket through, as far as is remembered. */
  pollUntil(): number
  /** It does let none through, and is to be taken for such a one until then. */
  polls(until: number): void
}

export type Ask = <Name extends VisitorRequest>(
  name: Name,
  input: VisitorInput<Name>,
) => Promise<Result<VisitorAnswers[Name]>>

export interface Link {
  /** Never rejects: no connection and no answer are failures that may be tried again. */
  ask: Ask
  connected(): boolean
  /** Tries now instead of when the back-off ends. */
  wake(): void
  /** Closes until `wake`. */
  sleep(): void
}

/** The one connection of this page. Connects by itself, for ever, with jittered back-off. */
export const openLink = (options: LinkOptions): Link => new PatientLink(options)

class PatientLink implements Link {
  #options
  #wire: Wire | null = null
  #up = false
  #asleep = false
  #finished = false
  #opening = false
  #attempts = 0
  /** Counted as so many attempts more. */
  #calm = 0
  #polling = false
  /** One attempt in so many is made by polling. Where sockets have worked they mostly will again. */
  #pollEvery = 2
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(options: LinkOptions) {
    this.#options = options
    this.#connect()
  }

  ask: Ask = async (name, input) => {
    if (!this.#wire || !this.#up) return failure('unavailable', 'not connected')
    const said = await request(this.#wire, name, input)
    if (said.ok) this.#attempts = this.#calm = 0
    return said
  }

  connected = (): boolean => this.#up

  wake = (): void => {
    this.#asleep = false
    this.#connect()
    if (!this.#up) return
    this.#wire?.doubt()
    this.#options.connected()
  }

  sleep = (): void => {
    this.#asleep = true
    this.#wire?.close()
  }

  async #connect(): Promise<void> {
    clearTimeout(this.#timer)
    if (this.#wire || this.#asleep || this.#finished || this.#opening) return
    this.#opening = true
    this.#polling = this.#isToPoll()
    const open = this.#polling
      ? await import('./polling.ts').then(
          ({ openPolling }) => openPolling,
          () => null,
        )
      : openSocket
    this.#opening = false
    if (this.#asleep) return
    this.#wire = open && tryWire(this.#wireBy(open))
    if (!this.#wire) this.#ended()
  }

  #isToPoll(): boolean {
    if (!this.#attempts) return Date.now() < this.#options.pollUntil()
    return this.#attempts % this.#pollEvery === this.#pollEvery - 1
  }

  #wireBy(open: OpenLine): WireOptions<Announcement> {
    const { base, auth, connected, announced } = this.#options
    return {
      open,
      address: base + wirePath,
      namespace: '/visitor',
      auth: auth(),
      connected: () => {
        this.#up = true
        this.#reached()
        connected()
      },
      ended: (reason) => this.#ended(reason),
      heard: (said) => (said[0] === 'refused' ? this.#refused(said[1].reason) : announced(said)),
    }
  }

  /** The server was, by the way that was taken. */
  #reached(): void {
    if (this.#polling) this.#options.polls(Date.now() + pollingLasts)
    else this.#pollEvery = 4
  }

  #ended(given?: string): void {
    this.#wire = null
    this.#up = false
    const reason = refusalReasons.find((one) => one === given)
    if (reason) this.#reached()
    if (reason) this.#refused(reason)
    else if (!this.#finished) this.#options.disconnected()
    if (this.#asleep || this.#finished) return
    this.#timer = setTimeout(() => this.#connect(), backOff(this.#calm + this.#attempts++, Math.random))
  }

  #refused(reason: RefusalReason): void {
    this.#finished ||= final.includes(reason)
    if (reason === 'stopping') this.#calm = stoppedCalm
    this.#options.refused(reason)
  }
}

/** Null where the page's policy forbids a socket: some browsers throw then. */
function tryWire<Said>(options: WireOptions<Said>): Wire | null {
  try {
    return openWire(options)
  } catch {
    return null
  }
}

/** All were sent away at the same moment: they come back spread over eight seconds, as if this were the fourth attempt. */
const stoppedCalm = 3

function request<Name extends VisitorRequest>(
  wire: Wire,
  name: Name,
  input: VisitorInput<Name>,
): Promise<Result<VisitorAnswers[Name]>> {
  return new Promise((resolve) => {
    const lost = setTimeout(() => resolve(failure('unavailable', 'not confirmed')), answerWithin)
    wire.send(name, input, (answer: Ack<VisitorAnswers[Name]>) => {
      clearTimeout(lost)
      resolve(answer.ok ? success(answer) : answer)
    })
  })
}
