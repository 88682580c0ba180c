import type { Entry } from '../../../shared/conversation/entry.ts'
import type { EpisodeFacts } from '../../../shared/conversation/facts.ts'
import type { ConversationId, SiteId } from '../../../shared/ids.ts'
import { foldLedger } from '../../../shared/metrics/fold.ts'
import { bigint, type LookUps } from '../engine.ts'
import { factsByNumber } from '../records/conversation-facts.ts'
import { type EntryRow, entry } from '../records/conversation-rows.ts'
import type { Facts } from './part.ts'

/** The facts of one conversation. */
export interface Folded extends Facts {
  number: number
  /** Its facts can stand on the days of these only. */
  at: number[]
}

type Subject = { number: number; id: ConversationId; site_id: SiteId }

/** Of these conversations, from their entries; those that are gone are left out. */
export async function foldNumbers(queries: LookUps, numbers: readonly number[]): Promise<Folded[]> {
  const keys = numbers.map((number) => [number])
  const subjects = await queries.lookUp<Subject>({
    select: 'SELECT number, id, site_id FROM conversations',
    by: [bigint('number')],
    keys,
  })
  const rows = await queries.lookUp<EntryRow & { conversation: number }>({
    select: 'SELECT conversation, seq, at, body FROM entries',
    by: [bigint('conversation')],
    keys,
    orderBy: 'seq',
  })
  const entries = new Map<number, Entry[]>()
  for (const row of rows) {
    const own = entries.get(row.conversation)
    if (own) own.push(entry(row))
    else entries.set(row.conversation, [entry(row)])
  }
  const facts = await factsByNumber(queries, numbers)
  return subjects.map((subject) =>
    foldOne(subject, entries.get(subject.number) ?? [], facts.get(subject.number) ?? []),
  )
}

function foldOne(
  { number, id, site_id: siteId }: Subject,
  entries: readonly Entry[],
  known: readonly EpisodeFacts[],
): Folded {
  const { turns, episodes } = foldLedger({ id, siteId }, entries)
  const beside = ({ episode }: { episode: number }) => {
    const { episode: _, ...facts } = known.find((one) => one.episode === episode) ?? { episode }
    const proactive = episodes.some((one) => one.episode === episode && one.startedBy === 'proactive')
    return { number, proactive, facts: 'language' in facts ? facts : null }
  }
  return {
    number,
    turns: turns.map((turn) => ({ ...turn, ...beside(turn) })),
    episodes: episodes.map((episode) => ({ ...episode, ...beside(episode) })),
    at: entries.map(({ at }) => at),
  }
}
