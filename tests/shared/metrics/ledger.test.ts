import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Span, workClock } from '../../../shared/calendar/work-clock.ts'
import type { Entry, EntryBody } from '../../../shared/conversation/entry.ts'
import {
  type Clocks,
  clockNames,
  lengthOn,
  spansClock,
  staffedClock,
  wallClock,
} from '../../../shared/metrics/clocks.ts'
import { beginLedger, foldLedger } from '../../../shared/metrics/fold.ts'
import { abandonedAt, endOf } from '../../../shared/metrics/gone.ts'
import type { Ledger, Piece } from '../../../shared/metrics/ledger.ts'
import { type Cuts, onClocks, segmentsOf, sumOnClocks } from '../../../shared/metrics/segments.ts'
import { conversationId, minute, sara, siteId, visitor } from '../story.ts'
import { anyRecord, assigned, bot, message } from './any-record.ts'

const subject = { id: conversationId, siteId }
const fold = (entries: Entry[]): Ledger => foldLedger(subject, entries)

const tiles = (pieces: Piece[], from: number, to: number | null): void => {
  expect(pieces[0]?.from).toBe(from)
  expect(pieces.at(-1)?.to).toBe(to)
  pieces.slice(1).forEach((piece, i) => {
    expect(piece.from).toBe(pieces[i]?.to)
  })
  for (const piece of pieces) expect(piece.to === null || piece.from <= piece.to).toBe(true)
}

describe('the ledger of any record', () => {
  it('M20 is the same however the entries were split, and taking some again changes nothing', () => {
    fc.assert(
      fc.property(anyRecord, fc.nat(40), fc.nat(5), (entries, at, again) => {
        const folding = beginLedger(subject)
        for (const entry of entries.slice(0, at)) folding.take(entry)
        const stale = folding.ledger()
        const kept = structuredClone(stale)
        for (const entry of entries.slice(Math.max(0, at - again))) folding.take(entry)
        expect(folding.ledger()).toEqual(fold(entries))
        expect(stale).toEqual(kept)
      }),
    )
  })

  it('M20 goes by the numbers of the entries, in whatever order they come', () => {
    fc.assert(
      fc.property(
        anyRecord.chain((entries) =>
          fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length })),
        ),
        ([entries, shuffled]) => {
          expect(fold(shuffled)).toEqual(fold(entries))
        },
      ),
    )
  })

  it('M20 is not changed by an entry that one side may not see', () => {
    fc.assert(
      fc.property(anyRecord, (entries) => {
        const hidden = entries.map((entry): Entry => {
          const unseen = entry.kind === 'message' && entry.visibility === 'note'
          return unseen ? { kind: 'hidden', seq: entry.seq, at: entry.at } : entry
        })
        expect(fold(hidden)).toEqual(fold(entries))
      }),
    )
  })

  it('M4 cuts each turn into pieces without gap or overlap', () => {
    fc.assert(
      fc.property(anyRecord, (entries) => {
        for (const { openedAt, end, pieces } of fold(entries).turns)
          tiles(pieces, openedAt, end.by === 'nothing' ? null : end.at)
      }),
    )
  })

  it('M4 knows for each moment of an episode who had it', () => {
    fc.assert(
      fc.property(anyRecord, (entries) => {
        for (const { conversationStartedAt, closedAt, owned, handled, handleMs } of fold(entries).episodes) {
          tiles(owned, conversationStartedAt, closedAt)
          expect(handled.reduce((sum, { from, to }) => sum + (to ?? from) - from, 0)).toBe(handleMs)
          expect(handled.every(({ owner }) => owner.kind === 'agent')).toBe(true)
        }
      }),
    )
  })

  it('M2 has turns that follow one another, of which at most the last is open', () => {
    fc.assert(
      fc.property(anyRecord, (entries) => {
        const { turns } = fold(entries)
        turns.slice(1).forEach((turn, i) => {
          const before = turns[i]?.end
          expect(before && before.by !== 'nothing' && before.at <= turn.openedAt).toBe(true)
        })
      }),
    )
  })

  it('M22 never has a moment before the one it follows', () => {
    fc.assert(
      fc.property(anyRecord, (entries) => {
        for (const one of fold(entries).episodes) {
          const order = [one.conversationStartedAt, one.startedAt, one.firstMessageAt, one.firstReplyAt]
          const known = order.filter((at) => at !== null)
          expect(known).toEqual([...known].sort((a, b) => a - b))
          for (const { from, to } of one.agents) expect(to === null || from <= to).toBe(true)
          if (one.acceptedAt !== null) expect(one.queuedAt ?? Infinity).toBeLessThanOrEqual(one.acceptedAt)
        }
      }),
    )
  })
})

