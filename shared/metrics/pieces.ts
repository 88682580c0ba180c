import type { AgentId } from '../ids.ts'
import type { Owner, Piece } from './ledger.ts'

export const queue: Owner = { kind: 'queue' }
export const bot: Owner = { kind: 'bot' }

export const sameOwner = (one: Owner, other: Owner): boolean =>
  one.kind === 'agent' ? other.kind === 'agent' && one.agentId === other.agentId : one.kind === other.kind

/** Who has it since when; a conversation begins in the queue. */
export const beginPieces = (from: number): Piece[] => [{ from, to: null, owner: queue, how: null }]

export const ownerOf = (pieces: readonly Piece[]): Owner => pieces.at(-1)?.owner ?? queue

/** From `at` on another has it; `at` is not before the last change. Who had it for no time at all has not had it. */
export function giveTo(pieces: Piece[], owner: Owner, at: number): void {
  const before = ownerOf(pieces)
  if (sameOwner(before, owner)) return
  if (pieces.at(-1)?.from === at) pieces.pop()
  const last = pieces.at(-1)
  if (last && sameOwner(last.owner, owner)) {
    last.to = null
    return
  }
  if (last) last.to = at
  const how = owner.kind !== 'agent' ? null : before.kind === 'agent' ? 'transferred' : 'assigned'
  pieces.push({ from: at, to: null, owner, how })
}

export const giveToAgent = (pieces: Piece[], agentId: AgentId, at: number): void =>
  giveTo(pieces, { kind: 'agent', agentId }, at)

/** What lies between two moments, without empty ones; one that is empty where the two are the same moment. */
export function between(pieces: readonly Piece[], from: number, to: number | null): Piece[] {
  const cut = pieces
    .filter((piece) => (to === null || piece.from < to) && (piece.to === null || piece.to > from))
    .map((piece) => ({ ...piece, from: Math.max(piece.from, from), to: earlier(piece.to, to) }))
  if (cut.length > 0) return cut
  const there = pieces.findLast((piece) => piece.from <= from) ?? pieces[0]
  return there ? [{ ...there, from, to: to === null ? null : from }] : []
}

const earlier = (one: number | null, other: number | null): number | null =>
  one === null ? other : other === null ? one : Math.min(one, other)
