import * as v from 'valibot'
import { limits } from '../limits.ts'
import { webAddress } from '../text/fields.ts'

/**
 * Who began an episode of a conversation, and where, as it was at that moment: what reports are told apart by. An
 * episode has none where nobody was there to look at, and those from before it was noted have none either.
 */
export const ConversationFacts = v.strictObject({
  /** By id, all they belonged to; none for whoever is not looked at. */
  segments: v.pipe(v.array(v.string()), v.maxLength(limits.segmentsPerSite)),
  /** A BCP 47 tag, as their browser says it. */
  language: v.pipe(v.string(), v.maxLength(limits.localeCharacters)),
  /** Its address without query and fragment; null where none was told. */
  page: v.nullable(webAddress),
  device: v.picklist(['desktop', 'phone']),
  /** It began with the answer to a proactive message. */
  proactive: v.boolean(),
})
export type ConversationFacts = v.InferOutput<typeof ConversationFacts>

/** One for each episode that has them. */
export interface EpisodeFacts extends ConversationFacts {
  /** 1 for the first. */
  episode: number
}
