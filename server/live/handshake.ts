import type { IncomingMessage } from 'node:http'
import * as v from 'valibot'
import { type RefusalReason, VisitorAuth } from '../../shared/protocol.ts'
import type { Site } from '../../shared/workspace.ts'
import { isLoopback, isLoopbackPage, languageOf, limitKey } from '../domain/caller.ts'
import { hashToken } from '../domain/visits/stitching.ts'
import type { Crowd } from './crowd.ts'
import type { AgentSeat, VisitorSeat } from './seats.ts'
import type { AgentSocket, VisitorSocket } from './sockets.ts'
import type { Surroundings } from './world.ts'

export interface Crowds {
  /** Connections by address, whatever they have joined. */
  connections: Crowd
  addresses: Crowd
  visitors: Crowd
}

type Admitted<Seat> = { seat: Seat } | { refused: RefusalReason }

/** A request without an origin is not a browser's; what it may do, its credentials decide. */
export function mayConnect({ domain, isOwnOrigin }: Surroundings, { headers }: IncomingMessage): boolean {
  const { origin, host } = headers
  return origin === undefined || isOwnOrigin(origin, host) || domain.sites.allowsOrigin(origin)
}

/** Whether this socket may be a visitor of the site it names. */
export function admitVisitor(
  around: Surroundings,
  crowds: Crowds,
  socket: VisitorSocket,
): Admitted<VisitorSeat> {
  const auth = v.safeParse(VisitorAuth, socket.handshake.auth)
  const request = requestOf(socket)
  if (!auth.success || !request) return { refused: 'site' }
  const site = around.domain.sites.byKey(auth.output.site)
  if (!site || !mayVisit(around, site, request)) return { refused: 'site' }
  const address = around.addressOf(request)
  const { page, token, consent, locale, device } = auth.output
  const seat: VisitorSeat = {
    socket,
    siteId: site.id,
    auth: { site: site.key, page, consent, locale, device },
    tokenHash: token ? hashToken(token) : null,
    becoming: null,
    userAgent: (request.headers['user-agent'] ?? '').slice(0, 400),
    language: languageOf(request.headers['accept-language']),
    country: around.countryOf(request),
    address,
    addressKey: limitKey(address),
    visit: null,
    own: null,
    ...(isSettingUp(address, request) ? { settingUp: true } : {}),
    ...(isAgents(request) ? { cookie: request.headers.cookie ?? '' } : {}),
  }
  return enter(crowds, seat) ? { seat } : { refused: 'crowded' }
}

/** A session's cookie bears this in its name; whether it still opens anything is asked when it matters. */
const isAgents = ({ headers }: IncomingMessage): boolean => headers.cookie?.includes('ahlan') ?? false

/** Whoever came through a proxy is not on this machine, whatever the address says. */
const isSettingUp = (address: string, { headers }: IncomingMessage): boolean =>
  isLoopback(address) && isLoopbackPage(headers.origin) && headers['x-forwarded-for'] === undefined

const mayVisit = (
  { domain, isOwnOrigin }: Surroundings,
  site: Site,
  { headers }: IncomingMessage,
): boolean => {
  const { origin, host } = headers
  return origin === undefined || isOwnOrigin(origin, host) || domain.sites.allowsOrigin(origin, site)
}

/** Whom the crowd at a visitor's door counts. */
export const personKey = ({ tokenHash, auth }: VisitorSeat): string => tokenHash ?? auth.page

function enter({ addresses, visitors }: Crowds, seat: VisitorSeat): boolean {
  if (!addresses.enter(seat.addressKey)) return false
  if (visitors.enter(personKey(seat))) return true
  addresses.leave(seat.addressKey)
  return false
}

/** Whether this socket is a signed-in agent's, opened by the console's own page. */
export async function admitAgent(
  around: Surroundings,
  crowds: Crowds,
  socket: AgentSocket,
): Promise<Admitted<AgentSeat>> {
  const request = requestOf(socket)
  if (!request) return { refused: 'session' }
  const { origin, host, cookie } = request.headers
  if (origin !== undefined && !around.isOwnOrigin(origin, host)) return { refused: 'session' }
  const addressKey = limitKey(around.addressOf(request))
  const session = await around.sessionOf(cookie)
  if (!session) return { refused: 'session' }
  if (!crowds.addresses.enter(addressKey)) return { refused: 'crowded' }
  const { agent, tokenHash } = session
  const seat: AgentSeat = {
    socket,
    agentId: agent.id,
    tokenHash,
    cookie: cookie ?? '',
    addressKey,
    greeted: false,
    watching: new Map(),
  }
  return { seat }
}

/** Gone once a socket of this connection was trimmed: then its origin can no longer be checked. */
const requestOf = (socket: { request: IncomingMessage | undefined }): IncomingMessage | undefined =>
  socket.request
