/** Moments by the hundred thousand, ms. */
export class Moments {
  #at = new Float64Array(256)
  #n = 0

  get bytes(): number {
    return this.#at.byteLength
  }

  add(at: number): void {
    if (this.#n === this.#at.length) this.#hold(Math.max(256, this.#n * 2))
    this.#at[this.#n++] = at
  }

  append(other: Moments): void {
    const n = this.#n + other.#n
    if (n > this.#at.length) this.#hold(Math.max(n, this.#at.length * 2))
    this.#at.set(other.#at.subarray(0, other.#n), this.#n)
    this.#n = n
  }

  /** Leaves no room for more. */
  trim(): void {
    if (this.#n < this.#at.length) this.#hold(this.#n)
  }

  /** A number for each. */
  map(of: (at: number) => number): Int32Array {
    return Int32Array.from(this.#at.subarray(0, this.#n), of)
  }

  #hold(n: number): void {
    const at = this.#at
    this.#at = new Float64Array(n)
    this.#at.set(at.subarray(0, n))
  }
}
