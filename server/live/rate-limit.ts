import { type Allowance, Buckets } from '../domain/buckets.ts'
import type { Clock } from '../domain/ports.ts'

export interface RateLimits {
  /** Of one visitor or agent, whatever the number of their sockets. */
  person: { requests: Allowance; messages: Allowance }
  /**
   * How often one socket may say whom it speaks for: each time the count of `person` begins anew,
   * and somebody may come to be stored.
   */
  socket?: { tokens: Allowance }
  /** Of one address: an office or a whole mobile network may stand behind it. */
  address: { requests: Allowance; messages: Allowance }
}

const usualTokens: Allowance = { burst: 20, refillMs: 10_000 }

export const defaultRateLimits: RateLimits = {
  person: {
    requests: { burst: 240, refillMs: 50 },
    messages: { burst: 60, refillMs: 300 },
  },
  address: {
    requests: { burst: 6_000, refillMs: 1 },
    messages: { burst: 1_500, refillMs: 5 },
  },
}

/** Whom a request counts against. */
export interface Counted {
  person: string
  /** Stays the same as long as the socket does, whoever it comes to speak for. */
  socket: string
  address: string
}

export interface RateLimiter {
  /** 0, or how many ms must pass before such a request. */
  take(request: string, who: Counted): number
}

export function createRateLimiter(limits: RateLimits, clock: Clock): RateLimiter {
  const person = new Buckets(clock, limits.person.requests)
  const address = new Buckets(clock, limits.address.requests)
  const personMessages = new Buckets(clock, limits.person.messages)
  const addressMessages = new Buckets(clock, limits.address.messages)
  const tokens = new Buckets(clock, limits.socket?.tokens ?? usualTokens)
  const takeMessage = ({ person, socket, address }: Counted): number =>
    personMessages.take(person) ||
    (socket === person ? 0 : personMessages.take(socket)) ||
    addressMessages.take(address)
  return {
    take(request, who) {
      const wait = person.take(who.person) || address.take(who.address)
      if (wait) return wait
      if (request === 'visitor:keep') return tokens.take(who.socket)
      return request === 'message:send' ? takeMessage(who) : 0
    },
  }
}
