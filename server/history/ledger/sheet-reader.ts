import {
  type Cells,
  cellsIn,
  type Field,
  firstFar,
  type Head,
  type Kind,
  none,
  type Shape,
  type ShapeOf,
} from './sheet.ts'

/** What a `SheetWriter` has put together. */
export class Sheet {
  readonly #all: Buffer
  readonly #head: Head
  readonly #places = new Map<string, { at: number; bytes: number; rows: number }>()
  readonly #tables = new Map<string, Table>()

  constructor(body: Uint8Array) {
    this.#all = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
    const length = this.#all.readUInt32LE()
    this.#head = JSON.parse(this.#all.toString('utf8', 4, 4 + length))
    let at = Math.ceil((4 + length) / 4) * 4
    for (const [name, bytes, rows] of this.#head.columns) {
      this.#places.set(name, { at, bytes, rows })
      at += bytes * rows
    }
  }

  get bytes(): number {
    return this.#all.length
  }

  /** Views of the rows of one name, in their order. */
  rows<Row extends object>(name: string, shape: ShapeOf<Row>): Row[] {
    const views: unknown[] = viewsIn(this.#table(name, shape), { from: 0, to: this.#count(name) })
    return views as Row[]
  }

  /** The same one after the other, as one view that goes from row to row: whoever wants to keep one takes `kept`. */
  each<Row extends object>(name: string, shape: ShapeOf<Row>, visit: (row: Row) => void): void {
    const count = this.#count(name)
    const view = new (viewOf(shape))(this.#table(name, shape), 0)
    for (view.row = 0; view.row < count; view.row++) visit(view as object as Row)
  }

  #count(name: string): number {
    return this.same(`${name}#`) ?? 0
  }

  #table(name: string, shape: Shape): Table {
    const known = this.#tables.get(name)
    if (known?.shape === shape) return known
    const table = new Table(this, name, shape)
    this.#tables.set(name, table)
    return table
  }

  cells(name: string): Cells | null {
    const place = this.#places.get(name)
    return place && place.bytes > 0 ? cellsIn(this.#all, place) : null
  }

  same(name: string): number | undefined {
    return this.#head.same[name]
  }

  time(cell: number): number | null {
    if (cell < firstFar) return this.#head.base + cell
    return cell === none ? null : (this.#head.far[cell - firstFar] ?? null)
  }

  length(cell: number): number | null {
    const at = this.time(cell)
    return at === null ? null : at - this.#head.base
  }

  text(cell: number): string | null {
    return this.#head.texts[cell] ?? null
  }

  id(cell: number): string | null {
    return this.#head.ids[cell] ?? null
  }

  json(cell: number): unknown {
    return this.#head.values[cell] ?? null
  }
}

/** Where the columns of one shape lie. */
class Table {
  readonly columns: (Cells | null)[] = []
  readonly same: number[] = []
  readonly inner: (Table | null)[] = []
  /** The list that was asked for last, and the row that has it: most are asked for several times in a row. */
  madeFor = -1
  made: object[] = []

  constructor(
    readonly sheet: Sheet,
    name: string,
    readonly shape: Shape,
  ) {
    for (const [field, kind] of Object.entries(shape)) {
      const own = `${name}.${field}`
      this.columns.push(sheet.cells(own))
      this.same.push(sheet.same(own) ?? none)
      this.inner.push(innerOf(sheet, own, kind))
    }
  }

  cell(slot: number, row: number): number {
    const column = this.columns[slot]
    return (column ? column[row] : this.same[slot]) ?? none
  }
}

const innerOf = (sheet: Sheet, name: string, kind: Field): Table | null => {
  if (typeof kind === 'string') return null
  return 'group' in kind ? new Table(sheet, name, kind.group) : new Table(sheet, `${name}[]`, kind.list)
}

interface Place {
  table: Table
  row: number
}

type View = new (table: Table, row: number) => Place

const views = new WeakMap<Shape, View>()

/** One class for all rows of a shape, so that whoever goes through them always finds the same thing. */
function viewOf(shape: Shape): View {
  const known = views.get(shape)
  if (known) return known
  // Its fields are declared only: to define them as well takes as long as all the rest, and there are very many.
  class RowView {
    declare readonly table: Table
    declare row: number

    constructor(table: Table, row: number) {
      this.table = table
      this.row = row
    }
  }
  for (const [slot, [field, kind]] of Object.entries(shape).entries())
    Object.defineProperty(RowView.prototype, field, { get: getterOf(slot, kind) })
  views.set(shape, RowView)
  return RowView
}

function getterOf(slot: number, kind: Field): (this: Place) => unknown {
  if (typeof kind === 'string') return getterOfKind(slot, kind)
  if ('group' in kind) {
    const View = viewOf(kind.group)
    return function () {
      const inner = this.table.inner[slot]
      return inner ? new View(inner, this.row) : {}
    }
  }
  return function () {
    const inner = this.table.inner[slot]
    if (!inner) return []
    if (inner.madeFor !== this.row) {
      const from = this.row === 0 ? 0 : this.table.cell(slot, this.row - 1)
      inner.made = viewsIn(inner, { from, to: this.table.cell(slot, this.row) })
      inner.madeFor = this.row
    }
    return inner.made
  }
}

/** A function for each kind, so that the engine learns of each what it finds there. */
function getterOfKind(slot: number, kind: Kind): (this: Place) => unknown {
  const getters: Record<Kind, (this: Place) => unknown> = {
    time() {
      return this.table.sheet.time(this.table.cell(slot, this.row))
    },
    length() {
      return this.table.sheet.length(this.table.cell(slot, this.row))
    },
    count() {
      const cell = this.table.cell(slot, this.row)
      return cell === none ? null : cell
    },
    flag() {
      return this.table.cell(slot, this.row) === 1
    },
    text() {
      return this.table.sheet.text(this.table.cell(slot, this.row))
    },
    id() {
      return this.table.sheet.id(this.table.cell(slot, this.row))
    },
    json() {
      return this.table.sheet.json(this.table.cell(slot, this.row))
    },
  }
  return getters[kind]
}

function viewsIn(table: Table, { from, to }: { from: number; to: number }): Place[] {
  const View = viewOf(table.shape)
  const list: Place[] = []
  for (let row = from; row < to; row++) list.push(new View(table, row))
  return list
}

/** A view that stays with its row. */
export function kept<Row extends object>(row: Row, shape: ShapeOf<Row>): Row {
  const View = viewOf(shape)
  return isView(row) ? (new View(row.table, row.row) as object as Row) : row
}

const isView = (row: object): row is Place => 'table' in row && row.table instanceof Table

/** The row as a plain object, for whoever copies it field by field. */
export const plain = <Row extends object>(row: Row, shape: ShapeOf<Row>): Row => plainly(row, shape) as Row

function plainly(row: object, shape: Shape): object {
  const fields = Object.entries(shape).map(([field, kind]) => [field, plainOf(Reflect.get(row, field), kind)])
  return Object.fromEntries(fields)
}

function plainOf(value: unknown, kind: Field): unknown {
  if (typeof kind === 'string') return value
  if ('list' in kind) return Array.isArray(value) ? value.map((item) => plainly(item, kind.list)) : value
  const group = typeof value === 'object' && value !== null ? plainly(value, kind.group) : {}
  return Object.fromEntries(Object.entries(group).filter(([, one]) => one !== null))
}
