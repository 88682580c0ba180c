/** Columns of numbers and a few words in one run of bytes, so that hundreds of thousands are read without being parsed. */

export type Cells = Float64Array | Uint32Array | Uint16Array | Uint8Array
type Kind = 'f64' | 'u32' | 'u16' | 'u8'

export interface Columns<Words> {
  words: Words
  columns: readonly Cells[]
}

interface Head<Words> {
  words: Words
  columns: [kind: Kind, length: number][]
}

const sizes: Record<Kind, number> = { f64: 8, u32: 4, u16: 2, u8: 1 }
const grid = 8
const onGrid = (bytes: number): number => Math.ceil(bytes / grid) * grid

export function packed<Words>({ words, columns }: Columns<Words>): Uint8Array {
  const head: Head<Words> = { words, columns: columns.map((cells) => [kindOf(cells), cells.length]) }
  const json = Buffer.from(JSON.stringify(head))
  let size = onGrid(4 + json.length)
  for (const cells of columns) size += onGrid(cells.byteLength)
  const bytes = Buffer.alloc(size)
  bytes.writeUInt32LE(json.length, 0)
  json.copy(bytes, 4)
  let at = onGrid(4 + json.length)
  for (const cells of columns) {
    Buffer.from(cells.buffer, cells.byteOffset, cells.byteLength).copy(bytes, at)
    at += onGrid(cells.byteLength)
  }
  return bytes
}

export function unpacked<Words>(stored: Uint8Array): Columns<Words> {
  // Cells must lie on their grid, which what came over a connection need not.
  const own = stored.byteOffset % grid === 0 ? stored : new Uint8Array(stored)
  const bytes = Buffer.from(own.buffer, own.byteOffset, own.byteLength)
  const length = bytes.readUInt32LE(0)
  const head: Head<Words> = JSON.parse(bytes.toString('utf8', 4, 4 + length))
  let at = onGrid(4 + length)
  const columns = head.columns.map(([kind, count]) => {
    const cells = cellsOf(kind, bytes, { at, count })
    at += onGrid(count * sizes[kind])
    return cells
  })
  return { words: head.words, columns }
}

function kindOf(cells: Cells): Kind {
  if (cells instanceof Float64Array) return 'f64'
  if (cells instanceof Uint32Array) return 'u32'
  return cells instanceof Uint16Array ? 'u16' : 'u8'
}

function cellsOf(
  kind: Kind,
  { buffer, byteOffset }: Buffer,
  { at: place, count }: { at: number; count: number },
): Cells {
  const at = byteOffset + place
  switch (kind) {
    case 'f64':
      return new Float64Array(buffer, at, count)
    case 'u32':
      return new Uint32Array(buffer, at, count)
    case 'u16':
      return new Uint16Array(buffer, at, count)
    case 'u8':
      return new Uint8Array(buffer, at, count)
  }
}
