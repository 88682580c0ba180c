import { describe, expect, it } from 'vitest'
import type { SiteKey } from '../../shared/ids.ts'
import { noReceipts } from '../../shared/timeline.ts'
import { mint } from '../../widget/page/settings.ts'
import {
  applyEvent,
  askedAt,
  currentPlace,
  emptyState,
  held,
  placeToShow,
  unstarted,
  type WidgetEvent,
  type WidgetState,
} from '../../widget/state/state.ts'
import { inviteId, ruleId, Story } from '../shared/story.ts'

const story = new Story().visitor(1, 'Mine')
const { conversation, entries } = story
const [entry] = entries
const clientId = entry?.kind === 'message' && entry.clientId ? entry.clientId : undefined
if (!clientId) throw new Error('The story begins with a message')

const given = (...events: WidgetEvent[]): WidgetState => events.reduce(applyEvent, emptyState)
const pending = ({ timelines }: WidgetState) => [...timelines.values()].flatMap((one) => one.pending)
const queued: WidgetEvent = {
  type: 'timeline',
  place: unstarted,
  event: { type: 'queued', clientId, text: 'Mine', writtenAt: 1 },
}
const whole: WidgetEvent = {
  type: 'conversations',
  conversations: [{ conversation, entries, receipts: noReceipts, mode: 'whole' }],
}

it('I2 a message that waits under no conversation is gone from there once its conversation has it', () => {
  const state = given(queued, whole)
  expect(pending(state)).toEqual([])
  expect(currentPlace(state)).toBe(conversation.id)
})

it('I2 a letter left behind by a lost answer is not shown beside its message', () => {
  expect(pending(given(whole, queued))).toEqual([])
})

describe('what is shown by itself', () => {
  const told = ({ conversation, entries }: Story, seen: number): WidgetState => {
    const receipts = { ...noReceipts, visitor: { delivered: seen, seen } }
    return given({
      type: 'conversations',
      conversations: [{ conversation, entries, receipts, mode: 'whole' }],
    })
  }
  const ended = (survey: boolean) => new Story().visitor(1).visitor(2).agent(3).close(4, !survey)

  it('is nothing before the first message', () => expect(placeToShow(emptyState)).toBeNull())
  it('is a message that waits', () => expect(placeToShow(given(queued))).toBe(unstarted))
  it('is an open conversation', () => expect(placeToShow(given(whole))).toBe(conversation.id))
  it('is a closed one with a message not read', () =>
    expect(placeToShow(told(ended(false), 1))).toBe(conversation.id))
  it('is a closed one to be rated', () => expect(placeToShow(told(ended(true), 4))).toBe(conversation.id))
  it('is no other closed one', () => expect(placeToShow(told(ended(false), 4))).toBeNull())
})

it('C11 what is answered stands there until it is part of the conversation', () => {
  const invitation = { inviteId, ruleId, text: 'May I help?', from: 'Sara' }
  const asked = given({ type: 'invitation', invitation })
  expect([placeToShow(asked), askedAt(asked, unstarted)]).toEqual([unstarted, invitation])
  const answered = [{ type: 'answered' } as const, queued].reduce(applyEvent, asked)
  expect(askedAt(answered, unstarted)).toEqual(invitation)
  const begun = applyEvent(answered, { type: 'changed', conversation, entries })
  expect([askedAt(begun, unstarted), askedAt(begun, conversation.id)]).toEqual([null, null])
})

it('W7 W42 misses what was said behind the answer that began a conversation, though it was heard before', () => {
  const place = conversation.id
  const reply = new Story().visitor(1, 'Mine').agent(2).entries.slice(entries.length)
  const heard = given(queued, { type: 'timeline', place, event: { type: 'entries', entries: reply } })
  expect([placeToShow(heard), currentPlace(heard)]).toEqual([unstarted, unstarted])
  const begun = applyEvent(heard, { type: 'changed', conversation, entries })
  expect(begun.timelines.get(place)).toMatchObject({ entries, announced: 3, gap: true })
})

describe('a snapshot of a store that was restored', () => {
  const site = {
    key: mint<SiteKey>('demo'),
    name: 'Shop',
    accent: '#0f766e',
    onAccent: '#ffffff',
    side: 'end',
  }
  const snapshot = (epoch: string): WidgetEvent => ({
    type: 'snapshot',
    snapshot: {
      ...{ epoch, serverTime: 1, visitor: null, team: [], conversations: [], rules: [] },
      ...{ pageViews: 1, invitation: null },
      site: { ...site, side: 'end', greeting: '', replyTime: '', online: true },
    },
  })
  const waits: WidgetEvent = {
    type: 'timeline',
    place: conversation.id,
    event: { type: 'queued', clientId: mint('later'), text: 'Not yet said', writtenAt: 2 },
  }

  it('S6 drops what was known of another past, and keeps what was never confirmed', () => {
    const state = given(snapshot('before'), whole, waits, snapshot('after'))
    expect(state.timelines.has(conversation.id)).toBe(false)
    expect(pending(state).map(({ text }) => text)).toEqual(['Not yet said'])
    expect(held(state)).toEqual({ epoch: 'after', conversations: [] })
  })

  it('S6 drops nothing as long as it is the same store', () => {
    const state = given(snapshot('same'), whole, waits, snapshot('same'))
    expect(state.timelines.get(conversation.id)?.entries).toEqual(entries)
  })
})
