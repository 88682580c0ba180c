import type { Conversation } from '../../../shared/conversation/conversation.ts'
import type { Entry } from '../../../shared/conversation/entry.ts'
import { bigint, type Table, text } from '../engine.ts'
import type { Cause } from '../history.ts'
import type { Work } from './work.ts'

export const jobs: Table = {
  name: 'jobs',
  columns: [
    text('id'),
    text('conversation_id'),
    bigint('seq'),
    text('kind'),
    bigint('at'),
    text('state'),
    bigint('attempts'),
    bigint('due_at'),
    text('payload'),
    text('last_error'),
  ],
}

/** Which jobs follow from entries, as the domain has said, and whom to tell that some are stored. */
export class FollowUps {
  private causes: readonly Cause[] = []
  private onCaused: () => void = () => undefined

  follow(causes: readonly Cause[], onCaused: () => void): void {
    this.causes = causes
    this.onCaused = onCaused
  }

  addTo({ jobRows }: Work, entry: Entry, conversation: Conversation): void {
    for (const { kind, wants } of this.causes) {
      const payload = wants(entry, conversation)
      if (payload === null) continue
      const { seq, at } = entry
      const id = `${conversation.id}.${seq}.${at}.${kind}`
      jobRows.push([id, conversation.id, seq, kind, at, 'waiting', 0, at, JSON.stringify(payload), null])
    }
  }

  /** The work is durable. */
  stored({ jobRows }: Work): void {
    if (jobRows.length > 0) this.onCaused()
  }
}
