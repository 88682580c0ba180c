import { fitting } from '../../../shared/text/bytes.ts'
import { cursor, limit } from '../fields.ts'

/** A list in the settings is told a page at a time. */
export const pageFields = { cursor, limit: limit(500, 500) }

interface PageAsked {
  cursor?: string | undefined
  limit: number
}

/** By id, so that a page goes on from the last one, whatever was added or removed since; bounded in bytes. */
export function pageById<Item extends { id: string }>(
  all: readonly Item[],
  { cursor: after, limit: most }: PageAsked,
): { items: Item[]; nextCursor: string | null } {
  const rest = all
    .filter(({ id }) => after === undefined || id > after)
    .sort((one, other) => (one.id < other.id ? -1 : 1))
  const items = fitting(rest.slice(0, most))
  return { items, nextCursor: rest.length > items.length ? (items.at(-1)?.id ?? null) : null }
}
