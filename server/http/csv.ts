export type Cell = string | number | null

/**
 * Rows as CSV (RFC 4180). A text a spreadsheet would run as a formula is made a text by a leading
 * apostrophe; numbers are ours and stay numbers.
 */
export const csv = (rows: readonly (readonly Cell[])[]): string =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')

function cell(value: Cell): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  if (/^[=+\-@\t\r]/.test(value)) return quoted(`'${value}`)
  return /[",\r\n]/.test(value) ? quoted(value) : value
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
