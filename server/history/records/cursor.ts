import { safeParse } from 'valibot'
import { ConversationId } from '../../../shared/ids.ts'

/** The place of a conversation in a list; ties are broken by the id. */
export type Mark = { place: number; id: ConversationId }

export const writeMark = ({ place, id }: Mark): string => Buffer.from(`${place} ${id}`).toString('base64url')

/** Null for what we never gave out. */
export function markOf(cursor: string): Mark | null {
  const [place, id, ...rest] = Buffer.from(cursor, 'base64url').toString().split(' ')
  const at = Number(place)
  const known = safeParse(ConversationId, id)
  const valid = known.success && Number.isSafeInteger(at) && rest.length === 0
  return valid ? { place: at, id: known.output } : null
}
