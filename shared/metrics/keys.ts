/** Of a name, beside its letters. */
const around = 64

/** Numbers for names, in the order in which they came. */
export class Keys {
  readonly #numbers = new Map<string | null, number>()
  #bytes = 0

  get count(): number {
    return this.#numbers.size
  }

  get names(): (string | null)[] {
    return [...this.#numbers.keys()]
  }

  /** What they take, about. */
  get bytes(): number {
    return this.#bytes
  }

  of(name: string | null): number {
    const known = this.#numbers.get(name)
    if (known !== undefined) return known
    this.#numbers.set(name, this.#numbers.size)
    this.#bytes += around + 2 * (name?.length ?? 0)
    return this.#numbers.size - 1
  }

  /** By its own, the number here of each name of another. */
  numbersOf(other: Keys): number[] {
    return other.names.map((name) => this.of(name))
  }
}
