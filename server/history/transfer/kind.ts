import * as v from 'valibot'
import type { Queries } from '../engine.ts'

/** One kind of record as lines of JSON: what one store gives, another can take in. */
export interface Kind {
  name: string
  /** All there is, some lines at a time, in an order that depends on nothing but the records. */
  lines(queries: Queries): AsyncIterable<string[]>
  /** Adds lines of this kind to a store that holds the kinds before it. Throws `UnfitRecord`. */
  store(queries: Queries, lines: readonly string[]): Promise<void>
}

/** Bounds what is held in memory at a time, however large the store. */
export const atOnce = 1_000

export class UnfitRecord extends Error {
  override name = 'UnfitRecord'
}

/** The record of a line, or `UnfitRecord` with the place of the fault and the line's beginning. */
export function parseLine<T>(schema: v.GenericSchema<unknown, T>, line: string): T {
  const parsed = v.safeParse(schema, parseJson(line))
  if (parsed.success) return parsed.output
  const [issue] = parsed.issues
  throw new UnfitRecord(`${v.getDotPath(issue) ?? 'the record'} ${issue.message}, in ${shown(line)}`)
}

export function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw new UnfitRecord(`not JSON: ${shown(line)}`)
  }
}

const shown = (line: string): string => (line.length > 80 ? `${line.slice(0, 80)}…` : line)

/** Pages through a table by its id. `select` ends before the condition. */
export async function* byId<R extends { id: string }>(
  queries: Queries,
  select: string,
): AsyncGenerator<(R & { id: string })[]> {
  for (let after = ''; ; ) {
    const rows = await queries.all<R & { id: string }>(`${select} WHERE id > ? ORDER BY id LIMIT ?`, [
      after,
      atOnce,
    ])
    const last = rows.at(-1)
    if (!last) return
    yield rows
    after = last.id
  }
}
