import type { Clock } from '../domain/ports.ts'

/** `burst` at once, then `perSecond`. */
export interface Allowance {
  burst: number
  perSecond: number
}

export interface RateLimits {
  /** Of one visitor or agent, whatever the number of their sockets. */
  person: { requests: Allowance; messages: Allowance }
  /** Of one address: an office or a whole mobile network may stand behind it. */
  address: { requests: Allowance; messages: Allowance }
}

export const defaultRateLimits: RateLimits = {
  person: {
    requests: { burst: 240, perSecond: 20 },
    messages: { burst: 60, perSecond: 3 },
  },
  address: {
    requests: { burst: 6_000, perSecond: 1_000 },
    messages: { burst: 1_500, perSecond: 200 },
  },
}

interface Bucket {
  tokens: number
  at: number
}

const bucketsBeforeSweep = 10_000

/** Token buckets by key. A full bucket is as good as none, so it is forgotten. */
export class TokenBuckets {
  private readonly buckets = new Map<string, Bucket>()
  private sweepAt = bucketsBeforeSweep

  constructor(
    private readonly allowance: Allowance,
    private readonly clock: Clock,
  ) {}

  /** Takes one; answers 0, or how many ms to wait for the next. */
  take(key: string): number {
    const now = this.clock.now()
    const bucket = this.refilled(key, now)
    if (bucket.tokens < 1) return Math.ceil(((1 - bucket.tokens) / this.allowance.perSecond) * 1_000)
    bucket.tokens--
    return 0
  }

  private refilled(key: string, now: number): Bucket {
    const known = this.buckets.get(key)
    if (!known) {
      if (this.buckets.size >= this.sweepAt) this.sweep(now)
      const fresh = { tokens: this.allowance.burst, at: now }
      this.buckets.set(key, fresh)
      return fresh
    }
    known.tokens = this.level(known, now)
    known.at = now
    return known
  }

  private level({ tokens, at }: Bucket, now: number): number {
    const gained = (Math.max(0, now - at) / 1_000) * this.allowance.perSecond
    return Math.min(this.allowance.burst, tokens + gained)
  }

  private sweep(now: number): void {
    for (const [key, bucket] of this.buckets)
      if (this.level(bucket, now) >= this.allowance.burst) this.buckets.delete(key)
    this.sweepAt = Math.max(bucketsBeforeSweep, this.buckets.size * 2)
  }
}

export interface RateLimiter {
  /** 0, or how many ms this person at this address must wait before such a request. */
  take(request: string, who: { person: string; address: string }): number
}

export function createRateLimiter(limits: RateLimits, clock: Clock): RateLimiter {
  const person = new TokenBuckets(limits.person.requests, clock)
  const address = new TokenBuckets(limits.address.requests, clock)
  const personMessages = new TokenBuckets(limits.person.messages, clock)
  const addressMessages = new TokenBuckets(limits.address.messages, clock)
  return {
    take(request, who) {
      const wait = person.take(who.person) || address.take(who.address)
      if (wait || request !== 'message:send') return wait
      return personMessages.take(who.person) || addressMessages.take(who.address)
    },
  }
}
