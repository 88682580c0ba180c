/** Sets of segments by number: hardly any two visitors have one of their own. 0 is the empty one. */
export class SegmentSets {
  readonly #sets: (readonly string[])[] = [[]]
  readonly #numbers = new Map<string, number>([['', 0]])
  readonly #byList = new Map<readonly string[], number>()
  readonly #sums = new Map<number, number>()

  get all(): readonly (readonly string[])[] {
    return this.#sets
  }

  of(list: readonly string[]): number {
    const known = this.#byList.get(list)
    if (known !== undefined) return known
    const number = this.#numberOf([...new Set(list)].sort())
    this.#byList.set(list, number)
    return number
  }

  /** All that are in either. */
  sum(one: number, other: number): number {
    if (one === other || other === 0) return one
    if (one === 0) return other
    const key = one * 2 ** 26 + other
    const known = this.#sums.get(key)
    if (known !== undefined) return known
    const both = new Set([...(this.#sets[one] ?? []), ...(this.#sets[other] ?? [])])
    const number = this.#numberOf([...both].sort())
    this.#sums.set(key, number)
    return number
  }

  #numberOf(sorted: readonly string[]): number {
    const name = sorted.join('\n')
    const known = this.#numbers.get(name)
    if (known !== undefined) return known
    const number = this.#sets.push(sorted) - 1
    this.#numbers.set(name, number)
    return number
  }
}
