import { conversationForVisitor } from '../../shared/conversation/conversation.ts'
import { forVisitor } from '../../shared/conversation/entry.ts'
import type { ConversationId } from '../../shared/ids.ts'
import { limits } from '../../shared/limits.ts'
import type { Changed } from '../../shared/protocol.ts'
import { failure, type Result, success } from '../../shared/result.ts'
import type { Visit } from '../domain/visits/visit.ts'
import type { Appended, ConversationRow } from '../history/history.ts'
import type { Answer } from './request.ts'
import { becomes } from './seats.ts'
import { listenInAllTabs, visitorOf } from './visitor-arrival.ts'
import type { SeatedVisitor, VisitorHandlers } from './visitor-handlers.ts'
import type { World } from './world.ts'
import { writtenForVisitor, writtenSent } from './written.ts'

type TalkRequest = 'message:send' | 'entries:since' | 'typing:set' | 'receipt:send' | 'conversation:end'

/** What a visitor says and does in their conversations. */
export function visitorTalk(world: World): Pick<VisitorHandlers, TalkRequest> {
  const { conversations } = world.domain
  return {
    'message:send': (seat, message) => send(world, seat, message),
    'entries:since': async (seat, { conversationId, after }) => {
      const row = await ownRow(world, seat, conversationId)
      if (!row) return missing()
      const { receipts } = row
      const conversation = conversationForVisitor(row.conversation)
      const entries = await conversations.entries(conversationId, after, limits.entriesPerAnswer)
      const more = (entries.at(-1)?.seq ?? conversation.seq) < conversation.seq
      return success({ conversation, receipts, entries: entries.map(forVisitor), more })
    },
    'typing:set': async (seat, { conversationId, typing }) => {
      if (!(await owns(world, seat, conversationId))) return missing()
      world.audiences.visitorTypes(seat, { conversationId, typing })
      return success({})
    },
    'receipt:send': async (seat, { conversationId, delivered, seen }) => {
      const row = await ownRow(world, seat, conversationId)
      if (!row) return missing()
      await conversations.receive(row, 'visitor', { delivered, seen }, { except: seat.socket.id })
      return success({})
    },
    'conversation:end': (seat, { conversationId }) =>
      asVisitor(seat, (id) =>
        conversations.close(conversationId, { kind: 'visitor', id }, 'visitor', { except: seat.socket.id }),
      ),
  }
}

const send: (
  world: World,
  ...asked: Parameters<VisitorHandlers['message:send']>
) => ReturnType<VisitorHandlers['message:send']> = async (world, seat, message) => {
  const { visits, conversations } = world.domain
  if (seat.becoming) await seat.becoming
  // Who leaves gives up their seat, whatever of theirs is still under way.
  const visit: Visit | null = seat.visit
  if (!visit) return failure('unavailable', 'The connection has ended.')
  const known = visitorOf(seat)
  const ensured = known ? success(known) : await introduce(world, seat, visit)
  if (!ensured.ok) return ensured
  if (!known) listenInAllTabs(world, visit)
  const { conversationId, clientId, text, inviteId, about, page, files } = message
  const outcome = await conversations.postAsVisitor(
    {
      siteId: seat.siteId,
      visitorId: ensured.value,
      visitId: visit.id,
      conversationId,
      clientId,
      text,
      ...(inviteId ? { inviteId } : {}),
      // Who denied consent is not followed from page to page, not even by what they write.
      ...(page && visit.consent !== 'denied' ? { page } : {}),
      ...(files ? { files } : {}),
    },
    { except: seat.socket.id },
  )
  if (!outcome.ok) return outcome
  const { entries, duplicate } = outcome.value
  const conversation = conversationForVisitor(outcome.value.conversation)
  const written = writtenSent(conversation, writtenForVisitor(outcome.value), duplicate)
  remember(seat, conversation.id)
  visits.touched(visit, 'active')
  if (about) await visits.identify(visit, about)
  return { ...success({ conversation, entries: entries.map(forVisitor), duplicate }), written }
}

/** Somebody who writes becomes somebody the store knows. */
const introduce = ({ domain }: World, seat: SeatedVisitor, visit: Visit) =>
  seat.tokenHash !== null && seat.tokenHash === visit.tokenHash
    ? becomes(seat, domain.visits.ensureVisitor(visit))
    : failure('conflict', 'Keep a visitor token first (visitor:keep).')

/** What is another's answers as what is not there, so that ids cannot be probed. */
const missing = (): Answer<never> => failure('not_found', 'There is no such conversation.')

/** In a conversation of theirs. */
export async function asVisitor(
  seat: SeatedVisitor,
  act: (visitorId: NonNullable<ReturnType<typeof visitorOf>>) => Promise<Result<Appended>>,
): Promise<Answer<Changed>> {
  const visitorId = visitorOf(seat)
  if (!visitorId) return missing()
  const outcome = await act(visitorId)
  if (!outcome.ok) return outcome.error.code === 'not_found' ? missing() : outcome
  const conversation = conversationForVisitor(outcome.value.conversation)
  return success({ conversation, entries: outcome.value.entries.map(forVisitor) })
}

async function ownRow(
  { domain }: World,
  seat: SeatedVisitor,
  id: ConversationId,
): Promise<ConversationRow | null> {
  const visitorId = visitorOf(seat)
  const row = visitorId && (await domain.conversations.find(id))
  if (!row || row.conversation.visitorId !== visitorId) return null
  remember(seat, id)
  return row
}

/** Typing is frequent: whose conversation it is need not be read each time. */
const owns = async (world: World, seat: SeatedVisitor, id: ConversationId): Promise<boolean> =>
  seat.own?.has(id) || (await ownRow(world, seat, id)) !== null

const conversationsRemembered = 20

function remember(seat: SeatedVisitor, id: ConversationId): void {
  seat.own ??= new Set()
  if (seat.own.size < conversationsRemembered) seat.own.add(id)
}
