import * as v from 'valibot'
import type { Permission, SignedInAgent } from '../../shared/agent.ts'
import type { VisitorToken } from '../../shared/ids.ts'
import { type Failure, failure, type Result, success } from '../../shared/result.ts'
import type { Domain } from '../domain/domain.ts'
import type { Incoming } from '../domain/files-domain.ts'
import type { OpenFile } from '../files/files.ts'
import { parse } from './parse.ts'

/** The request as it came, before anything is known about it. */
export interface Raw {
  params: unknown
  query: unknown
  body: unknown
}

/** What a route may call and may know of whoever asks. */
export interface Call {
  domain: Domain
  /** The server's time, ms. */
  now: number
  /** For limits and stitching; stored nowhere. */
  address: string
  userAgent: string
  /** What its browser prefers, a BCP 47 tag. */
  language?: string | undefined
  /** Two letters, where the proxy in front tells. */
  country?: string | undefined
  /** The `Origin` header; null for programs. */
  origin: string | null
  /** The page asking is one of our own. */
  fromOwnPage: boolean
  /** The session's token, from the cookie. */
  token: string | null
  /** What stands in `Authorization`, if it is a visitor's token. */
  bearer: VisitorToken | null
  /** The body as it comes, where it is a file. */
  incoming: Incoming | null
  /** Says when whoever asked has gone before they were answered. */
  gone(): AbortSignal
}

export interface Reply {
  status: number
  /** Numbers under the names of times go out as ISO 8601. */
  json?: unknown
  text?: { type: string; body: string }
  /** Streamed, to be saved by whoever asked. */
  file?: { name: string; type: string; content: OpenFile }
  headers?: Readonly<Record<string, string>>
  /** A token to keep in the session cookie, or null to clear it. */
  session?: string | null
}

export const ok = (json: unknown): Result<Reply> => ({ ok: true, value: { status: 200, json } })
export const created = (json: unknown): Result<Reply> => ({ ok: true, value: { status: 201, json } })
export const done = (): Result<Reply> => ({ ok: true, value: { status: 204 } })

/** The reply to what the domain answered. */
export const reply = <T>(result: Result<T>, shape: (value: T) => Result<Reply>): Result<Reply> =>
  result.ok ? shape(result.value) : result

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** `public`: anybody; `session`: whoever is signed in; else the permission their role must have. */
export type Access = 'public' | 'session' | Permission

type Schema = v.GenericSchema<unknown, unknown>
type Fields = Readonly<Record<string, Schema>>

export interface Shape {
  method: Method
  path: string
  summary: string
  access: Access
  params: Fields
  query: Fields
  body: Schema | null
}

/** A route without its types: what the door, the garbage test and the description of the API walk over. */
export interface Route extends Shape {
  /** Checks the request. Nothing is called yet; the failure names the field. */
  accept(raw: Raw): Result<(call: Call, agent: SignedInAgent | null) => Promise<Result<Reply>>>
}

type Output<S> = S extends v.GenericSchema<unknown, infer Out> ? Out : never
type Outputs<F extends Fields> = { -readonly [K in keyof F]: Output<F[K]> }

interface Definition<P extends Fields, Q extends Fields, B> {
  method: Method
  path: string
  summary: string
  params?: P
  query?: Q
  body?: v.GenericSchema<unknown, B>
}

export interface Ask<P extends Fields, Q extends Fields, B> {
  params: Outputs<P>
  query: Outputs<Q>
  body: B
  call: Call
}

type PublicDefinition<P extends Fields, Q extends Fields, B> = Definition<P, Q, B> & {
  answer(ask: Ask<P, Q, B>): Promise<Result<Reply>>
}

type AgentDefinition<P extends Fields, Q extends Fields, B> = Definition<P, Q, B> & {
  access: Exclude<Access, 'public'>
  answer(ask: Ask<P, Q, B> & { agent: SignedInAgent }): Promise<Result<Reply>>
}

/** A route anybody may call. */
export function publicRoute<P extends Fields, Q extends Fields, B = undefined>(
  definition: PublicDefinition<P, Q, B>,
): Route {
  return {
    ...shape(definition, 'public'),
    accept: accepting(definition, (ask) => definition.answer(ask)),
  }
}

/** A route for whoever is signed in and has the permission. */
export function agentRoute<P extends Fields, Q extends Fields, B = undefined>(
  definition: AgentDefinition<P, Q, B>,
): Route {
  return {
    ...shape(definition, definition.access),
    accept: accepting(definition, async (ask, agent) =>
      agent ? definition.answer({ ...ask, agent }) : { ok: false, error: signInFirst },
    ),
  }
}

export const signInFirst: Failure = { code: 'unauthenticated', message: 'Sign in first.' }

const shape = <P extends Fields, Q extends Fields, B>(
  definition: Definition<P, Q, B>,
  access: Access,
): Shape => ({
  method: definition.method,
  path: definition.path,
  summary: definition.summary,
  access,
  params: definition.params ?? {},
  query: definition.query ?? {},
  body: definition.body ?? null,
})

type Run<P extends Fields, Q extends Fields, B> = (
  ask: Ask<P, Q, B>,
  agent: SignedInAgent | null,
) => Promise<Result<Reply>>

function accepting<P extends Fields, Q extends Fields, B>(
  definition: Definition<P, Q, B>,
  run: Run<P, Q, B>,
): Route['accept'] {
  const paramsSchema = fields<P>(definition.params)
  const querySchema = fields<Q>(definition.query)
  const bodySchema = bodyOf(definition)
  return (raw) => {
    const params = parse(paramsSchema, raw.params ?? {})
    // An id of the wrong form names nothing: it answers as any id that does not exist.
    if (!params.ok) return failure('not_found', 'There is nothing here.')
    const query = parse(querySchema, raw.query ?? {}, 'query')
    if (!query.ok) return query
    const body = parse(bodySchema, raw.body)
    if (!body.ok) return body
    return success((call, agent) =>
      run({ params: params.value, query: query.value, body: body.value, call }, agent),
    )
  }
}

// The two schemas below are exactly what the types say; TypeScript cannot see it through the generics.
const fields = <F extends Fields>(of: F | undefined) =>
  v.strictObject(of ?? {}) as unknown as v.GenericSchema<unknown, Outputs<F>>

const bodyOf = <P extends Fields, Q extends Fields, B>(definition: Definition<P, Q, B>) =>
  definition.body ?? (noBody as unknown as v.GenericSchema<unknown, B>)

/** A request that needs no body may come with none or an empty object. */
const noBody = v.pipe(
  v.optional(v.strictObject({})),
  v.transform(() => undefined),
)
