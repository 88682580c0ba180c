import type { Author } from '../../shared/conversation/entry.ts'
import type { ConversationId } from '../../shared/ids.ts'
import { limits } from '../../shared/limits.ts'
import type { Changed } from '../../shared/protocol.ts'
import { failure, type Result, success } from '../../shared/result.ts'
import type { Appended } from '../history/history.ts'
import { type AgentHandlers, signedIn } from './agent-handlers.ts'
import { catchUpWatched, mostWatched, watchOn } from './agent-watching.ts'
import type { Answer } from './request.ts'
import type { AgentSeat } from './seats.ts'
import { snapshotOf } from './snapshots.ts'
import type { World } from './world.ts'

/** What an agent does in conversations. */
export const agentTalk = (world: World): Omit<AgentHandlers, 'hello'> => ({
  ...readingOf(world),
  ...writingOf(world),
  ...lookingOf(world),
  'status:set': (seat, { status }) => {
    world.domain.agents.setStatus(seat.agentId, status)
    return success({})
  },
})

type Reading = 'conversation:watch' | 'conversation:unwatch' | 'entries:since' | 'typing:set' | 'receipt:send'

function readingOf(world: World): Pick<AgentHandlers, Reading> {
  const { conversations } = world.domain
  return {
    'conversation:watch': (seat, asked) => watch(world, seat, asked),
    'conversation:unwatch': (seat, { conversationId }) => {
      seat.watching.delete(conversationId)
      seat.socket.leave(conversationId)
      return success({})
    },
    'entries:since': async (_, { conversationId, after }) => {
      const row = await conversations.find(conversationId)
      if (!row) return missing()
      const { conversation, receipts } = row
      const entries = await conversations.entries(conversationId, after, limits.entriesPerAnswer)
      const more = (entries.at(-1)?.seq ?? conversation.seq) < conversation.seq
      return success({ conversation, receipts, entries, more })
    },
    'typing:set': (seat, { conversationId, typing }) => {
      const visitorId = seat.watching.get(conversationId)
      if (!visitorId) return missing()
      const { id: agentId, name } = signedIn(world, seat)
      const who = { side: 'agents' as const, agentId, name }
      world.audiences.agentTypes(visitorId, { conversationId, typing, who }, originOf(seat))
      return success({})
    },
    'receipt:send': async (seat, { conversationId, delivered, seen }) => {
      const row = await conversations.find(conversationId)
      if (!row) return missing()
      await conversations.receive(row, 'agents', { delivered, seen }, originOf(seat))
      return success({})
    },
  }
}

function lookingOf({ audiences: { watch } }: World): Pick<AgentHandlers, 'roster:watch' | 'roster:unwatch'> {
  return {
    'roster:watch': (seat, asked) => {
      if (!watch.knows(seat)) return failure('conflict', 'Say hello with roster: window first.')
      const frame = watch.watch(seat, asked)
      const version = watch.versionOf(seat)
      return { ...success(frame), after: async () => watch.catchUp(seat, frame, version) }
    },
    'roster:unwatch': (seat) => {
      watch.unwatch(seat)
      return success({})
    },
  }
}

type Writing =
  | 'message:send'
  | 'conversation:close'
  | 'conversation:reopen'
  | 'conversation:assign'
  | 'conversation:tag'
  | 'conversation:prioritise'
  | 'survey:ask'

function writingOf(world: World): Pick<AgentHandlers, Writing> {
  const { conversations } = world.domain
  const by = (seat: AgentSeat): Author => {
    const { id, name } = signedIn(world, seat)
    return { kind: 'agent', id, name }
  }
  return {
    'message:send': async (seat, message) => {
      const agent = signedIn(world, seat)
      const outcome = await conversations.postAsAgent({ agent, ...message }, originOf(seat))
      if (!outcome.ok) return outcome
      const { conversation, entries, duplicate } = outcome.value
      return success({ conversation, entries, duplicate })
    },
    'conversation:close': (seat, { conversationId, unasked }) => {
      const how = unasked === undefined ? 'agent' : { unasked }
      return changed(conversations.close(conversationId, by(seat), how, originOf(seat)))
    },
    'conversation:tag': (seat, { conversationId, ...labels }) => {
      const mark = { type: 'tag' as const, ...labels, by: by(seat) }
      return changed(conversations.mark(conversationId, mark, originOf(seat)))
    },
    'conversation:prioritise': (seat, { conversationId, priority }) => {
      const mark = { type: 'prioritise' as const, priority, by: by(seat) }
      return changed(conversations.mark(conversationId, mark, originOf(seat)))
    },
    'survey:ask': (seat, { conversationId }) =>
      changed(conversations.surveys.askAgain(conversationId, by(seat), originOf(seat))),
    'conversation:reopen': (seat, { conversationId }) =>
      changed(conversations.reopen(conversationId, by(seat), originOf(seat))),
    'conversation:assign': (seat, { conversationId, ...to }) =>
      changed(conversations.assign(conversationId, to, by(seat), originOf(seat))),
  }
}

const originOf = (seat: AgentSeat) => ({ except: seat.socket.id })

const missing = (): Answer<never> => failure('not_found', 'There is no such conversation.')

async function changed(act: Promise<Result<Appended>>): Promise<Answer<Changed>> {
  const outcome = await act
  if (!outcome.ok) return outcome
  const { conversation, entries } = outcome.value
  return success({ conversation, entries })
}

/** Reads, listens, answers; then sends what came between the reading and the listening. */
const watch: (
  world: World,
  seat: AgentSeat,
  asked: { conversationId: ConversationId; after: number | null },
) => ReturnType<AgentHandlers['conversation:watch']> = async (world, seat, { conversationId, after }) => {
  const { conversations } = world.domain
  const row = await conversations.find(conversationId)
  if (!row) return missing()
  if (seat.watching.size >= mostWatched && !seat.watching.has(conversationId))
    return failure('conflict', 'Too many conversations are open here; close one.')
  const whatFits = { most: limits.entriesInSnapshot, room: limits.answerBytes }
  const snapshot = await snapshotOf(conversations, row, { heldSeq: after, ...whatFits })
  watchOn(seat, row.conversation)
  world.audiences.watch.visitorChanged(row.conversation.visitorId)
  return {
    ...success({ ...snapshot, row }),
    after: () => catchUpWatched(world, seat, conversationId, snapshot.conversation.seq),
  }
}
