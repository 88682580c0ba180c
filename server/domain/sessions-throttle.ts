import { Buckets } from './buckets.ts'
import { limitKey } from './caller.ts'
import type { Clock } from './ports.ts'

/**
 * Slows guessing down by account and by address. The bucket of an account alone lets through what
 * fifty networks may guess, at once and ever after, so that fewer of them cannot lock its owner out.
 */
export class SignInThrottle {
  private readonly pairs: Buckets
  private readonly accounts: Buckets
  private readonly networks: Buckets

  constructor(clock: Clock) {
    this.pairs = new Buckets(clock, { burst: 5, refillMs: 30_000 })
    this.accounts = new Buckets(clock, { burst: 250, refillMs: 600 })
    this.networks = new Buckets(clock, { burst: 30, refillMs: 10_000 })
  }

  /** Counts the attempt before its outcome is known, so that many at once gain nothing. */
  begin(email: string, address: string): { waitMs: number; succeeded(): void } {
    const account = email.trim().toLowerCase()
    const network = limitKey(address)
    const counted: [Buckets, string][] = [
      [this.pairs, `${account} ${network}`],
      [this.networks, network],
      [this.accounts, account],
    ]
    const giveBack = (taken: typeof counted): void => {
      for (const [buckets, key] of taken) buckets.giveBack(key)
    }
    for (const [place, [buckets, key]] of counted.entries()) {
      const waitMs = buckets.take(key)
      if (waitMs === 0) continue
      // Nothing was guessed: what is turned away at one count weighs on none of the others.
      giveBack(counted.slice(0, place))
      return { waitMs, succeeded: () => undefined }
    }
    return { waitMs: 0, succeeded: () => giveBack(counted) }
  }
}
