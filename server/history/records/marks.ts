import { createHash } from 'node:crypto'
import { bigint, type LookUps, type Table, text } from '../engine.ts'

/** What is kept of somebody who was erased, and when. */
export type Mark = { mark: string; at: number }

export const erasedTable: Table = { name: 'erased', columns: [text('mark'), bigint('at')] }

/** Ids and tokens hold enough chance that nobody finds them by trying, and two hashes keep the stored one out too. */
const hash = (...parts: string[]): string =>
  createHash('sha256')
    .update(['ahlan:erased', ...parts].join('\n'))
    .digest('base64url')

export const markOfVisitor = (id: string): string => hash('visitor', id)
export const markOfToken = (siteId: string, tokenHash: string): string => hash('token', siteId, tokenHash)

/** Those of the marks that are known. */
export async function knownMarks(queries: LookUps, marks: readonly string[]): Promise<Set<string>> {
  const rows = await queries.lookUp<{ mark: string }>({
    select: 'SELECT mark FROM erased',
    by: [text('mark')],
    keys: marks.map((mark) => [mark]),
  })
  return new Set(rows.map(({ mark }) => mark))
}