describe('who is waited for', () => {
  const told = (...bodies: [number, EntryBody][]): Entry[] =>
    bodies.map(([minutes, body], i) => ({ ...body, seq: i + 1, at: minutes * minute }))
  const ends = (entries: Entry[], now: number): string[] =>
    fold(entries).turns.map((turn) => endOf(turn, now * minute).by)

  it('M21 is nobody once the visitor has been away for more than five minutes', () => {
    const left = told([0, message(visitor)], [2, { kind: 'visitorLeft' }])
    expect(ends(left, 7)).toEqual(['nothing'])
    expect(ends(left, 7.01)).toEqual(['visitorGone'])
    const back: [number, EntryBody] = [7, { kind: 'visitorReturned' }]
    expect(ends(told([0, message(visitor)], [2, { kind: 'visitorLeft' }], back), 60)).toEqual(['nothing'])
  })

  it('M21 is told the same by what happened since as by the present', () => {
    fc.assert(
      fc.property(anyRecord, fc.integer({ min: 300_001, max: 9_000_000 }), (entries, later) => {
        const { length: before } = entries
        const last = entries.reduce((latest, { at }) => Math.max(latest, at), 0)
        const note: Entry = { ...message(sara, { note: true }), seq: before + 1, at: last + later }
        const now = note.at
        const [one, other] = [fold(entries), fold([...entries, note])]
        expect(one.turns.map((turn) => endOf(turn, now))).toEqual(other.turns.map((turn) => endOf(turn, now)))
        const gone = ({ episodes }: Ledger) => episodes.map((episode) => abandonedAt(episode, now))
        if (entries.length > 0) expect(gone(one)).toEqual(gone(other))
      }),
    )
  })

  it('M21 is somebody where the answer came before anybody could know', () => {
    const answered = told([0, message(visitor)], [2, { kind: 'visitorLeft' }], [6, message(sara)])
    expect(ends(answered, 60)).toEqual(['reply'])
  })

  it('M23 is no person while only a bot has had it', () => {
    const alone = told([0, message(visitor)], [1, message(bot)], [2, message(visitor)])
    expect(fold(alone).turns.map(({ forPeople }) => forPeople)).toEqual([false])
    const over = told([0, message(visitor)], [1, message(bot)], [3, { kind: 'handedOff', by: bot }])
    expect(fold(over).turns).toMatchObject([{ forPeople: true, handedOffAt: 3 * minute }])
    const taken = told([0, message(visitor)], [1, message(bot)], [3, assigned(sara)])
    expect(fold(taken).turns).toMatchObject([{ forPeople: true, handedOffAt: null }])
  })

  it('M23 is a person where the bot speaks up later', () => {
    const late = told([0, message(visitor)], [1, assigned(sara)], [2, { kind: 'unassigned', by: sara }])
    const spoken = [...late, ...told([3, message(bot)]).map((entry) => ({ ...entry, seq: 4 }))]
    expect(fold(spoken).turns[0]?.pieces.map(({ owner }) => owner.kind)).toEqual(['queue', 'agent', 'queue'])
  })
})

describe('the clocks', () => {
  const spans = fc
    .array(fc.tuple(fc.integer({ min: 1, max: 5_000_000 }), fc.integer({ min: 1, max: 5_000_000 })), {
      maxLength: 30,
    })
    .map((steps) => {
      let at = 1_800_000_000_000
      return steps.map(([pause, length]): Span => {
        const from = at + pause
        at = from + length
        return { from, to: at }
      })
    })

  it('M34 add up over segments, and no clock is ahead of the wall or runs back', () => {
    const shift = { days: [1 as const, 2 as const, 5 as const, 7 as const], from: '21:30', to: '05:15' }
    const hours = { timeZone: 'Europe/Berlin', weekly: [shift] }
    fc.assert(
      fc.property(anyRecord, spans, fc.nat(20_000_000), (entries, online, later) => {
        const now = entries.reduce((latest, { at }) => Math.max(latest, at), 0) + later
        const clocks: Clocks = {
          wall: wallClock,
          business: (_, from, to) => workClock(hours).between(from, to),
          staffed: staffedClock(() => online),
        }
        const cuts: Cuts = { open: (_, from, to) => workClock(hours).spans(from, to), online: () => online }
        for (const turn of fold(entries).turns) {
          const segments = segmentsOf(turn, cuts, now)
          const parts = segments.map((one) => onClocks(clocks, { siteId, owner: one.owner }, one))
          const sum = sumOnClocks(parts)
          const end = endOf(turn, now)
          const to = end.by === 'nothing' ? now : end.at
          const stretch = { from: turn.openedAt, to }
          for (const name of clockNames) expect(lengthOn(clocks[name], turn, stretch)).toBe(sum[name])
          for (const { wall, business, staffed } of parts) {
            expect(Math.min(wall, business, staffed)).toBeGreaterThanOrEqual(0)
            expect(Math.max(business, staffed)).toBeLessThanOrEqual(wall)
          }
          segments.slice(1).forEach((one, i) => {
            expect(one.from).toBe(segments[i]?.to)
          })
          for (const [i, { outOfHours, agentOffline, owner }] of segments.entries()) {
            if (outOfHours) expect(parts[i]?.business).toBe(0)
            if (agentOffline) expect([owner.kind, parts[i]?.staffed]).toEqual(['agent', 0])
          }
        }
      }),
    )
  })

  it('M34 count within spans what lies in them', () => {
    fc.assert(
      fc.property(spans, fc.nat(90_000_000), fc.nat(90_000_000), (all, one, other) => {
        const [from, to] = [
          1_800_000_000_000 + Math.min(one, other),
          1_800_000_000_000 + Math.max(one, other),
        ]
        const within = all.map((span) => Math.max(0, Math.min(to, span.to) - Math.max(from, span.from)))
        expect(spansClock(all).between(from, to)).toBe(within.reduce((sum, ms) => sum + ms, 0))
      }),
    )
  })
})
