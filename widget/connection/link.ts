import { times } from '../../shared/limits.ts'
import type {
  VisitorAnnouncements,
  VisitorAnswers,
  VisitorAuth,
  VisitorInput,
  VisitorRequest,
} from '../../shared/protocol.ts'
import { type Ack, failure, type Result, success } from '../../shared/result.ts'
import { type RefusalReason, refusalReasons, wirePath } from '../../shared/wire.ts'
import { openWire, type Wire, type WireOptions } from './wire.ts'

/** How long an answer may take before its request counts as unconfirmed. */
const answerWithin = 15_000

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

/** The one socket of this page. Connects by itself, for ever, with jittered back-off. */
export function openLink(options: LinkOptions): Link {
  let wire: Wire | null = null
  let [up, asleep, finished, attempts] = [false, false, false, 0]
  let timer: ReturnType<typeof setTimeout> | undefined

  function connect(): void {
    clearTimeout(timer)
    if (wire || asleep || finished) return
    wire = tryWire<Announcement>({
      address: options.base + wirePath,
      namespace: '/visitor',
      auth: options.auth(),
      connected() {
        up = true
        attempts = 0
        options.connected()
      },
      ended,
      heard: (said) => (said[0] === 'refused' ? refused(said[1].reason) : options.announced(said)),
    })
    if (!wire) ended()
  }

  function ended(given?: string): void {
    wire = null
    up = false
    const reason = refusalReasons.find((one) => one === given)
    if (reason) refused(reason)
    else if (!finished) options.disconnected()
    if (!asleep && !finished) timer = setTimeout(connect, backOff(attempts++))
  }

  function refused(reason: RefusalReason): void {
    finished ||= final.includes(reason)
    options.refused(reason)
  }
  connect()
  return {
    ask: (name, input) => (wire && up ? request(wire, name, input) : unavailable('not connected')),
    connected: () => up,
    wake() {
      asleep = false
      connect()
    },
    sleep() {
      asleep = true
      wire?.close()
    },
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

/** Twice as long each time, and never at the same moment as everybody else. */
const backOff = (attempts: number): number =>
  Math.min(times.retryMost, times.retryFirst * 2 ** attempts) * (0.5 + Math.random() / 2)

const unavailable = async (why: string) => failure('unavailable', why)

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
