import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { startConversation } from '../../shared/conversation/conversation.ts'
import { makeId } from '../../shared/ids.ts'
import { applyInbox, byLatestChange, byWaitingTime, emptyInbox, type InboxRow } from '../../shared/inbox.ts'
import { applyRoster, emptyRoster } from '../../shared/roster.ts'
import { noReceipts } from '../../shared/timeline.ts'
import type { LiveVisitor } from '../../shared/visitor.ts'
import { siteId, visitorId } from './story.ts'

const nth = (n: number): Uint8Array => new Uint8Array(10).fill(n)

const row = (
  n: number,
  state: { seq?: number; waitingSince?: number | null; changedAt?: number } = {},
): InboxRow => ({
  conversation: { ...startConversation(makeId('c', 0, nth(n)), siteId, visitorId, 0), ...state },
  visitorName: null,
  receipts: noReceipts,
  unread: 0,
})

const live = (n: number, url = 'https://shop.example/'): LiveVisitor => ({
  visitId: makeId('t', 0, nth(n)),
  siteId,
  ...{ visitorId: null, name: null, email: null, conversationId: null },
  page: { url, title: '', at: n },
  landing: { url, referrer: '' },
  ...{ pageViews: 1, startedAt: n, activeAt: n, state: 'active', locale: 'en', device: 'desktop' },
  ...{ browser: 'Chrome 156', consent: 'essential' },
})

describe('the inbox', () => {
  it('C12 shows the one waiting longest first, then the latest change', () => {
    const rows = [
      row(1, { waitingSince: null, changedAt: 50 }),
      row(2, { waitingSince: 30, changedAt: 90 }),
      row(3, { waitingSince: null, changedAt: 70 }),
      row(4, { waitingSince: 10, changedAt: 20 }),
    ]
    expect(rows.sort(byWaitingTime).map(({ conversation }) => conversation.changedAt)).toEqual([
      20, 90, 70, 50,
    ])
  })

  it('C12 puts what shares a moment in one order, whichever came first', () => {
    const [one, other] = [row(1, { waitingSince: 5 }), row(2, { waitingSince: 5 })]
    const [early, late] = [row(3, { changedAt: 7 }), row(4, { changedAt: 7 })]
    const all = [one, other, early, late]
    expect([...all].reverse().sort(byWaitingTime)).toEqual([...all].sort(byWaitingTime))
    expect([late, early].sort(byLatestChange)).toEqual([early, late].sort(byLatestChange))
  })

  it('C12 is one order, whatever the order before', () => {
    const any = fc.record({ waitingSince: fc.option(fc.nat(99)), changedAt: fc.nat(99) })
    fc.assert(
      fc.property(any, any, any, (a, b, c) => {
        const [one, two, three] = [row(1, a), row(2, b), row(3, c)]
        expect(Math.sign(byWaitingTime(one, two))).toBe(-Math.sign(byWaitingTime(two, one)) + 0)
        if (byWaitingTime(one, two) <= 0 && byWaitingTime(two, three) <= 0)
          expect(byWaitingTime(one, three)).toBeLessThanOrEqual(0)
      }),
    )
  })

  it('keeps the newer of two rows, whichever comes last', () => {
    const first = applyInbox(emptyInbox, { type: 'snapshot', rows: [row(1, { seq: 5 })] })
    const after = applyInbox(first, { type: 'changes', rows: [row(1, { seq: 4 }), row(2, { seq: 1 })] })
    expect([...after.values()].map(({ conversation }) => conversation.seq)).toEqual([5, 1])
  })

  it('forgets with a snapshot what is not in it', () => {
    const first = applyInbox(emptyInbox, { type: 'snapshot', rows: [row(1), row(2)] })
    expect(applyInbox(first, { type: 'snapshot', rows: [row(2)] }).size).toBe(1)
  })
})

describe('the roster', () => {
  it('V6 W13 is the same from a snapshot and changes as from a fresh snapshot', () => {
    const visits = fc.uniqueArray(fc.nat(9))
    fc.assert(
      fc.property(visits, visits, visits, (before, moved, left) => {
        const held = applyRoster(emptyRoster, { type: 'snapshot', visitors: before.map((n) => live(n)) })
        const moves = moved.map((n) => live(n, 'https://shop.example/tea'))
        const gone = left.map((n) => live(n).visitId)
        const after = applyRoster(held, { type: 'changes', upserts: moves, gone })
        const now = [...before.filter((n) => !moved.includes(n)).map((n) => live(n)), ...moves]
        const visitors = now.filter(({ visitId }) => !gone.includes(visitId))
        const fresh = applyRoster(emptyRoster, { type: 'snapshot', visitors })
        expect(Object.fromEntries(after)).toEqual(Object.fromEntries(fresh))
      }),
    )
  })

  it('leaves the state before as it was', () => {
    const held = applyRoster(emptyRoster, { type: 'snapshot', visitors: [live(1)] })
    applyRoster(held, { type: 'changes', upserts: [live(2)], gone: [live(1).visitId] })
    expect([...held.keys()]).toEqual([live(1).visitId])
  })
})
