import type { Place } from './part.ts'
import type { StoredEpisode, StoredTurn } from './shapes.ts'

/** Bytes of numbers kept, over all questions. */
const room = 96 * 2 ** 20
/** What of a part is not in its sum, since it goes on. */
interface Rest {
  turns: StoredTurn[]
  episodes: StoredEpisode[]
}

/** What a report came to of one part. */
export interface Sum<One> {
  stamp: number
  of: One
  rest: Rest
}

interface Sized {
  readonly bytes: number
}

/** Of one question but for its period: what it is asked with, what it needs to know of all parts, and their sums. */
export class SumsOf<One extends Sized, Shared> {
  readonly #sums = new Map<string, Sum<One>>()
  #bytes = 0

  constructor(
    readonly shared: Shared,
    private readonly most: number,
    /** When they were last asked for. */
    public now: number,
  ) {}

  get bytes(): number {
    return this.#bytes
  }

  find({ day, block, stamp }: Place & { stamp: number }): Sum<One> | undefined {
    const sum = this.#sums.get(`${day} ${block}`)
    return sum?.stamp === stamp ? sum : undefined
  }

  put({ day, block }: Place, sum: Sum<One>): void {
    const key = `${day} ${block}`
    const bytes = this.#bytes + sizeOf(sum) - sizeOf(this.#sums.get(key))
    if (bytes > this.most) return
    this.#bytes = bytes
    this.#sums.set(key, sum)
  }
}

/** A sum is small; what is around its numbers is not nothing. */
const around = 4_096
/** About, of a fact that is kept as it is. */
const restBytes = 2_048

const sizeOf = (sum: Sum<Sized> | undefined): number =>
  sum ? around + sum.of.bytes + (sum.rest.turns.length + sum.rest.episodes.length) * restBytes : 0

/**
 * What reports came to of whole days before, part by part: a report of other days asks for few of them anew. Where there
 * is no room for all, those of the questions that were asked last stay.
 */
export class Sums<One extends Sized, Shared> {
  readonly #questions = new Map<string, SumsOf<One, Shared>>()

  constructor(
    private readonly shared: () => Shared,
    private readonly most = room,
  ) {}

  /** @param key tells apart all that a sum depends on, but for the part */
  of(key: string, now: number): SumsOf<One, Shared> {
    const known = this.#questions.get(key)
    // Whoever's clock ran back would know today what they cannot know yet.
    const sums = known && known.now <= now ? known : new SumsOf<One, Shared>(this.shared(), this.most, now)
    this.#questions.delete(key)
    this.#questions.set(key, sums)
    sums.now = now
    return sums
  }

  makeRoom(): void {
    let bytes = 0
    for (const [key, sums] of [...this.#questions].reverse()) {
      bytes += sums.bytes
      if (bytes > this.most) this.#questions.delete(key)
    }
  }

  get bytes(): number {
    return [...this.#questions.values()].reduce((sum, { bytes }) => sum + bytes, 0)
  }

  clear(): void {
    this.#questions.clear()
  }
}
