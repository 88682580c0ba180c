import type { Result } from '../../shared/result.ts'
import type { Reply } from './route.ts'

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

/** To be saved under this name. */
export const csvFile = (name: string, body: string): Result<Reply> => ({
  ok: true,
  value: {
    status: 200,
    // Spreadsheets take a file without this mark for one in the local code page.
    text: { type: 'text/csv; charset=utf-8', body: `\ufeff${body}` },
    headers: { 'Content-Disposition': `attachment; filename="${name}.csv"` },
  },
})
