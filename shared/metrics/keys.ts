/** Numbers for names, in the order in which they came. */
export class Keys {
  readonly #numbers = new Map<string | null, number>()

  get count(): number {
    return this.#numbers.size
  }

  get names(): (string | null)[] {
    return [...this.#numbers.keys()]
  }

  of(name: string | null): number {
    const known = this.#numbers.get(name)
    if (known !== undefined) return known
    this.#numbers.set(name, this.#numbers.size)
    return this.#numbers.size - 1
  }
}
