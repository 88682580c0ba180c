import type { Clock } from './ports.ts'

/** How many at once, and how long until one more is allowed, in ms. */
export interface Allowance {
  burst: number
  refillMs: number
}

interface Bucket {
  left: number
  at: number
}

/** Token buckets by key. Bounded: full buckets are forgotten, since a new one is the same. */
export class Buckets {
  private readonly held = new Map<string, Bucket>()

  constructor(
    private readonly clock: Clock,
    private readonly allowance: Allowance,
    private readonly most = 50_000,
  ) {}

  /** Takes one; answers 0, or the ms to wait when there is none. */
  take(key: string): number {
    const bucket = this.held.get(key) ?? this.begin(key)
    this.refill(bucket)
    if (bucket.left < 1) return Math.ceil((1 - bucket.left) * this.allowance.refillMs)
    bucket.left--
    return 0
  }

  /** Keys held now. */
  get size(): number {
    return this.held.size
  }

  /** Gives one back, for what turned out harmless. */
  giveBack(key: string): void {
    const bucket = this.held.get(key)
    if (bucket) bucket.left = Math.min(this.allowance.burst, bucket.left + 1)
  }

  private begin(key: string): Bucket {
    const bucket = { left: this.allowance.burst, at: this.clock.now() }
    this.held.set(key, bucket)
    if (this.held.size > this.most) this.forget(key)
    return bucket
  }

  private refill(bucket: Bucket): void {
    const now = this.clock.now()
    const gained = Math.max(0, now - bucket.at) / this.allowance.refillMs
    bucket.left = Math.min(this.allowance.burst, bucket.left + gained)
    bucket.at = now
  }

  private forget(newcomer: string): void {
    for (const [key, bucket] of this.held) {
      this.refill(bucket)
      if (bucket.left >= this.allowance.burst && key !== newcomer) this.held.delete(key)
    }
    // All in use: an attack from many addresses. The oldest go, so that memory stays bounded.
    for (const key of this.held.keys()) {
      if (this.held.size <= this.most / 2) return
      this.held.delete(key)
    }
  }
}
