import type { Entry, EntryOf } from '../../shared/conversation/entry.ts'
import type { AgentId } from '../../shared/ids.ts'

/** The messages after `seq` that somebody else has written: what is worth reading out. */
export const incomingAfter = (entries: readonly Entry[], seq: number, me: AgentId): EntryOf<'message'>[] =>
  entries.filter(
    (entry): entry is EntryOf<'message'> =>
      entry.kind === 'message' &&
      entry.seq > seq &&
      !entry.auto &&
      !(entry.author.kind === 'agent' && entry.author.id === me),
  )
