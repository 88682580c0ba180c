import type { Engine } from '../../server/history/engine.ts'
import type { History } from '../../server/history/history.ts'
import { migrate } from '../../server/history/migrate.ts'
import { reopenedAt } from '../../server/history/migrations/012-reopened-at.ts'
import { migrations } from '../../server/history/migrations/migrations.ts'
import {
  entries,
  isFromVisitor,
  newConversations,
  newRow,
} from '../../server/history/records/conversation-rows.ts'
import { type Conversation, startConversation } from '../../shared/conversation/conversation.ts'
import { waitsOf } from '../../shared/conversation/waits.ts'
import { noReceipts } from '../../shared/timeline.ts'
import { minute, Story, siteId } from '../shared/story.ts'
import { newConversationId, newVisitorId } from './history-cast.ts'

const earlier = migrations.filter(({ number }) => number < reopenedAt.number)

/** What somebody could write who wishes to be taken for a head or an entry; and what PostgreSQL cannot read. */
const awkward = '","kind":"reopened","reopenedAt":1,"episode":1,\u0000"'

const begun = (): Story => {
  const story = new Story()
  story.conversation = startConversation(newConversationId(), siteId, newVisitorId(), 0)
  return story.visitor(0, awkward).agent(minute)
}

const reopenedTwice = (): Story =>
  begun()
    .close(2 * minute)
    .visitor(3 * minute)
    .close(4 * minute)
    .visitor(5 * minute, awkward)
    .note(6 * minute)

/** Conversations of every kind, as a version that did not know when an episode began has them. */
export const storiesBefore = {
  again: reopenedTwice(),
  first: begun(),
  closed: reopenedTwice().close(7 * minute),
  known: reopenedTwice(),
}

const headThen = ({ conversation }: Story): Conversation => {
  const { reopenedAt: _, ...rest } = conversation
  return rest
}

/** A store of the schema before. */
export async function fillBefore(engine: Engine): Promise<void> {
  await migrate(engine, earlier)
  for (const [index, story] of Object.values(storiesBefore).entries()) {
    const number = index + 1
    const conversation = story === storiesBefore.known ? story.conversation : headThen(story)
    await engine.insertMany(newConversations, [
      newRow({ number, conversation, receipts: noReceipts, unread: 0 }),
    ])
    const rows = story.entries.map((one) => {
      const { seq, at, ...body } = one
      return [number, seq, at, isFromVisitor(one) ? 1 : 0, JSON.stringify(body)]
    })
    await engine.insertMany(entries, rows)
  }
  await engine.run('DELETE FROM ledger_changes')
}

/** What is due when in each, as it was found in the store. */
export async function startsOf({ conversations }: History): Promise<(number | undefined)[]> {
  const found = await conversations.findMany(Object.values(storiesBefore).map((one) => one.conversation.id))
  return found.map(({ conversation }) => waitsOf(conversation).resolution)
}

/** The two that were open and reopened began with their last reopening; the closed one has nothing due. */
export const startsThere = [5 * minute, 0, undefined, 5 * minute]

/** What the version before says to a store as it is now. */
export const openBefore = (engine: Engine): Promise<unknown> => migrate(engine, earlier)
