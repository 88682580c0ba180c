import * as v from 'valibot'

/** How much a conversation presses, the least first. */
export const priorities = ['low', 'normal', 'high', 'urgent'] as const
export const Priority = v.picklist(priorities)
export type Priority = v.InferOutput<typeof Priority>

/** What can be aimed at: the first answer of an episode, each further answer, and the close. */
export const aims = ['firstResponse', 'response', 'resolution'] as const
export const Aim = v.picklist(aims)
export type Aim = v.InferOutput<typeof Aim>
