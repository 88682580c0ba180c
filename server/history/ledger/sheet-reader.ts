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
    const table = new Table(this, name, shape)
    const count = this.same(`${name}#`) ?? 0
    const View = viewOf(shape)
    const views: unknown[] = new Array(count)
    for (let i = 0; i < count; i++) views[i] = new View(table, i)
    return views as Row[]
  }

  /** The same one after the other, as one view that goes from row to row: whoever wants to keep one takes `kept`. */
  each<Row extends object>(name: string, shape: ShapeOf<Row>, visit: (row: Row) => void): void {
    const count = this.same(`${name}#`) ?? 0
    const View = viewOf(shape)
    const view = new View(new Table(this, name, shape), 0)
    for (view.row = 0; view.row < count; view.row++) visit(view as object as Row)
  }

  cells(name: string): Cells | null {
    const place = this.#places.get(name)
    return place && place.bytes > 0 ? cellsIn(this.#all, place) : null
  }

  same(name: string): number | undefined {
    return this.#head.same[name]
  }

  value(kind: Kind, cell: number): unknown {
    switch (kind) {
      case 'time':
        return this.#time(cell)
      case 'length': {
        const at = this.#time(cell)
        return at === null ? null : at - this.#head.base
      }
      case 'count':
        return cell === none ? null : cell
      case 'flag':
        return cell === 1
      case 'text':
        return this.#head.texts[cell]
      case 'id':
        return this.#head.ids[cell]
      case 'json':
        return this.#head.values[cell]
    }
  }

  #time(cell: number): number | null {
    if (cell < firstFar) return this.#head.base + cell
    return cell === none ? null : (this.#head.far[cell - firstFar] ?? null)
  }
}

/** Where the columns of one shape lie. */
class Table {
  readonly columns: (Cells | null)[] = []
  readonly same: number[] = []
  readonly inner: (Table | null)[] = []
  /** The list or group that was asked for last, and the row that has it: most are asked for several times in a row. */
  madeFor = -1
  made: object = []

  constructor(
    readonly sheet: Sheet,
    name: string,
    shape: Shape,
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
  class RowView {
    constructor(
      readonly table: Table,
      public row: number,
    ) {}
  }
  for (const [slot, [field, kind]] of Object.entries(shape).entries())
    Object.defineProperty(RowView.prototype, field, { get: getterOf(slot, kind) })
  views.set(shape, RowView)
  return RowView
}

function getterOf(slot: number, kind: Field): (this: Place) => unknown {
  if (typeof kind === 'string')
    return function () {
      return this.table.sheet.value(kind, this.table.cell(slot, this.row))
    }
  if ('group' in kind) {
    const fields = Object.entries(kind.group)
    return function () {
      const inner = this.table.inner[slot]
      if (!inner) return {}
      if (inner.madeFor !== this.row) {
        inner.made = groupIn(inner, fields, this.row)
        inner.madeFor = this.row
      }
      return inner.made
    }
  }
  const View = viewOf(kind.list)
  return function () {
    const inner = this.table.inner[slot]
    if (!inner) return []
    if (inner.madeFor !== this.row) {
      const from = this.row === 0 ? 0 : this.table.cell(slot, this.row - 1)
      inner.made = listIn(inner, View, { from, to: this.table.cell(slot, this.row) })
      inner.madeFor = this.row
    }
    return inner.made
  }
}

function listIn(table: Table, View: View, { from, to }: { from: number; to: number }): object[] {
  const list: object[] = []
  for (let row = from; row < to; row++) list.push(new View(table, row))
  return list
}

/** A small object of its own; inside groups there are no further ones. */
function groupIn(table: Table, fields: readonly [string, Field][], row: number): object {
  const group: Record<string, unknown> = {}
  for (const [slot, [field, kind]] of fields.entries()) {
    const value = typeof kind === 'string' ? table.sheet.value(kind, table.cell(slot, row)) : null
    if (value !== null) group[field] = value
  }
  return group
}

/** A view that stays with its row. */
export function kept<Row extends object>(row: Row, shape: ShapeOf<Row>): Row {
  const View = viewOf(shape)
  return isView(row) ? (new View(row.table, row.row) as object as Row) : row
}

const isView = (row: object): row is Place => 'table' in row && row.table instanceof Table

/** The row as a plain object, for whoever copies it field by field. */
export const plain = <Row extends object>(row: Row, shape: ShapeOf<Row>): Row => plainly(row, shape) as Row

const plainly = (row: object, shape: Shape): object =>
  Object.fromEntries(
    Object.entries(shape).map(([field, kind]) => {
      const value: unknown = Reflect.get(row, field)
      return [field, typeof kind === 'object' && 'list' in kind ? plainList(value, kind.list) : value]
    }),
  )

const plainList = (value: unknown, shape: Shape): unknown =>
  Array.isArray(value) ? value.map((item) => plainly(item, shape)) : value
