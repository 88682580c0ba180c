import type { ConversationFacts, EpisodeFacts } from '../../../shared/conversation/facts.ts'
import { bigint, type LookUps, type Table, text, type Value } from '../engine.ts'

export const conversationFacts: Table = {
  name: 'conversation_facts',
  columns: [
    bigint('conversation'),
    bigint('episode'),
    text('language'),
    text('page'),
    text('device'),
    bigint('proactive'),
    text('segments'),
  ],
}

export type FactsRow = {
  conversation: number
  episode: number
  language: string
  page: string | null
  device: 'desktop' | 'phone'
  proactive: number
  segments: string
}

/** The conversation by the store's own number for it. */
export const factsRow = (number: number, episode: number, facts: ConversationFacts): Value[] => [
  ...[number, episode, facts.language, facts.page, facts.device],
  ...[facts.proactive ? 1 : 0, JSON.stringify(facts.segments)],
]

export const factsOf = ({
  episode,
  language,
  page,
  device,
  proactive,
  segments,
}: FactsRow): EpisodeFacts => ({
  ...{ episode, segments: JSON.parse(segments), language, page, device },
  proactive: proactive === 1,
})

/** Those of each conversation, by its number; the first episode first. */
export async function factsByNumber(
  queries: Pick<LookUps, 'lookUp'>,
  numbers: readonly number[],
): Promise<Map<number, EpisodeFacts[]>> {
  const rows = await queries.lookUp<FactsRow>({
    select: `SELECT ${conversationFacts.columns.map(({ name }) => name).join(', ')} FROM conversation_facts`,
    by: [bigint('conversation')],
    keys: numbers.map((number) => [number]),
    orderBy: 'episode',
  })
  const found = new Map<number, EpisodeFacts[]>()
  for (const row of rows) found.set(row.conversation, [...(found.get(row.conversation) ?? []), factsOf(row)])
  return found
}
