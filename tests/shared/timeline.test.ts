import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Conversation, startConversation } from '../../shared/conversation/conversation.ts'
import type { Entry } from '../../shared/conversation/entry.ts'
import { makeId } from '../../shared/ids.ts'
import {
  applyTimeline,
  deliveryState,
  emptyTimeline,
  laterReceipts,
  noReceipts,
  type Receipts,
  type Timeline,
  type TimelineEvent,
  unreadCount,
} from '../../shared/timeline.ts'
import { anyStory } from './any-story.ts'
import { clientId, conversationId, minute, Story, siteId, visitorId } from './story.ts'

const blank = startConversation(conversationId, siteId, visitorId, 0)

const snapshot = (conversation: Conversation, entries: readonly Entry[]): TimelineEvent => ({
  type: 'snapshot',
  conversation,
  entries,
  receipts: noReceipts,
})
const fresh = ({ conversation, entries }: Story): Timeline =>
  applyTimeline(emptyTimeline, snapshot(conversation, entries))
/** What was held when only the first `held` entries had happened. */
const stale = (story: Story, held: number): Timeline => {
  const entries = story.entries.slice(0, held)
  const before = entries.reduce(
    (timeline, entry) => applyTimeline(timeline, { type: 'entries', entries: [entry] }),
    applyTimeline(emptyTimeline, snapshot(blank, [])),
  )
  return before
}
const apply = (timeline: Timeline, ...events: TimelineEvent[]): Timeline =>
  events.reduce(applyTimeline, timeline)

const queued = (n: number): TimelineEvent => ({
  type: 'queued',
  clientId: clientId(n),
  text: 'Hello',
  writtenAt: 1,
})

describe('a timeline', () => {
  it('W13 is the same from a stale state and the missed entries as from a fresh snapshot', () => {
    fc.assert(
      fc.property(anyStory, fc.nat(), (story, cut) => {
        const held = story.entries.length === 0 ? 0 : cut % (story.entries.length + 1)
        const missed = story.entries.slice(held)
        expect(apply(stale(story, held), { type: 'entries', entries: missed })).toEqual(fresh(story))
      }),
    )
  })

  it('W13 heals whatever the order entries come in, by asking once for what follows', () => {
    const shuffled = anyStory.chain((story) =>
      fc.tuple(fc.constant(story), fc.shuffledSubarray(story.entries, { minLength: story.entries.length })),
    )
    fc.assert(
      fc.property(shuffled, ([story, order]) => {
        const heard = order.reduce<Timeline>(
          (timeline, entry) => apply(timeline, { type: 'entries', entries: [entry] }),
          stale(story, 0),
        )
        const complete = heard.conversation?.seq === story.conversation.seq
        expect(heard.gap).toBe(!complete)
        const rest = story.entries.slice(heard.conversation?.seq)
        expect(apply(heard, { type: 'entries', entries: rest })).toEqual(fresh(story))
      }),
    )
  })

  it('W5 is not changed by an event that comes twice', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        const once = fresh(story)
        expect(apply(once, { type: 'entries', entries: story.entries })).toEqual(once)
        expect(apply(once, snapshot(story.conversation, story.entries))).toEqual(once)
        expect(apply(once, { type: 'older', entries: story.entries })).toEqual(once)
      }),
    )
  })

  it('ignores a snapshot older than what it holds', () => {
    const story = new Story().visitor(0)
    const early = snapshot(story.conversation, [...story.entries])
    story.agent(minute)
    expect(apply(fresh(story), early)).toEqual(fresh(story))
  })

  it('takes another conversation’s snapshot whole', () => {
    const held = fresh(new Story().visitor(0).agent(1))
    const other = apply(held, snapshot({ ...blank, siteId }, []))
    expect(other.conversation?.seq).toBe(3)
    const newId = { ...blank, id: makeId('c', 1, new Uint8Array(10)) }
    expect(apply(held, snapshot(newId, []))).toMatchObject({ entries: [], gap: false })
  })

  it('puts older entries before those it holds, once', () => {
    const story = new Story().visitor(0).visitor(1).visitor(2).visitor(3)
    const late = apply(emptyTimeline, snapshot(story.conversation, story.entries.slice(2)))
    const whole = apply(late, { type: 'older', entries: story.entries.slice(0, 3) })
    expect(whole.entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
  })

  it('C26 takes no older entries that do not reach those it holds', () => {
    const story = new Story().visitor(0).visitor(1).visitor(2).visitor(3)
    const late = apply(emptyTimeline, snapshot(story.conversation, story.entries.slice(3)))
    expect(apply(late, { type: 'older', entries: story.entries.slice(0, 2) })).toEqual(late)
  })
})

