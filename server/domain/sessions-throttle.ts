import { Buckets } from './buckets.ts'
import { limitKey } from './caller.ts'
import type { Clock } from './ports.ts'

/**
 * Slows guessing down by account and by address. The bucket of an account alone is wide,
 * so that strangers who guess at an account cannot lock its owner out for long.
 */
export class SignInThrottle {
  private readonly pairs: Buckets
  private readonly accounts: Buckets
  private readonly networks: Buckets

  constructor(clock: Clock) {
    this.pairs = new Buckets(clock, { burst: 5, refillMs: 30_000 })
    this.accounts = new Buckets(clock, { burst: 50, refillMs: 60_000 })
    this.networks = new Buckets(clock, { burst: 30, refillMs: 10_000 })
  }

  /** Counts the attempt before its outcome is known, so that many at once gain nothing. */
  begin(email: string, address: string): { waitMs: number; succeeded(): void } {
    const account = email.trim().toLowerCase()
    const network = limitKey(address)
    const counted: [Buckets, string][] = [
      [this.pairs, `${account} ${network}`],
      [this.accounts, account],
      [this.networks, network],
    ]
    const waitMs = Math.max(...counted.map(([buckets, key]) => buckets.take(key)))
    return {
      waitMs,
      succeeded: () => {
        for (const [buckets, key] of counted) buckets.giveBack(key)
      },
    }
  }
}
