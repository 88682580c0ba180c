import * as v from 'valibot'
import { type Ack, failure, type Result, success } from '../../shared/result.ts'
import type { Written } from './packets.ts'

/** What a handler answers. `after` runs once the acknowledgement is on its way; `written` is that acknowledgement. */
export type Answer<T extends object = object> = Result<T> & {
  after?: () => Promise<void>
  written?: Written<Ack<T>>
}

/** A request as the gateway sees it: what it must look like, and what then happens. */
export interface Request<Seat> {
  /** Parses and handles; the handler never sees what does not fit. */
  prepare(payload: unknown): Result<(seat: Seat) => Answer | Promise<Answer>>
}

export type Handler<Seat, Input, Output extends object> = (
  seat: Seat,
  input: Input,
) => Answer<Output> | Promise<Answer<Output>>

/** Ties a schema to its handler. */
export function defineRequest<Seat, Schema extends v.GenericSchema, Output extends object>(
  schema: Schema,
  handle: Handler<Seat, v.InferOutput<Schema>, Output>,
): Request<Seat> {
  return {
    prepare(payload) {
      const parsed = v.safeParse(schema, payload, { abortEarly: true })
      if (!parsed.success) return misfit(parsed.issues[0])
      return success((seat) => handle(seat, parsed.output))
    },
  }
}

const pathCharacters = 120

/** Messages of ours begin so; the others' repeat what was sent. */
const own = /^(must|has) /

/** Names the field, never repeats the value: it may be a secret, or of any size. */
function misfit(issue: v.BaseIssue<unknown>): ReturnType<typeof failure> {
  const path = (v.getDotPath(issue) ?? '').slice(0, pathCharacters)
  const message = own.test(issue.message) ? issue.message : `expected ${issue.expected}`
  return failure('invalid', path ? `${path}: ${short(message)}` : short(message), path ? { path } : {})
}

const short = (message: string): string => message.slice(0, 200)
