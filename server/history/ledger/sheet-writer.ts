import {
  cellsIn,
  type Field,
  firstFar,
  type Head,
  type Kind,
  none,
  type Shape,
  type Spread,
} from './sheet.ts'

/** Puts rows of several shapes together. */
export class SheetWriter {
  readonly #columns = new Map<string, number[]>()
  readonly #far: number[] = []
  readonly #texts = new Dictionary<string | null>()
  readonly #ids = new Dictionary<string | null>()
  readonly #values = new Dictionary<string>()

  constructor(private readonly base: number) {}

  add(name: string, shape: Shape, rows: readonly object[]): void {
    this.#column(`${name}#`).push(rows.length)
    for (const row of rows) this.#row(name, shape, row)
  }

  #row(name: string, shape: Shape, row: object): void {
    // By name: the fields of a view are not its own.
    for (const field in shape) {
      const kind = shape[field]
      if (kind !== undefined) this.#cell(`${name}.${field}`, kind, Reflect.get(row, field))
    }
  }

  #cell(name: string, kind: Field, value: unknown): void {
    if (typeof kind === 'string') this.#column(name).push(this.#number(kind, value))
    else if ('group' in kind) this.#row(name, kind.group, isObject(value) ? value : {})
    else {
      const items = Array.isArray(value) ? value : []
      const ends = this.#column(name)
      ends.push((ends.at(-1) ?? 0) + items.length)
      for (const item of items) this.#row(`${name}[]`, kind.list, item)
    }
  }

  #number(kind: Kind, value: unknown): number {
    switch (kind) {
      case 'time':
        return this.#time(numberOr(value, null))
      case 'length':
        return this.#time(typeof value === 'number' ? this.base + value : null)
      case 'count':
        return numberOr(value, null) ?? none
      case 'flag':
        return value === true ? 1 : 0
      case 'text':
        return this.#texts.numberOf(typeof value === 'string' ? value : null)
      case 'id':
        return this.#ids.numberOf(typeof value === 'string' ? value : null)
      case 'json':
        return this.#values.numberOf(JSON.stringify(value ?? null))
    }
  }

  #time(at: number | null): number {
    if (at === null) return none
    const ahead = at - this.base
    if (ahead >= 0 && ahead < firstFar) return ahead
    return firstFar + this.#far.push(at) - 1
  }

  #column(name: string): number[] {
    const known = this.#columns.get(name)
    if (known) return known
    const column: number[] = []
    this.#columns.set(name, column)
    return column
  }

  bytes(): Buffer {
    const same: Record<string, number> = {}
    const spread: [Spread, number[]][] = []
    for (const [name, cells] of this.#columns) {
      const [first = none] = cells
      if (cells.every((cell) => cell === first)) {
        same[name] = first
        spread.push([[name, 0, cells.length], []])
      } else spread.push([[name, bytesFor(cells), cells.length], cells])
    }
    // The widest first, so that each lies where its kind of array may begin.
    spread.sort(([[, one]], [[, other]]) => other - one)
    const head: Head = {
      ...{ base: this.base, columns: spread.map(([column]) => column), same, far: this.#far },
      ...{ texts: this.#texts.all(), ids: this.#ids.all() },
      values: this.#values.all().map((value) => JSON.parse(value)),
    }
    return joined(JSON.stringify(head), spread)
  }
}

function joined(head: string, spread: readonly [Spread, number[]][]): Buffer {
  const headBytes = Buffer.from(head)
  const begin = Math.ceil((4 + headBytes.length) / 4) * 4
  const size = spread.reduce((sum, [[, bytes, rows]]) => sum + bytes * rows, begin)
  const all = Buffer.alloc(size)
  all.writeUInt32LE(headBytes.length)
  headBytes.copy(all, 4)
  let at = begin
  for (const [[, bytes, rows], cells] of spread) {
    if (bytes > 0) cellsIn(all, { at, bytes, rows }).set(cells)
    at += bytes * rows
  }
  return all
}

const bytesFor = (cells: readonly number[]): 1 | 2 | 4 => {
  let most = 0
  for (const cell of cells) if (cell > most) most = cell
  return most < 2 ** 8 ? 1 : most < 2 ** 16 ? 2 : 4
}

class Dictionary<Item> {
  readonly #numbers = new Map<Item, number>()

  numberOf(item: Item): number {
    const known = this.#numbers.get(item)
    if (known !== undefined) return known
    this.#numbers.set(item, this.#numbers.size)
    return this.#numbers.size - 1
  }

  all(): Item[] {
    return [...this.#numbers.keys()]
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
const numberOr = <Other>(value: unknown, other: Other): number | Other =>
  typeof value === 'number' ? value : other
