import type { Author, Entry, EntryOf } from '../../shared/conversation/entry.ts'
import type { AgentId } from '../../shared/ids.ts'

/** An act of somebody else that decides what is left for this agent to do. */
export type Act = EntryOf<'message' | 'assigned' | 'unassigned' | 'closed' | 'reopened'>

/** What others did to a conversation while this agent did not see it. */
export interface Meanwhile {
  /** In their order; the latest of each kind. */
  entries: readonly Act[]
  /** What the agent asked for was therefore not done. */
  unchanged: boolean
}

/** What others did between two numbers, ends not counted: who answered, who has it, whether it is closed. */
export function meanwhileIn(
  entries: readonly Entry[],
  { since, before = Number.POSITIVE_INFINITY }: { since: number; before?: number | undefined },
  me: AgentId,
): Act[] {
  const latest = new Map<string, Act>()
  for (const entry of entries) {
    const act = entry.seq > since && entry.seq < before ? actOf(entry, me) : null
    if (act) latest.set(subjectOf(act), act)
  }
  return [...latest.values()].sort((one, other) => one.seq - other.seq)
}

function actOf(entry: Entry, me: AgentId): Act | null {
  switch (entry.kind) {
    case 'message':
      return entry.author.kind === 'agent' && isOther(entry.author, me) && entry.visibility === 'visible'
        ? entry
        : null
    case 'assigned':
    case 'unassigned':
    case 'closed':
    case 'reopened':
      return isOther(entry.by, me) ? entry : null
    default:
      return null
  }
}

const isOther = (who: Author, me: AgentId): boolean => who.kind !== 'agent' || who.id !== me

function subjectOf({ kind }: Act): 'reply' | 'owner' | 'status' {
  if (kind === 'message') return 'reply'
  return kind === 'closed' || kind === 'reopened' ? 'status' : 'owner'
}
