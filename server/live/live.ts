import type { Server as HttpServer, IncomingMessage } from 'node:http'
import { Server } from 'socket.io'
import { limits } from '../../shared/limits.ts'
import { wirePath } from '../../shared/protocol.ts'
import type { Allowance } from '../domain/buckets.ts'
import { limitKey } from '../domain/caller.ts'
import { AgentDesk } from './agent-desk.ts'
import { Audiences } from './audiences.ts'
import { createCrowd } from './crowd.ts'
import { flushPerTurn } from './flush-per-turn.ts'
import { Gateway } from './gateway.ts'
import { type Crowds, mayConnect } from './handshake.ts'
import { Decoder, Encoder } from './packets.ts'
import { createRateLimiter, defaultRateLimits, type RateLimits } from './rate-limit.ts'
import { refusal } from './refusal.ts'
import { RuleNews } from './rule-news.ts'
import { VisitorSeats } from './seats.ts'
import { UpgradedSockets } from './upgraded-sockets.ts'
import { VisitorLobby } from './visitor-lobby.ts'
import type { Surroundings, World } from './world.ts'

export interface LiveConfig {
  rateLimits: RateLimits
  /** Requests that break the rules, before the connection is cut. */
  violations: Allowance
  socketsPerAddress: number
  socketsPerVisitor: number
  /** ms that pending requests may take at a stop. */
  stopPatience: number
}

export const defaultLiveConfig: LiveConfig = {
  rateLimits: defaultRateLimits,
  violations: { burst: 50, refillMs: 2_000 },
  socketsPerAddress: 400,
  socketsPerVisitor: 20,
  stopPatience: 5_000,
}

export interface LiveNeeds extends Surroundings {
  httpServer: HttpServer
  config?: Partial<LiveConfig>
}

/** Opens the sockets of both namespaces on an HTTP server. */
export function createLive(needs: LiveNeeds): { close(): Promise<void> } {
  const config = { ...defaultLiveConfig, ...needs.config }
  const crowds = createCrowds(config)
  const upgraded = new UpgradedSockets(needs.httpServer)
  const io = openServer(needs, crowds)
  const world = createWorld(needs, io)
  const { clock, log } = needs
  const limiter = createRateLimiter(config.rateLimits, clock)
  const gateway = new Gateway({ limiter, violations: config.violations, clock, log })
  const lobby = new VisitorLobby({ namespace: io.of('/visitor'), world, crowds, gateway })
  const desk = new AgentDesk({ namespace: io.of('/agent'), world, crowds, gateway })
  return {
    async close() {
      await gateway.stop(config.stopPatience)
      lobby.close()
      desk.close()
      world.audiences.close()
      world.ruleNews.close()
      await shut(io)
      await pause(clock, closingHandshake)
      upgraded.cut()
    },
  }
}

function createCrowds({ socketsPerAddress, socketsPerVisitor }: LiveConfig): Crowds {
  return {
    // A connection may carry a socket of each namespace, and old ones linger until they time out.
    connections: createCrowd(socketsPerAddress * 2),
    addresses: createCrowd(socketsPerAddress),
    visitors: createCrowd(socketsPerVisitor),
  }
}

function openServer(needs: LiveNeeds, crowds: Crowds): Server {
  const io = new Server(needs.httpServer, {
    path: wirePath,
    serveClient: false,
    transports: ['websocket', 'polling'],
    allowEIO3: false,
    maxHttpBufferSize: limits.frameBytes,
    perMessageDeflate: false,
    httpCompression: false,
    pingInterval: 20_000,
    pingTimeout: 15_000,
    connectTimeout: 10_000,
    parser: { Encoder, Decoder },
    cors: { origin: true, credentials: false },
    // Cross-origin rules do not hold for WebSockets, so the origin is checked here, before anything is opened.
    allowRequest: (request, decide) => {
      decide(null, isAllowed(needs, request))
    },
  })
  // The namespace that every client may join unasked has nothing in it.
  io.of('/').use((_, next) => next(refusal('site')))
  io.engine.on('connection', (connection) => {
    flushPerTurn(connection)
    countConnection(needs, crowds, connection)
  })
  return io
}

/** Called from an event of the HTTP server, where a throw ends the process. */
function isAllowed(needs: LiveNeeds, request: IncomingMessage): boolean {
  try {
    return !isByScriptTag(request) && mayConnect(needs, request)
  } catch (error) {
    needs.log.error('live:origin', { error: String(error) })
    return false
  }
}

/** Polling as a script of another page, which engine.io still offers: it would come without an origin. */
const isByScriptTag = ({ url = '' }: IncomingMessage): boolean => /[?&]j=/.test(url)

interface Connection {
  request: IncomingMessage
  close(discard: boolean): void
  on(event: 'close', run: () => void): void
}

function countConnection(needs: LiveNeeds, { connections }: Crowds, connection: Connection): void {
  const key = limitKey(needs.addressOf(connection.request))
  if (connections.enter(key)) connection.on('close', () => connections.leave(key))
  else connection.close(true)
}

function createWorld(needs: LiveNeeds, io: Server): World {
  const seats = new VisitorSeats()
  const { visits, conversations, followUps, announcer, proactive, sites } = needs.domain
  const { clock, log } = needs
  const namespaces = { visitors: io.of('/visitor'), agents: io.of('/agent') }
  const audiences = new Audiences({ ...namespaces, seats, visits, conversations, followUps, clock, log })
  announcer.attach(audiences)
  return { ...needs, seats, audiences, ruleNews: new RuleNews({ seats, proactive, sites, clock, log }) }
}

/** What a peer gets to answer the closing handshake. */
const closingHandshake = 250

const pause = (clock: LiveNeeds['clock'], ms: number): Promise<void> =>
  new Promise((resolve) => void clock.after(ms, resolve))

/** Tells everybody, lets the words leave, then closes. The HTTP server is its owner's to close. */
async function shut(io: Server): Promise<void> {
  io.of('/visitor').emit('refused', { reason: 'stopping' })
  io.of('/agent').emit('refused', { reason: 'stopping' })
  await new Promise((resolve) => setImmediate(resolve))
  io.of('/visitor').disconnectSockets(true)
  io.of('/agent').disconnectSockets(true)
  await new Promise((resolve) => setImmediate(resolve))
  io.engine.close()
}
