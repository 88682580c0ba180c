import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Entry } from '../../../shared/conversation/entry.ts'
import { beginLedger, foldLedger } from '../../../shared/metrics/fold.ts'
import type { Ledger, Piece } from '../../../shared/metrics/ledger.ts'
import { conversationId, siteId } from '../story.ts'
import { anyRecord } from './any-record.ts'

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
