import type { Sent } from '../../shared/answers.ts'
import type { Conversation } from '../../shared/conversation/conversation.ts'
import { forVisitor } from '../../shared/conversation/entry.ts'
import type { ConversationId } from '../../shared/ids.ts'
import type { EntriesAdded } from '../../shared/protocol.ts'
import type { Ack } from '../../shared/result.ts'
import type { Appended } from '../history/history.ts'
import { Written } from './packets.ts'

/*
 * The two frames of every message, put together from the entries as the store wrote them: the JSON of one message, made
 * anew for store, acknowledgement and announcement, was a tenth of all the time it cost.
 */

/** Most entries are the visitor's to see; those are passed on as they are. */
export const writtenForVisitor = ({ entries, written }: Pick<Appended, 'entries' | 'written'>): string[] =>
  entries.map((entry, index) => {
    const shown = forVisitor(entry)
    return (shown === entry && written[index]) || JSON.stringify(shown)
  })

/** `entries:added` of these. */
export const writtenAddition = (conversationId: ConversationId, entries: readonly string[]) =>
  new Written<EntriesAdded>(`{"conversationId":"${conversationId}","entries":[${entries.join()}]}`)

/** The answer to who sent it. */
export const writtenSent = (conversation: Conversation, entries: readonly string[], duplicate: boolean) =>
  new Written<Ack<Sent>>(
    `{"ok":true,"conversation":${JSON.stringify(conversation)},"entries":[${entries.join()}],"duplicate":${duplicate}}`,
  )
