import * as v from 'valibot'
import { officeFields } from './calendar/hours.ts'
import { AgentId } from './ids.ts'
import { name } from './triggers/kinds/fields.ts'

/** Agents who answer for the same things. What conditions call it by stays as it was first named. */
export const TeamDraft = v.strictObject({
  name,
  agents: v.pipe(
    v.array(AgentId),
    v.maxLength(200),
    v.check((all) => new Set(all).size === all.length, 'names somebody twice'),
  ),
  /** The calendar they work by. Left out: that of the site. */
  calendar: v.optional(name),
})
export type TeamDraft = v.InferOutput<typeof TeamDraft>
export const Team = v.strictObject({ ...TeamDraft.entries, id: name })
export type Team = v.InferOutput<typeof Team>

/** The hours of a house, for all that goes by them. */
export const CalendarDraft = v.strictObject({ name, ...officeFields })
export type CalendarDraft = v.InferOutput<typeof CalendarDraft>
export const Calendar = v.strictObject({ ...CalendarDraft.entries, id: name })
export type Calendar = v.InferOutput<typeof Calendar>
