import fc from 'fast-check'
import type { Author, Entry, EntryBody } from '../../../shared/conversation/entry.ts'
import { inviteId, omid, ruleId, sara, visitor } from '../story.ts'

export const bot: Author = { kind: 'bot', name: 'Guide' }

export const message = (author: Author, more: { auto?: boolean; note?: boolean } = {}): EntryBody => ({
  ...{ kind: 'message', author, text: 'Hello', clientId: null },
  auto: more.auto ?? false,
  visibility: more.note ? 'note' : 'visible',
})

export const assigned = (agent: typeof sara): EntryBody => ({
  kind: 'assigned',
  agent: { id: agent.id, name: agent.name },
  by: agent,
})

const bodies = fc.constantFrom<EntryBody>(
  message(visitor),
  message(visitor),
  message(visitor),
  message(sara),
  message(omid),
  message(bot),
  message(sara, { auto: true }),
  message(sara, { note: true }),
  assigned(sara),
  assigned(omid),
  { kind: 'unassigned', by: sara },
  { kind: 'handedOff', by: bot },
  { kind: 'visitorLeft' },
  { kind: 'prioritised', priority: 'urgent', by: sara },
  { kind: 'visitorReturned' },
  { kind: 'closed', by: sara, reason: 'agent', survey: true },
  { kind: 'reopened', by: visitor },
  { kind: 'surveyShown' },
  { kind: 'rated', rating: 4, comment: '', credited: null },
)
const invitation: EntryBody = { ...message(sara, { auto: true }), ...{ invitation: { ruleId, inviteId } } }
const anyBody = fc.oneof({ weight: 20, arbitrary: bodies }, fc.constant(invitation))

/** Twenty minutes back to two hours on: a server's clock may jump. */
const pauses = fc.oneof(
  fc.integer({ min: 0, max: 600_000 }),
  fc.integer({ min: -1_200_000, max: 7_200_000 }),
  fc.constantFrom(0, 60_000, 300_000),
)

/** Whatever may stand in a record, in any order, also what no command leads to. */
export const anyRecord: fc.Arbitrary<Entry[]> = fc
  .array(fc.tuple(anyBody, pauses), { maxLength: 40, size: 'max' })
  .map((happenings) => {
    let at = 1_800_000_000_000
    return happenings.map(([body, pause], i): Entry => {
      at += pause
      return { ...body, seq: i + 1, at }
    })
  })
