/**
 * Rows of one shape as columns of numbers, in bytes, so that a hundred thousand of them are read in the time in
 * which a thousand could be parsed. A row read back is a view: it looks up a field when it is asked for it.
 */

/** `time`: ms since 1970 or null. `length`: ms or null. `id`: a text that hardly any other row has. `json`: any small value. */
export type Kind = 'time' | 'length' | 'count' | 'flag' | 'text' | 'id' | 'json'
/** A group is without what is null, once it is `plain`. */
export type Field = Kind | { list: Shape } | { group: Shape }
export interface Shape {
  readonly [field: string]: Field
}
export type ShapeOf<Row> = { readonly [Name in keyof Row]-?: Field }

export type Cells = Uint8Array | Uint16Array | Uint32Array
export type Spread = [name: string, bytes: 0 | 1 | 2 | 4, rows: number]

export interface Head {
  base: number
  columns: Spread[]
  /** Of columns that have the same in every row. */
  same: Record<string, number>
  /** Times too far from `base` for a cell. */
  far: number[]
  texts: (string | null)[]
  ids: (string | null)[]
  values: unknown[]
}

export const none = 0xffff_ffff
export const firstFar = 0x8000_0000

/** The cells of a column where they lie. */
export function cellsIn(
  all: Uint8Array,
  { at, bytes, rows }: { at: number; bytes: number; rows: number },
): Cells {
  const begin = all.byteOffset + at
  if (bytes === 4) return new Uint32Array(all.buffer, begin, rows)
  return bytes === 2 ? new Uint16Array(all.buffer, begin, rows) : new Uint8Array(all.buffer, begin, rows)
}
