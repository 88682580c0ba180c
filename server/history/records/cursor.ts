import { type GenericSchema, safeParse } from 'valibot'
import { FollowUpId } from '../../../shared/follow-up.ts'
import { ConversationId, InviteId } from '../../../shared/ids.ts'
import { JobId } from '../../../shared/job.ts'

/** The place of a thing in a list; ties are broken by the id. */
export type MarkOf<Id extends string> = { place: number; id: Id }
export type Mark = MarkOf<ConversationId>

export const writeMark = ({ place, id }: MarkOf<string>): string =>
  Buffer.from(`${place} ${id}`).toString('base64url')

/** Null for what we never gave out. */
const reading =
  <Id extends string>(schema: GenericSchema<unknown, Id>) =>
  (cursor: string): MarkOf<Id> | null => {
    const [place, id, ...rest] = Buffer.from(cursor, 'base64url').toString().split(' ')
    const at = Number(place)
    const known = safeParse(schema, id)
    const valid = known.success && Number.isSafeInteger(at) && rest.length === 0
    return valid ? { place: at, id: known.output } : null
  }

export const markOf = reading(ConversationId)
export const jobMark = reading(JobId)
export const followUpMark = reading(FollowUpId)
export const inviteMark = reading(InviteId)
