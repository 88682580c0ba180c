import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { filters, fits, rowsOf } from '../../agent-console/inbox/order.ts'
import { isFromVisitor, receiptsAfter } from '../../server/history/records/conversation-rows.ts'
import { applyEntry, type Conversation, startConversation } from '../../shared/conversation/conversation.ts'
import type { Entry } from '../../shared/conversation/entry.ts'
import { makeId, type VisitId } from '../../shared/ids.ts'
import { applyInbox, emptyInbox, type Inbox, type InboxRow } from '../../shared/inbox.ts'
import { applyRoster, emptyRoster, type RosterEvent } from '../../shared/roster.ts'
import {
  applyTimeline,
  emptyTimeline,
  laterReceipts,
  noReceipts,
  type Receipts,
  type Timeline,
  type TimelineEvent,
} from '../../shared/timeline.ts'
import type { LiveVisitor } from '../../shared/visitor.ts'
import { anyStory } from './any-story.ts'
import { agentId, sara, siteId, visitorId } from './story.ts'

/** What one conversation has been, moment by moment, as the store would read it. */
type Past = readonly { row: InboxRow; entries: readonly Entry[] }[]

const begun = (n: number): Conversation =>
  startConversation(makeId('c', 0, new Uint8Array(10).fill(n)), siteId, visitorId, 0)

const rowAt = (conversation: Conversation, entries: readonly Entry[], receipts: Receipts): InboxRow => ({
  conversation,
  visitorName: null,
  receipts,
  unread: entries.filter((one) => isFromVisitor(one) && one.seq > receipts.agents.seen).length,
})

/** Somebody looks now and then: after some of the entries a side has seen what there is. */
const anyPast = (n: number): fc.Arbitrary<Past> =>
  fc.tuple(anyStory, fc.array(fc.constantFrom('nobody', 'agents', 'visitor'))).map(([story, looks]) => {
    let conversation = begun(n)
    let receipts = noReceipts
    const past = [{ row: rowAt(conversation, [], receipts), entries: [] as readonly Entry[] }]
    for (const [i, entry] of story.entries.entries()) {
      const entries = story.entries.slice(0, i + 1)
      conversation = applyEntry(conversation, entry)
      receipts = receiptsAfter(receipts, entry)
      past.push({ row: rowAt(conversation, entries, receipts), entries })
      const side = looks[i] ?? 'nobody'
      if (side === 'nobody') continue
      receipts = laterReceipts(receipts, { ...noReceipts, [side]: { delivered: entry.seq, seen: entry.seq } })
      past.push({ row: rowAt(conversation, entries, receipts), entries })
    }
    return past
  })

const anyPasts = fc.tuple(anyPast(1), anyPast(2), anyPast(3))

const last = <T>(all: readonly T[]): T => {
  const [end] = all.slice(-1)
  if (end === undefined) throw new Error('There is nothing.')
  return end
}

const fresh = (pasts: readonly Past[]): Inbox =>
  applyInbox(emptyInbox, { type: 'snapshot', rows: pasts.map((past) => last(past).row) })

/** All rows there ever were, some of them twice, in any order. */
const anyDelivery = anyPasts.chain((pasts) => {
  const rows = pasts.flatMap((past) => past.map(({ row }) => row))
  const order = fc.shuffledSubarray([...rows, ...rows], { minLength: rows.length })
  // Not heard at all, a last row is a gap that only a snapshot closes: here each comes at some time.
  const ends = pasts.map((past) => last(past).row)
  return fc.tuple(fc.constant(pasts), order, fc.shuffledSubarray(ends, { minLength: ends.length }), fc.nat())
})

describe('the inbox of a console', () => {
  it('W13 is the same as a fresh one, however its rows overtake one another or come twice', () => {
    fc.assert(
      fc.property(anyDelivery, ([pasts, order, ends, at]) => {
        const place = order.length === 0 ? 0 : at % order.length
        const frames = [...order.slice(0, place), ...ends, ...order.slice(place)]
        const inbox = frames.reduce(
          (held, row) => applyInbox(held, { type: 'changes', rows: [row] }),
          emptyInbox,
        )
        expect(new Map([...inbox].sort())).toEqual(new Map([...fresh(pasts)].sort()))
      }),
    )
  })

  it('C12 W13 is in the same order, in each of its lists', () => {
    fc.assert(
      fc.property(anyDelivery, ([pasts, order, ends]) => {
        const inbox = applyInbox(emptyInbox, { type: 'changes', rows: [...order, ...ends] })
        for (const filter of filters) {
          const shown = rowsOf(fresh(pasts), filter, agentId(sara))
          expect(rowsOf(inbox, filter, agentId(sara))).toEqual(shown)
          expect(shown.every((row) => fits(row, filter, agentId(sara)))).toBe(true)
        }
      }),
    )
  })

  it('W13 is the same by the entries of an open conversation as by the rows that follow them', () => {
    fc.assert(
      fc.property(anyPast(1), fc.nat(), (past, cut) => {
        const stale = past[cut % past.length] ?? last(past)
        const now = last(past)
        const { conversation, receipts } = stale.row
        const open: Timeline = applyTimeline(emptyTimeline, {
          type: 'snapshot',
          ...{ conversation, receipts, entries: stale.entries },
        })
        const added = applyTimeline(open, { type: 'entries', entries: now.entries })
        const timeline = applyTimeline(added, { type: 'receipts', receipts: now.row.receipts })
        const held = applyInbox(emptyInbox, { type: 'snapshot', rows: [stale.row] })
        expect(applyInbox(held, { type: 'followed', timeline })).toEqual(fresh([past]))
      }),
    )
  })

  it('W42 is not taken back by a snapshot that was read before', () => {
    fc.assert(
      fc.property(anyPast(1), fc.nat(), (past, cut) => {
        const early = past[cut % past.length] ?? last(past)
        expect(applyInbox(fresh([past]), { type: 'snapshot', rows: [early.row] })).toEqual(fresh([past]))
      }),
    )
  })
})

