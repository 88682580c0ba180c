import { suggestedTags, tagNames } from '../../shared/follow-up.ts'
import type { ConversationId } from '../../shared/ids.ts'
import type { InboxRow } from '../../shared/inbox.ts'
import { fold } from '../../shared/text/fold.ts'
import type { Words } from './words.ts'

/** Of one label. */
export const tagCharacters = 60

/** A label as a colleague reads it: the usual ones in their own language. */
export function tagName({ locale }: Words, tag: string): string {
  const usual = suggestedTags.find((one) => one === tag)
  return usual ? tagNames[usual][locale] : tag
}

/** A label as it is stored, whatever language a usual one was written in. */
export const tagCalled = (text: string): string =>
  suggestedTags.find((one) => Object.values(tagNames[one]).some((name) => fold(name) === fold(text))) ?? text

/** The usual ones, and those of the conversations at hand. */
export const tagsKnown = (inbox: ReadonlyMap<ConversationId, InboxRow>): string[] => [
  ...new Set([
    ...suggestedTags,
    ...[...inbox.values()].flatMap(({ conversation }) => conversation.tags ?? []),
  ]),
]
