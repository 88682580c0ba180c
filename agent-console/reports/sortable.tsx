import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { useWords } from '../ui/context.tsx'
import { type Definable, Defined } from './definition.tsx'

export interface Column<Row> {
  id: string
  name: string
  /** What rows are put in order by; null stands last in either order. */
  by: (row: Row) => string | number | null
  cell: (row: Row) => ComponentChildren
  /** What it means, one hover away. */
  means?: Definable
}

interface SortableProps<Row> {
  label: string
  rows: readonly Row[]
  keyOf: (row: Row) => string
  /** The first names the row, the others are figures. */
  columns: readonly [Column<Row>, ...Column<Row>[]]
  /** The column in whose order it begins, the greatest first. */
  begin: string
}

interface Order {
  id: string
  descending: boolean
}

/** A table that any of its columns puts in order. */
export function Sortable<Row>({ label, rows, keyOf, columns, begin }: SortableProps<Row>) {
  const words = useWords()
  const [order, setOrder] = useState<Order>({ id: begin, descending: true })
  const column = columns.find(({ id }) => id === order.id) ?? columns[0]
  const sorted = inOrder(rows, column, order.descending, words.tag)
  return (
    <div class="table-scroll">
      <table class="table figures-table" aria-label={label}>
        <thead>
          <tr>
            {columns.map((one, i) => (
              <Head
                key={one.id}
                column={one}
                order={order}
                number={i > 0}
                onSort={() =>
                  setOrder({ id: one.id, descending: one.id === order.id ? !order.descending : i > 0 })
                }
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <tr key={keyOf(row)}>
              <th scope="row">{columns[0].cell(row)}</th>
              {columns.slice(1).map((one) => (
                <td key={one.id} class="number">
                  {one.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface HeadProps<Row> {
  column: Column<Row>
  order: Order
  number: boolean
  onSort: () => void
}

function Head<Row>({ column, order, number, onSort }: HeadProps<Row>) {
  const here = column.id === order.id
  return (
    <th
      scope="col"
      class={number ? 'number' : undefined}
      aria-sort={here ? (order.descending ? 'descending' : 'ascending') : undefined}
    >
      <Sorting means={column.means} onSort={onSort}>
        {column.name}
        <span class="sort-mark" aria-hidden="true">
          {here ? (order.descending ? '↓' : '↑') : ''}
        </span>
      </Sorting>
    </th>
  )
}

interface SortingProps {
  means: Definable | undefined
  onSort: () => void
  children: ComponentChildren
}

const Sorting = ({ means, onSort, children }: SortingProps) =>
  means ? (
    <Defined {...means} class="sort sort-defined" onPress={onSort}>
      {children}
    </Defined>
  ) : (
    <button type="button" class="sort" onClick={onSort}>
      {children}
    </button>
  )

export function inOrder<Row>(
  rows: readonly Row[],
  { by }: Column<Row>,
  descending: boolean,
  tag: string,
): Row[] {
  const sign = descending ? -1 : 1
  return [...rows].sort((a, b) => {
    const [left, right] = [by(a), by(b)]
    if (left === null || right === null) return Number(left === null) - Number(right === null)
    if (typeof left === 'number' && typeof right === 'number') return sign * (left - right)
    return sign * String(left).localeCompare(String(right), tag)
  })
}
