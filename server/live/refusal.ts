import type { RefusalReason } from '../../shared/protocol.ts'

/** Turns a socket away before it joins; the reason reaches the client with its connect error. */
export const refusal = (reason: RefusalReason): Error =>
  Object.assign(new Error('refused'), { data: { reason } })
