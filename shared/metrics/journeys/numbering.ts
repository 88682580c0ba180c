/** By how much room grows: whoever needs more than a little mostly needs much. */
const growth = 4
const leastRoom = 1_024

/** A power of two in which so many lie loosely. */
const roomFor = (count: number): number => 2 ** Math.ceil(Math.log2(Math.max(leastRoom, count * 2)))

/** Numbers for keys, from 0, in the order in which these first came. Keys are whole numbers from 0 up to 2^53. */
export class Numbering {
  #keys: Float64Array
  #numbers: Int32Array
  #size = 0

  /** @param likely how many there will be, about: so many find room from the beginning */
  constructor(likely = 0) {
    const room = roomFor(likely)
    this.#keys = new Float64Array(room).fill(-1)
    this.#numbers = new Int32Array(room)
  }

  get size(): number {
    return this.#size
  }

  /** Gives it one if it has none. */
  of(key: number): number {
    const place = this.#placeOf(key)
    if (this.#keys[place] === key) return this.#numbers[place] ?? 0
    const number = this.#size++
    this.#keys[place] = key
    this.#numbers[place] = number
    if (this.#size * 2 > this.#keys.length) this.#grow()
    return number
  }

  /** −1 where it has none. */
  known(key: number): number {
    const place = this.#placeOf(key)
    return this.#keys[place] === key ? (this.#numbers[place] ?? -1) : -1
  }

  #placeOf(key: number): number {
    const keys = this.#keys
    const mask = keys.length - 1
    let place = mixed(key) & mask
    while (keys[place] !== key && keys[place] !== -1) place = (place + 1) & mask
    return place
  }

  #grow(): void {
    const [keys, numbers] = [this.#keys, this.#numbers]
    this.#keys = new Float64Array(keys.length * growth).fill(-1)
    this.#numbers = new Int32Array(keys.length * growth)
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] ?? -1
      if (key === -1) continue
      const place = this.#placeOf(key)
      this.#keys[place] = key
      this.#numbers[place] = numbers[i] ?? 0
    }
  }
}

function mixed(key: number): number {
  const high = Math.floor(key / 2 ** 32)
  const bits = Math.imul((key - high * 2 ** 32) ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b)
  return (bits ^ (bits >>> 15)) >>> 0
}

/** A number for each of those numbered, which begins as `first`. */
export class Tally {
  #values: Float64Array

  constructor(
    readonly first = 0,
    likely = 0,
  ) {
    this.#values = new Float64Array(Math.max(leastRoom, likely)).fill(first)
  }

  get(number: number): number {
    return this.#values[number] ?? this.first
  }

  set(number: number, value: number): void {
    if (number >= this.#values.length) this.#grow(number)
    this.#values[number] = value
  }

  add(number: number, value = 1): void {
    this.set(number, this.get(number) + value)
  }

  #grow(number: number): void {
    const values = new Float64Array(Math.max(number + 1, this.#values.length * growth)).fill(this.first)
    values.set(this.#values)
    this.#values = values
  }
}
