import * as v from 'valibot'
import { ConversationFacts } from '../../../shared/conversation/facts.ts'
import { ConversationId } from '../../../shared/ids.ts'
import { count } from '../../../shared/text/fields.ts'
import { text } from '../engine.ts'
import { factsByNumber, factsRow, conversationFacts as table } from '../records/conversation-facts.ts'
import { byId, type Kind, parseLine, UnfitRecord } from './kind.ts'

const Line = v.strictObject({
  conversation: ConversationId,
  episode: v.pipe(count, v.minValue(1)),
  ...ConversationFacts.entries,
})

type Numbered = { id: string; number: number }

/** Who began the episodes of conversations, and where. */
export const conversationFacts: Kind = {
  name: 'conversation-facts',
  async *lines(queries) {
    for await (const rows of byId<Numbered>(queries, 'SELECT id, number FROM conversations')) {
      const found = await factsByNumber(
        queries,
        rows.map(({ number }) => number),
      )
      yield rows.flatMap(({ id, number }) =>
        (found.get(number) ?? []).map((facts) => JSON.stringify({ conversation: id, ...facts })),
      )
    }
  },
  async store(queries, lines) {
    const arriving = lines.map((line) => parseLine(Line, line))
    const known = await queries.lookUp<Numbered>({
      select: 'SELECT id, number FROM conversations',
      by: [text('id')],
      keys: [...new Set(arriving.map(({ conversation }) => conversation))].map((id) => [id]),
    })
    const numbers = new Map(known.map(({ id, number }) => [id, number]))
    const rows = arriving.map(({ conversation, episode, ...facts }) => {
      const number = numbers.get(conversation)
      if (number === undefined) throw new UnfitRecord(`facts of ${conversation}, which does not exist`)
      return factsRow(number, episode, facts)
    })
    await queries.insertMany(table, rows)
  },
}