describe('a conversation on a screen', () => {
  it('W7 W13 is the same after frames were lost, doubled and overtook one another, once it asked', () => {
    const anyFrames = anyStory.chain(({ entries }) =>
      fc.tuple(fc.constant(entries), fc.shuffledSubarray([...entries, ...entries]), fc.nat()),
    )
    fc.assert(
      fc.property(anyFrames, ([entries, frames, cut]) => {
        const held = entries.slice(0, cut % (entries.length + 1))
        const open = (shown: readonly Entry[]): Timeline =>
          applyTimeline(emptyTimeline, {
            type: 'snapshot',
            ...{ conversation: shown.reduce(applyEntry, begun(1)), entries: shown, receipts: noReceipts },
          })
        const heard = frames.reduce(
          (timeline, entry) => applyTimeline(timeline, { type: 'entries', entries: [entry] }),
          open(held),
        )
        const seq = heard.conversation?.seq ?? 0
        const highest = Math.max(held.length, ...frames.map((one) => one.seq))
        expect(heard.gap).toBe(highest > seq)
        const asked = applyTimeline(heard, { type: 'entries', entries: entries.slice(seq) })
        expect(asked).toEqual(open(entries))
      }),
    )
  })

  it('W7 W42 is the same though entries were heard before the snapshot they follow, once it asked', () => {
    const anyFrames = anyStory.chain(({ entries }) =>
      fc.tuple(fc.constant(entries), fc.shuffledSubarray([...entries, ...entries]), fc.nat(), fc.nat()),
    )
    fc.assert(
      fc.property(anyFrames, ([entries, frames, cut, at]) => {
        const read = entries.slice(0, cut % (entries.length + 1))
        const snapshotOf = (shown: readonly Entry[]): TimelineEvent => ({
          type: 'snapshot',
          ...{ conversation: shown.reduce(applyEntry, begun(1)), entries: shown, receipts: noReceipts },
        })
        const events = frames.map((entry): TimelineEvent => ({ type: 'entries', entries: [entry] }))
        events.splice(at % (events.length + 1), 0, snapshotOf(read))
        const heard = events.reduce(applyTimeline, emptyTimeline)
        const seq = heard.conversation?.seq ?? 0
        expect(heard.gap).toBe(Math.max(read.length, ...frames.map((one) => one.seq)) > seq)
        const asked = applyTimeline(heard, { type: 'entries', entries: entries.slice(seq) })
        expect(asked).toEqual(applyTimeline(emptyTimeline, snapshotOf(entries)))
      }),
    )
  })
})

const somebody = (n: number, page: number): LiveVisitor => ({
  visitId: makeId('t', 0, new Uint8Array(10).fill(n)),
  siteId,
  ...{ visitorId: null, name: null, email: null, conversationId: null },
  page: { url: `https://shop.example/${page}`, title: '', at: page },
  landing: { url: 'https://shop.example/', referrer: '' },
  ...{ pageViews: page, startedAt: n, activeAt: page, state: 'active', locale: 'en', device: 'desktop' },
  ...{ browser: 'Chrome 156', consent: 'essential' },
})

/** The people there, and a frame for each thing that happens: somebody shows a page, or goes. */
function crowd(happenings: readonly { n: number; goes: boolean }[]) {
  const there = new Map<VisitId, LiveVisitor>()
  const frames = happenings.map(({ n, goes }, page) => {
    const one = somebody(n, page + 1)
    if (goes) there.delete(one.visitId)
    else there.set(one.visitId, one)
    const frame: RosterEvent = goes
      ? { type: 'changes', upserts: [], gone: [one.visitId] }
      : { type: 'changes', upserts: [one], gone: [] }
    return { frame, visitors: [...there.values()] }
  })
  return { frames, visitors: [...there.values()] }
}

const anyCrowd = fc.array(fc.record({ n: fc.nat(5), goes: fc.boolean() }), { maxLength: 30 }).map(crowd)
const byVisit = (roster: ReadonlyMap<VisitId, LiveVisitor>) => new Map([...roster].sort())

describe('the people of a console', () => {
  it('V6 W13 are the same from any snapshot on, each frame once or twice', () => {
    fc.assert(
      fc.property(anyCrowd, fc.nat(), fc.array(fc.boolean()), ({ frames, visitors }, cut, twice) => {
        const from = cut % (frames.length + 1)
        const snapshot = { type: 'snapshot', visitors: frames[from - 1]?.visitors ?? [] } as const
        const heard = frames.slice(from).flatMap(({ frame }, i) => (twice[i] ? [frame, frame] : [frame]))
        const roster = [snapshot, ...heard].reduce(applyRoster, emptyRoster)
        const now = applyRoster(emptyRoster, { type: 'snapshot', visitors })
        expect(byVisit(roster)).toEqual(byVisit(now))
      }),
    )
  })

  it('V6 W13 are right after frames were lost, by the next snapshot', () => {
    fc.assert(
      fc.property(anyCrowd, fc.array(fc.boolean()), ({ frames, visitors }, lost) => {
        const heard = frames.filter((_, i) => !lost[i]).map(({ frame }) => frame)
        const snapshot = { type: 'snapshot', visitors } as const
        expect([...heard, snapshot].reduce(applyRoster, emptyRoster)).toEqual(
          applyRoster(emptyRoster, snapshot),
        )
      }),
    )
  })
})
