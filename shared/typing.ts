import { times } from './limits.ts'

/** The notice the other side was last given of our typing; null when they believe we are not. */
export type TypingNotice = { since: number } | null

export type TypingMove =
  | { type: 'pressed' }
  /** Sent, cleared, left the field or the conversation. */
  | { type: 'stopped' }

/**
 * What to tell the other side: `send` is null when they know already.
 * Renewed while typing goes on, so that a notice lapses by itself when its sender is cut off.
 */
export function noticeTyping(
  notice: TypingNotice,
  move: TypingMove,
  now: number,
): { notice: TypingNotice; send: boolean | null } {
  if (move.type === 'stopped') return { notice: null, send: notice ? false : null }
  if (notice && now - notice.since < times.typingRenews) return { notice, send: null }
  return { notice: { since: now }, send: true }
}

/** Who types, by name of their side or id, and when they last said so. */
export type Typists = ReadonlyMap<string, number>

export const nobodyTypes: Typists = new Map()

export function applyTyping(
  typists: Typists,
  change: { who: string; typing: boolean },
  now: number,
): Typists {
  const next = new Map(typists)
  if (change.typing) next.set(change.who, now)
  else next.delete(change.who)
  return next
}

/** Those whose notice has not lapsed at `now`. */
export const typingNow = (typists: Typists, now: number): string[] =>
  [...typists].filter(([, at]) => now - at < times.typingExpires).map(([who]) => who)
