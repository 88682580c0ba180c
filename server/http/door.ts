import type { Request, RequestHandler, Response } from 'express'
import { may, type SignedInAgent } from '../../shared/agent.ts'
import { type Failure, failure, type Result } from '../../shared/result.ts'
import type { Buckets } from '../domain/buckets.ts'
import { languageOf, limitKey } from '../domain/caller.ts'
import type { Domain } from '../domain/domain.ts'
import { outage } from '../domain/outage.ts'
import type { Clock, Log } from '../domain/ports.ts'
import { readSessionToken, sessionCookies } from './cookies.ts'
import type { CountryOf } from './country.ts'
import { sendFile } from './download.ts'
import { statusOf } from './failures.ts'
import { bearerOf, incomingOf } from './incoming.ts'
import type { OwnAddress } from './own-origin.ts'
import { type Call, type Reply, type Route, signInFirst } from './route.ts'
import { withIsoTimes } from './wire-time.ts'

export interface DoorParts {
  domain: Domain
  own: OwnAddress
  log: Log
  clock: Clock
  addressOf(request: Request): string
  countryOf: CountryOf
  /** By network. */
  buckets: Buckets
}

/** The one door: limit, parse, authorise, call, answer. Whatever happens inside, an answer comes out. */
export function throughTheDoor(parts: DoorParts, route: Route): RequestHandler {
  return (request, response) => {
    admit(parts, route, request, response)
      .catch((fault: unknown) => broken(parts.log, route, fault))
      .then((result) => answer(parts, response, result))
      .catch((fault: unknown) => {
        parts.log.error('answer:failed', { route: route.path, error: fault })
        response.destroy()
      })
  }
}

async function admit(
  parts: DoorParts,
  route: Route,
  request: Request,
  response: Response,
): Promise<Result<Reply>> {
  const call = describe(parts, request, response)
  // Before all else: whoever makes up sessions would have each of them looked up.
  const wait = parts.buckets.take(limitKey(call.address))
  if (wait > 0) return failure('rate_limited', 'Too many requests. Wait a moment.', { retryAfterMs: wait })
  const { params, query, body } = request
  const accepted = route.accept({ params, query, body })
  if (!accepted.ok) return accepted
  const agent = await authorise(parts, route, request, call)
  return agent.ok ? accepted.value(call, agent.value) : agent
}

const describe = (
  { domain, own, clock, addressOf, countryOf }: DoorParts,
  request: Request,
  response: Response,
): Call => ({
  domain,
  now: clock.now(),
  address: addressOf(request),
  userAgent: request.get('user-agent') ?? '',
  language: languageOf(request.get('accept-language')),
  country: countryOf(request),
  origin: request.get('origin') ?? null,
  fromOwnPage: own.isOwn(request.get('origin') ?? '', request.get('host')),
  token: readSessionToken(own, request.get('cookie')),
  bearer: bearerOf(request),
  incoming: incomingOf(request),
  gone: () => goneSignal(response),
})

function goneSignal(response: Response): AbortSignal {
  const gone = new AbortController()
  if (response.destroyed) gone.abort()
  response.once('close', () => gone.abort())
  return gone.signal
}

async function authorise(
  parts: DoorParts,
  route: Route,
  request: Request,
  call: Call,
): Promise<Result<SignedInAgent | null>> {
  // Public routes outside the interface for agents are called from the pages of others, without cookies.
  const ours = route.path.startsWith('/api/')
  if (ours && route.method !== 'get' && isForged(request, call))
    return failure('forbidden', 'This request does not come from the console’s own pages.')
  if (route.access === 'public') return { ok: true, value: null }
  const agent = call.token === null ? null : await parts.domain.sessions.authenticate(call.token)
  if (!agent) return { ok: false, error: signInFirst }
  if (route.access !== 'session' && !may(agent.role, route.access))
    return failure('forbidden', 'Your role does not allow this.')
  return { ok: true, value: agent }
}

/** Browsers name the page a request comes from; only a program without a cookie may leave that out. */
function isForged(request: Request, call: Call): boolean {
  if (call.origin !== null) return !call.fromOwnPage
  const site = request.get('sec-fetch-site')
  return site === undefined ? call.token !== null : site !== 'same-origin'
}

function broken(log: Log, route: Route, fault: unknown): Result<Reply> {
  const expected = outage(fault)
  if (expected) {
    log.warn('store:unavailable', { route: route.path, error: fault })
    return expected
  }
  log.error('route:failed', { route: `${route.method} ${route.path}`, error: fault })
  return failure('internal', 'Something went wrong on the server. Try again.')
}

function answer({ own }: DoorParts, response: Response, result: Result<Reply>): void {
  if (response.headersSent || response.destroyed) {
    if (result.ok) result.value.file?.content.bytes.destroy()
    return
  }
  if (!result.ok) {
    answerFailure(response, result.error)
    return
  }
  const { status, json, text, file, headers, session } = result.value
  response.status(status).set({ 'Cache-Control': 'no-store', ...headers })
  if (session !== undefined) response.append('Set-Cookie', sessionCookies(own, session))
  if (file) sendFile(response, file)
  else if (text) response.type(text.type).send(text.body)
  else if (json === undefined) response.end()
  else response.json(withIsoTimes(json))
}

export function answerFailure(response: Response, error: Failure): void {
  const { code, message, path, retryAfterMs, assigneeId, reason, refusal } = error
  if (retryAfterMs !== undefined) response.set('Retry-After', String(Math.ceil(retryAfterMs / 1_000)))
  response
    .status(statusOf[code])
    .set('Cache-Control', 'no-store')
    .json({
      error: {
        ...{ code, message },
        ...(path ? { path } : {}),
        ...(retryAfterMs ? { retryAfterMs } : {}),
        ...(refusal ? { refusal } : {}),
        ...(assigneeId === undefined ? {} : { assigneeId }),
        ...(reason ? { reason } : {}),
      },
    })
}
