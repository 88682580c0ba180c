import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Entry } from '../../../shared/conversation/entry.ts'
import type { ConversationId } from '../../../shared/ids.ts'
import { fold, hour, newClientId, noon, type Scene, scene, taken } from '../history-cast.ts'
import { history } from './held.ts'

type Act = (scene: Scene, id: ConversationId, at: number) => Promise<unknown>

const acts: Act[] = [
  ({ says }, _, at) => says('Hello', at),
  ({ answers }, id, at) => answers(id, 'Hi', at),
  ({ closes }, id, at) => closes(id, at),
  ({ does, sara }, id, at) =>
    does(id, { type: 'message', author: sara, clientId: newClientId(), text: 'psst', note: true }, at),
  ({ does, sara }, id, at) => does(id, { type: 'reopen', by: sara }, at),
  ({ does, sara }, id, at) => does(id, { type: 'assign', agent: null, by: sara }, at),
  ({ does }, id, at) => does(id, { type: 'showSurvey' }, at),
  ({ does }, id, at) => does(id, { type: 'skipSurvey' }, at),
  ({ does }, id, at) => does(id, { type: 'rate', rating: 3, comment: '' }, at),
  ({ history }, id) => history.conversations.receive(id, 'agents', { delivered: 3, seen: 3 }),
]

/** Steps of a play: which acts happen at once, and how long after the step before. */
const play = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: 30 * hour }),
    acts: fc.array(fc.integer({ min: 0, max: acts.length - 1 }), { minLength: 1, maxLength: 4 }),
  }),
  { minLength: 1, maxLength: 8 },
)

/** What is told of one conversation, which may come from memory, is what lists and entries say. */
async function expectOneTruth({ visitorId }: Scene, id: ConversationId, entries: Entry[]): Promise<void> {
  const { conversations } = history()
  const one = await conversations.find(id)
  const { items } = await conversations.list({ visitorId, order: 'recent', limit: 50 })
  expect(one).toEqual(items.find(({ conversation }) => conversation.id === id))
  const { seen } = one?.receipts.agents ?? { seen: 0 }
  expect(one?.unread).toBe(entries.filter((entry) => entry.seq > seen && isFromVisitor(entry)).length)
}

const isFromVisitor = (entry: Entry): boolean =>
  entry.kind === 'message' && entry.author.kind === 'visitor' && entry.visibility === 'visible'

describe('whatever happens', () => {
  it('C1 W6 the entries add up to the stored state, and their numbers have no gaps', async () => {
    await fc.assert(
      fc.asyncProperty(play, async (steps) => {
        const one = scene(history())
        const { conversation } = taken(await one.says('First', noon))
        let now = noon
        for (const step of steps) {
          now += step.at
          await Promise.all(step.acts.map((act) => acts[act]?.(one, conversation.id, now)))
        }
        for (const stored of await history().conversations.ofVisitor(one.visitorId, 50)) {
          const entries = await one.entries(stored.conversation.id)
          expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, i) => i + 1))
          expect(stored.conversation).toEqual(fold(stored.conversation, entries))
          await expectOneTruth(one, stored.conversation.id, entries)
        }
      }),
      { numRuns: 40 },
    )
  })
})
