import { createHash } from 'node:crypto'
import type { Place } from './part.ts'
import type { StoredEpisode, StoredTurn } from './shapes.ts'
import { type Listed, nameOf } from './shelf.ts'

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

/** What is kept of one question but for its period, as it is asked now. */
export interface SumsOf<One> {
  find(part: Place & { stamp: number }): Sum<One> | undefined
  /** Nothing of what was read before something was let go of. */
  put(place: Place, sum: Sum<One>): void
}

interface Kept<One> {
  sums: Map<string, Place & Sum<One>>
  bytes: number
  /** The latest moment of which any of them knows. */
  now: number
}

interface Most {
  /** Of all sums together, with the names they tell apart. */
  bytes: number
  /** Enough for all that a few dozen people look at by turns. */
  questions: number
}

/**
 * What reports came to of whole days before, part by part: a report of other days asks for few of them anew. Never are
 * more bytes kept, nor more questions, than there is room for: those asked longest ago go first. Nothing is kept of a
 * question without sums, nor of how it was put but a hash.
 */
export class Sums<One extends Sized> {
  /** Those asked longest ago first. */
  readonly #questions = new Map<string, Kept<One>>()
  #bytes = 0
  #refreshed = 0

  constructor(private readonly most: Most = { bytes: 96 * 2 ** 20, questions: 256 }) {}

  /** @param question tells apart all that a sum depends on, but for the part */
  of(question: string, now: number): SumsOf<One> {
    const key = createHash('sha256').update(question).digest('base64')
    const known = this.#questions.get(key)
    // Whoever's clock ran back would know today what they cannot know yet.
    if (known && known.now > now) this.#drop(key)
    else if (known) {
      this.#questions.delete(key)
      this.#questions.set(key, known)
    }
    const refreshed = this.#refreshed
    return {
      find: (part) => this.#find({ key, now }, part),
      put: (place, sum) => {
        if (refreshed === this.#refreshed) this.#put({ key, now }, { ...place, ...sum })
      },
    }
  }

  /** Lets go of the sums of parts that are not there any more, or not any more as they were. */
  async refresh(list: (first: number, last: number) => Promise<readonly Listed[]>): Promise<void> {
    this.#refreshed++
    const all = [...this.#questions.values()].flatMap(({ sums }) => [...sums.values()])
    if (all.length === 0) return
    const days = [...new Set(all.map(({ day }) => day))]
    const there = new Set((await list(Math.min(...days), Math.max(...days))).map(nameOf))
    for (const [key, kept] of this.#questions) {
      for (const sum of kept.sums.values()) if (!there.has(nameOf(sum))) this.#take(kept, sum)
      if (kept.sums.size === 0) this.#drop(key)
    }
  }

  get bytes(): number {
    return this.#bytes
  }

  get questions(): number {
    return this.#questions.size
  }

  #find({ key, now }: Asked, { stamp, ...place }: Place & { stamp: number }): Sum<One> | undefined {
    const kept = this.#questions.get(key)
    const sum = kept && kept.now <= now ? kept.sums.get(placeOf(place)) : undefined
    return sum?.stamp === stamp ? sum : undefined
  }

  #put({ key, now }: Asked, sum: Place & Sum<One>): void {
    const kept = this.#questions.get(key) ?? { sums: new Map(), bytes: 0, now }
    const before = kept.sums.get(placeOf(sum))
    const more = sizeOf(sum) - (before ? sizeOf(before) : 0)
    if (kept.bytes + more > this.most.bytes) return
    if (before) this.#take(kept, before)
    kept.sums.set(placeOf(sum), sum)
    kept.bytes += sizeOf(sum)
    this.#bytes += sizeOf(sum)
    kept.now = Math.max(kept.now, now)
    this.#questions.set(key, kept)
    this.#makeRoom(key)
  }

  #makeRoom(own: string): void {
    for (const key of this.#questions.keys()) {
      if (this.#bytes <= this.most.bytes && this.#questions.size <= this.most.questions) return
      if (key !== own) this.#drop(key)
    }
  }

  #take(kept: Kept<One>, sum: Place & Sum<One>): void {
    kept.sums.delete(placeOf(sum))
    kept.bytes -= sizeOf(sum)
    this.#bytes -= sizeOf(sum)
  }

  #drop(key: string): void {
    this.#bytes -= this.#questions.get(key)?.bytes ?? 0
    this.#questions.delete(key)
  }
}

interface Asked {
  key: string
  now: number
}

const placeOf = ({ day, block }: Place): string => `${day} ${block}`

/** A sum is small; what is around its numbers is not nothing. */
const around = 4_096
/** About, of a fact that is kept as it is. */
const restBytes = 2_048

const sizeOf = ({ of, rest }: Sum<Sized>): number =>
  around + of.bytes + (rest.turns.length + rest.episodes.length) * restBytes
