import { type Allowance, Buckets } from '../domain/buckets.ts'
import type { Clock } from '../domain/ports.ts'

export interface RateLimits {
  /** Of one visitor or agent, whatever the number of their sockets. */
  person: { requests: Allowance; messages: Allowance }
  /** Of one address: an office or a whole mobile network may stand behind it. */
  address: { requests: Allowance; messages: Allowance }
}

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

export interface RateLimiter {
  /** 0, or how many ms this person at this address must wait before such a request. */
  take(request: string, who: { person: string; address: string }): number
}

export function createRateLimiter(limits: RateLimits, clock: Clock): RateLimiter {
  const person = new Buckets(clock, limits.person.requests)
  const address = new Buckets(clock, limits.address.requests)
  const personMessages = new Buckets(clock, limits.person.messages)
  const addressMessages = new Buckets(clock, limits.address.messages)
  return {
    take(request, who) {
      const wait = person.take(who.person) || address.take(who.address)
      if (wait || request !== 'message:send') return wait
      return personMessages.take(who.person) || addressMessages.take(who.address)
    },
  }
}
