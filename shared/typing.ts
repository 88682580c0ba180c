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
  // A device's clock may be set back; then the time of the notice means nothing any more.
  if (notice && Math.abs(now - notice.since) < times.typingRenews) return { notice, send: null }
  return { notice: { since: now }, send: true }
}
