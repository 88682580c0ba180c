import type { AgentId } from './ids.ts'
import type { RefusalReason } from './wire.ts'

/** Every way a request can fail that its sender can act on. The set is closed: both ends switch over it. */
export const failureCodes = [
  'invalid', // the packet or body does not fit its schema; `path` names the field
  'too_large', // a text or a body is over its limit
  'unauthenticated', // no session, or one that has ended
  'forbidden', // signed in, but the role does not allow it
  'not_found', // missing, or not yours: the two answer alike so that ids cannot be probed
  'conflict', // the thing has changed meanwhile; the message tells what happened
  'rate_limited', // too many; try again after `retryAfterMs`
  'unavailable', // the store or the server cannot take it now; try again
  'internal', // a fault of ours; try again
  'unsupported', // the other end speaks another protocol version
] as const

export type FailureCode = (typeof failureCodes)[number]

export interface Failure {
  code: FailureCode
  /** One plain sentence for a developer or an agent; never shown untranslated to a visitor. */
  message: string
  /** Dotted path of the offending field, when there is one. */
  path?: string
  /** How long to wait before trying again, in ms. */
  retryAfterMs?: number
  /** Who has the conversation by now, when that is the conflict; null for nobody. */
  assigneeId?: AgentId | null
  /** Why nothing of this sender is taken any more, whatever they send. */
  reason?: RefusalReason
  /** What settings are refused for, so that it can be said in every language. */
  refusal?: Refusal
}

export type Refusal =
  | { is: 'full'; most: number }
  /** Asked for, and not there. */
  | { is: 'unknown'; name: string }
  | { is: 'inUse'; by: { what: 'rule' | 'segment' | 'score' | 'team' | 'site' | 'target'; name: string }[] }
  /** These would ask for each other; an empty name stands for the score. */
  | { is: 'ring'; names: string[] }
  /** Another says the same already. */
  | { is: 'twice' }
  /** Only pages see what it asks for. */
  | { is: 'pageAlone' }

export type Result<T> = { ok: true; value: T } | { ok: false; error: Failure }

/** What an event is acknowledged with: the answer's fields beside `ok`, or the failure. */
export type Ack<T extends object = object> = ({ ok: true } & T) | { ok: false; error: Failure }

export const success = <T>(value: T): Result<T> => ({ ok: true, value })

export const failure = (
  code: FailureCode,
  message: string,
  details: Omit<Failure, 'code' | 'message'> = {},
): { ok: false; error: Failure } => ({ ok: false, error: { code, message, ...details } })

const retryable: ReadonlySet<FailureCode> = new Set(['rate_limited', 'unavailable', 'internal'])

/** Whether sending the very same request again can succeed. Anything else is final. */
export const isRetryable = (code: FailureCode): boolean => retryable.has(code)
