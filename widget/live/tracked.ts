import { limits, times } from '../../shared/limits.ts'
import type { VisitorInput } from '../../shared/protocol.ts'
import type { EventProperties } from '../../shared/visitor.ts'
import type { Ask } from '../connection/link.ts'
import { after } from '../page/after.ts'

type Event = VisitorInput<'event:track'>

/** Events told one by one as long as a page tells few; beyond it those of one name go together. */
const pace = { burst: 20, refill: 200 }

export interface Tracked {
  /** Throws what is wrong with it. */
  add(name: string, properties: EventProperties): void
  /** There is a connection: what waits is told. */
  flush(): void
  stop(): void
}

interface TrackedParts {
  ask: Ask
  isOnline(): boolean
  warn(text: string): void
}

/**
 * Events on their way to the server. However many a page tells, few wait and few frames go: of one name the last
 * properties and how often it happened.
 */
export function createTracked({ ask, isOnline, warn }: TrackedParts): Tracked {
  let waiting: Event[] = []
  let left = pace.burst
  let cancel: (() => void) | undefined

  function add(name: string, properties: EventProperties): void {
    const same = waiting.length < pace.burst ? undefined : waiting.findLast((one) => one.name === name)
    if (same) waiting = [...waiting.filter((one) => one !== same), joined(same, properties)]
    else if (waiting.length < limits.eventNames + pace.burst) waiting.push({ name, properties })
    else throw new RangeError(`more than ${limits.eventNames} names at once`)
    flush()
  }
  function flush(): void {
    while (isOnline() && left >= 1 && waiting.length > 0) {
      left--
      const [event] = waiting.splice(0, 1)
      if (event) void tell(event)
    }
    if (left < pace.burst) cancel ??= after(pace.refill, refill)
  }
  function refill(): void {
    cancel = undefined
    left++
    flush()
  }
  async function tell(event: Event): Promise<void> {
    const said = await ask('event:track', event)
    if (said.ok) return
    const { code, path = '', message, retryAfterMs } = said.error
    // An order that is lost would be a cart left behind: rather twice than never.
    if (code === 'rate_limited' || code === 'unavailable') again(event, retryAfterMs)
    else warn(`${path} ${message}`)
  }
  function again(event: Event, wait: number = times.retryFirst): void {
    waiting.unshift(event)
    left = 0
    cancel?.()
    cancel = after(wait, refill)
  }
  return { add, flush, stop: () => cancel?.() }
}

const joined = ({ name, times = 1 }: Event, properties: EventProperties): Event => ({
  ...{ name, properties },
  times: times + 1,
})