describe('a message of one’s own', () => {
  it('waits until its entry comes, and then stands once', () => {
    const waiting = apply(fresh(new Story()), queued(1), queued(1), {
      type: 'sending',
      clientId: clientId(1),
    })
    expect(waiting.pending).toMatchObject([{ text: 'Hello', state: { name: 'sending' } }])
    const { entries } = new Story().visitor(0)
    const sent = apply(waiting, { type: 'entries', entries }, queued(1))
    expect(sent).toMatchObject({ pending: [], entries: [{ seq: 1 }] })
  })

  it('is confirmed by a snapshot as well', () => {
    const story = new Story().visitor(0)
    const waiting = apply(emptyTimeline, queued(1), queued(2))
    expect(apply(waiting, snapshot(story.conversation, story.entries)).pending).toMatchObject([
      { clientId: clientId(2) },
    ])
  })

  it('can fail, be tried again and be given up', () => {
    const error = { code: 'too_large', message: 'Too long.' } as const
    const failed = apply(emptyTimeline, queued(1), { type: 'notSent', clientId: clientId(1), error })
    expect(failed.pending[0]?.state).toEqual({ name: 'notSent', error })
    expect(apply(failed, { type: 'requeued', clientId: clientId(1) }).pending[0]?.state).toEqual({
      name: 'queued',
    })
    expect(apply(failed, { type: 'discarded', clientId: clientId(1) }).pending).toEqual([])
  })
})

describe('receipts', () => {
  const receipts = fc.record({
    visitor: fc.record({ delivered: fc.nat(9), seen: fc.nat(9) }),
    agents: fc.record({ delivered: fc.nat(9), seen: fc.nat(9) }),
  })

  it('C9 only move forward, in whatever order they come', () => {
    fc.assert(
      fc.property(fc.array(receipts, { minLength: 1 }), (all) => {
        const forward = all.reduce<Receipts>(laterReceipts, noReceipts)
        expect([...all].reverse().reduce<Receipts>(laterReceipts, noReceipts)).toEqual(forward)
        for (const one of all) expect(laterReceipts(forward, one)).toEqual(forward)
      }),
    )
  })

  it('C9 count what was seen as delivered', () => {
    const seen = { visitor: { delivered: 0, seen: 4 }, agents: { delivered: 0, seen: 0 } }
    expect(laterReceipts(noReceipts, seen).visitor).toEqual({ delivered: 4, seen: 4 })
  })

  it('tell a sender how far a message came', () => {
    const [first, second, third] = new Story().visitor(0).visitor(1).visitor(2).entries
    const other = { delivered: 2, seen: 1 }
    expect([first, second, third].map((entry) => entry && deliveryState(entry, other))).toEqual([
      'seen',
      'delivered',
      'sent',
    ])
  })

  it('leave unread what the other side wrote since, and no note', () => {
    const story = new Story().visitor(0).note(1).agent(2).visitor(3)
    expect(unreadCount(fresh(story), 'agents')).toBe(2)
    expect(unreadCount(fresh(story), 'visitor')).toBe(1)
    const looked = apply(fresh(story), {
      type: 'receipts',
      receipts: { visitor: { delivered: 4, seen: 4 }, agents: { delivered: 1, seen: 1 } },
    })
    expect([unreadCount(looked, 'agents'), unreadCount(looked, 'visitor')]).toEqual([1, 0])
  })
})
