import { type Summary, summariseInPlace } from './statistics.ts'

/** The figures of a measure. */
export interface Figures extends Summary {
  /** Of `n`, those nobody answered: their wait so far counts as "at least". */
  censored: number
  /**
   * Share answered within the target, of those that are decided: who still waits and may yet be answered in time is
   * not counted. Null when there is none, and for a measure without target.
   */
  withinTarget: number | null
}

/** One value of a measure, ms. */
export interface Value {
  ms: number
  censored: boolean
  open: boolean
  /** Longer than was aimed at; null, or left out, where nothing was. */
  broken?: boolean | null
}

/** Bytes of three rows of numbers beside the numbers. */
const around = 640

const [censoredFlag, openFlag, aimedFlag, brokenFlag] = [1, 2, 4, 8]

/**
 * The values of a measure by the hundred thousand, and for each to which group it belongs in some respects: a day, a
 * site, an hour of the week. Numbers in a row: a list of objects would take many times the time.
 */
export class Column {
  #ms = new Float64Array(256)
  #flags = new Uint8Array(256)
  #groups: Int32Array
  #n = 0

  /** @param respects how many groupings there are */
  constructor(readonly respects = 0) {
    this.#groups = new Int32Array(256 * respects)
  }

  get n(): number {
    return this.#n
  }

  /** @param groups one number for each respect, from 0 */
  add({ ms, censored, open, broken = null }: Value, groups: readonly number[] = []): void {
    if (this.#n === this.#ms.length) this.#hold(Math.max(256, this.#n * 2))
    this.#ms[this.#n] = ms
    const aimed = broken === null ? 0 : aimedFlag | (broken ? brokenFlag : 0)
    this.#flags[this.#n] = (censored ? censoredFlag : 0) | (open ? openFlag : 0) | aimed
    for (let i = 0; i < this.respects; i++) this.#groups[this.#n * this.respects + i] = groups[i] ?? 0
    this.#n++
  }

  /** What it takes, in bytes. */
  get bytes(): number {
    return around + this.#ms.byteLength + this.#flags.byteLength + this.#groups.byteLength
  }

  /**
   * All of another of the same respects.
   * @param groups by respect, which group here each of its groups is
   */
  append(other: Column, groups: readonly (readonly number[])[] = []): void {
    const n = this.#n + other.#n
    if (n > this.#ms.length) this.#hold(Math.max(n, this.#ms.length * 2))
    this.#ms.set(other.#ms.subarray(0, other.#n), this.#n)
    this.#flags.set(other.#flags.subarray(0, other.#n), this.#n)
    for (let i = 0; i < this.respects; i++) {
      const own = groups[i] ?? []
      for (let row = 0; row < other.#n; row++)
        this.#groups[(this.#n + row) * this.respects + i] =
          own[other.#groups[row * this.respects + i] ?? 0] ?? 0
    }
    this.#n = n
  }

  /** Leaves no room for more. */
  trim(): void {
    if (this.#n < this.#ms.length) this.#hold(this.#n)
  }

  figures(): Figures {
    const counts = new Counts(1)
    for (let row = 0; row < this.#n; row++) counts.take(0, this.#flags[row] ?? 0)
    return { ...summariseInPlace(this.#ms.slice(0, this.#n)), ...counts.of(0) }
  }

  /** The figures of each group in a respect. @param groups how many there are */
  figuresBy(respect: number, groups: number): Figures[] {
    const own = new Int32Array(this.#n)
    for (let row = 0; row < own.length; row++) own[row] = this.#groups[row * this.respects + respect] ?? 0
    return this.figuresOf(own, groups)
  }

  /** The same of groups that are told for each value. */
  figuresOf(own: Int32Array, groups: number): Figures[] {
    const counts = new Counts(groups)
    for (let row = 0; row < this.#n; row++) counts.take(own[row] ?? 0, this.#flags[row] ?? 0)
    const starts = counts.starts()
    const next = starts.slice()
    const together = new Float64Array(this.#n)
    for (let row = 0; row < this.#n; row++) {
      const group = own[row] ?? 0
      const place = next[group] ?? 0
      together[place] = this.#ms[row] ?? 0
      next[group] = place + 1
    }
    return Array.from({ length: groups }, (_, group) => ({
      ...summariseInPlace(together.subarray(starts[group], next[group])),
      ...counts.of(group),
    }))
  }

  /** How many stand up to each bound, and above the bound before; the last for what is above all. */
  distribution(bounds: readonly number[]): number[] {
    const counts = new Array<number>(bounds.length + 1).fill(0)
    for (let row = 0; row < this.#n; row++) {
      const bucket = bucketOf(this.#ms[row] ?? 0, bounds)
      counts[bucket] = (counts[bucket] ?? 0) + 1
    }
    return counts
  }

  #hold(rows: number): void {
    const [ms, flags, groups] = [this.#ms, this.#flags, this.#groups]
    this.#ms = new Float64Array(rows)
    this.#flags = new Uint8Array(rows)
    this.#groups = new Int32Array(rows * this.respects)
    this.#ms.set(ms.subarray(0, rows))
    this.#flags.set(flags.subarray(0, rows))
    this.#groups.set(groups.subarray(0, rows * this.respects))
  }
}

/** Which of the stretches between the bounds a length belongs to; a bound belongs to what is below it. */
export function bucketOf(ms: number, bounds: readonly number[]): number {
  const bucket = bounds.findIndex((bound) => ms <= bound)
  return bucket < 0 ? bounds.length : bucket
}

class Counts {
  readonly #n: Float64Array
  readonly #censored: Float64Array
  readonly #decided: Float64Array
  readonly #within: Float64Array

  constructor(groups: number) {
    this.#n = new Float64Array(groups)
    this.#censored = new Float64Array(groups)
    this.#decided = new Float64Array(groups)
    this.#within = new Float64Array(groups)
  }

  take(group: number, flags: number): void {
    const [isCensored, isBroken] = [(flags & censoredFlag) !== 0, (flags & brokenFlag) !== 0]
    add(this.#n, group)
    if (isCensored) add(this.#censored, group)
    if ((flags & aimedFlag) === 0) return
    if ((flags & openFlag) === 0 || isBroken) add(this.#decided, group)
    if (!isCensored && !isBroken) add(this.#within, group)
  }

  of(group: number): Pick<Figures, 'censored' | 'withinTarget'> {
    const decided = this.#decided[group] ?? 0
    const within = this.#within[group] ?? 0
    return {
      censored: this.#censored[group] ?? 0,
      withinTarget: decided === 0 ? null : within / decided,
    }
  }

  /** Where each group begins when they stand one after the other. */
  starts(): Float64Array {
    const starts = new Float64Array(this.#n.length)
    for (let i = 1; i < starts.length; i++) starts[i] = (starts[i - 1] ?? 0) + (this.#n[i - 1] ?? 0)
    return starts
  }
}

const add = (counts: Float64Array, group: number): void => {
  counts[group] = (counts[group] ?? 0) + 1
}
