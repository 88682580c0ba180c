import { createServer, type Server } from 'node:http'
import { performance } from 'node:perf_hooks'
import { AgentStateRecorder } from './domain/agent-states.ts'
import { type Allowance, Buckets } from './domain/buckets.ts'
import { createDomain, type WholeDomain } from './domain/create-domain.ts'
import type { Domain } from './domain/domain.ts'
import { keepJourneys } from './domain/journeys-upkeep.ts'
import { keepLedger } from './domain/ledger-upkeep.ts'
import type { PasswordCost } from './domain/passwords.ts'
import type { Clock, Log, Random } from './domain/ports.ts'
import { resortInTurn } from './domain/resorting.ts'
import { sessionHash } from './domain/sessions.ts'
import { sweepSessions } from './domain/sessions-sweep.ts'
import { sweepVisits } from './domain/visits/visits-retention.ts'
import type { FileStore } from './files/files.ts'
import type { History } from './history/history.ts'
import { addressOf } from './http/address.ts'
import { readSessionToken } from './http/cookies.ts'
import { createCountryOf } from './http/country.ts'
import { createOwnAddress, type OwnAddress } from './http/own-origin.ts'
import { loadAssets } from './http/public/assets.ts'
import { createCounters } from './http/public/metrics.ts'
import { createRouter } from './http/router.ts'
import { cutSlowSenders } from './http/slow-senders.ts'
import { finishWithin, listenOn } from './listening.ts'
import { createLive, type LiveConfig } from './live/live.ts'
import type { Workspace } from './workspace/workspace.ts'

export interface AppParts {
  history: History
  workspace: Workspace
  files: FileStore
  clock: Clock
  log: Log
  random: Random
}

export interface AppConfig {
  port: number
  host: string
  publicUrl: string | null
  trustProxyHops: number
  /** In which the proxy in front names the visitor's country. */
  countryHeader?: string | null
  firstOwner: { email: string; password: string } | null
  /** Where the built files lie. */
  publicDir: string
  passwordCost?: PasswordCost
  /** Requests over HTTP from one network. */
  requestAllowance?: Allowance
  live?: Partial<LiveConfig>
}

export interface App {
  domain: WholeDomain
  /** Resolves when requests are taken. */
  listen(): Promise<void>
  /** Origin people reach it at; right once it listens. */
  url(): string
  port(): number
  /** The one-time address that creates the owner; null once there is one. */
  setupAddress(): string | null
  /** Takes nothing new, finishes what is under way, flushes and lets go of everything. */
  stop(): Promise<void>
}

/** A whole office or mobile network may stand behind one address. */
const usualAllowance: Allowance = { burst: 6_000, refillMs: 1 }

/** Builds the application from its parts. Wiring only. */
export async function createApp(parts: AppParts, config: AppConfig): Promise<App> {
  const own = createOwnAddress(config.publicUrl)
  const domain = createDomain({ ...parts, ownOrigins: own.all, passwordCost: config.passwordCost })
  const counters = createCounters(domain)
  let stopSweeping: () => Promise<void> = async () => undefined
  let stopping = false
  let port = config.port
  const router = createRouter({
    ...{ ...parts, domain, own, counters },
    assets: await loadAssets(config.publicDir),
    addressOf: (request) => addressOf(request, config.trustProxyHops),
    countryOf: createCountryOf(config.countryHeader ?? null, config.trustProxyHops),
    buckets: new Buckets(parts.clock, config.requestAllowance ?? usualAllowance),
    stopping: () => stopping,
  })
  const httpServer = createServer(serverOptions, router)
  cutSlowSenders(httpServer, parts.clock)
  const live = openSockets(parts, config, { domain, own, httpServer })

  return {
    domain,
    url: own.publicOrigin,
    port: () => port,
    setupAddress: () => setupAddress(domain, own),
    async listen() {
      await ensureOwner(domain, config)
      await domain.files.start()
      port = await listenOn(httpServer, config)
      own.listening(port)
      await domain.sites.ensureFirst()
      stopSweeping = sweep(parts, domain)
      for (const upkeep of [domain.jobs, domain.promise, domain.late]) upkeep.start()
    },
    async stop() {
      stopping = true
      const swept = Promise.all([stopSweeping(), domain.late.stop()])
      domain.promise.stop()
      domain.files.stop()
      counters.close()
      // At the same time: a stop takes as long as the slowest peer may, not as long as all of them.
      const finished = Promise.all([finishWithin(httpServer, parts.clock), domain.jobs.stop()])
      await live.close()
      await Promise.all([finished, swept])
      await domain.visits.close()
      await parts.history.close()
      await parts.workspace.close()
    },
  }
}

/** Lets go of what was kept long enough, and keeps up what reports read. The returned function stops it. */
function sweep(parts: AppParts, domain: WholeDomain): () => Promise<void> {
  const { sessions, visits, visitors, exposures, reports, agentStates } = parts.history
  const stops = [
    sweepSessions({ ...parts, sessions }),
    sweepVisits({ ...parts, visits, visitors, exposures, settings: parts.workspace.read }),
    resortInTurn({ ...domain, clock: parts.clock, audience: domain.announcer }),
  ]
  const stopLedger = keepLedger({ ...parts, reports, isBusy: busySinceAsked() })
  const stopJourneys = keepJourneys({ ...parts, reports, isBusy: busySinceAsked() })
  const states = new AgentStateRecorder({ ...parts, ...domain, states: agentStates })
  states.start()
  return async () => {
    for (const stop of stops) stop()
    await Promise.all([stopLedger(), stopJourneys(), states.stop()])
  }
}

/** A server that only keeps its connections is at some hundredths; one that relays a thousand messages a second at three tenths. */
const busyFrom = 0.1

function busySinceAsked(): () => boolean {
  let before = performance.eventLoopUtilization()
  return () => {
    const now = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(now, before)
    before = now
    return utilization > busyFrom
  }
}

interface Opened {
  domain: WholeDomain
  own: OwnAddress
  httpServer: Server
}

function openSockets(parts: AppParts, config: AppConfig, { domain, own, httpServer }: Opened) {
  const { history, workspace, clock, log } = parts
  return createLive({
    ...{ httpServer, domain, clock, log },
    ...(config.live ? { config: config.live } : {}),
    epoch: history.epoch,
    addressOf: (request) => addressOf(request, config.trustProxyHops),
    countryOf: createCountryOf(config.countryHeader ?? null, config.trustProxyHops),
    sessionOf: (cookie) => sessionOf(domain, own, cookie),
    isOwnOrigin: own.isOwn,
    onSettingsChange: workspace.onChange,
  })
}

async function sessionOf(domain: Domain, own: OwnAddress, cookie: string | undefined) {
  const token = readSessionToken(own, cookie)
  const agent = token === null ? null : await domain.sessions.authenticate(token)
  return token !== null && agent ? { agent, tokenHash: sessionHash(token) } : null
}

/** Slow senders are cut off (`cutSlowSenders`: a file may take its time); a proxy in front keeps connections shorter than we do. */
const serverOptions: Parameters<typeof createServer>[0] = {
  headersTimeout: 10_000,
  requestTimeout: 60 * 60_000,
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16 * 1024,
}

async function ensureOwner(domain: Domain, { firstOwner }: AppConfig): Promise<void> {
  if (!firstOwner || domain.sessions.setupSecret() === null) return
  const { email, password } = firstOwner
  const made = await domain.agents.create({ email, password, name: nameFrom(email), role: 'owner' })
  if (!made.ok) throw new Error(`The first owner could not be created: ${made.error.message}`)
}

/** Visitors read it beside the answers, so `sara.ahmadi@…` becomes Sara Ahmadi until it is changed. */
const nameFrom = (email: string): string =>
  (email.split('@')[0] ?? email)
    .split(/[._+-]+/)
    .filter(Boolean)
    .map((word) => word[0]?.toUpperCase() + word.slice(1))
    .join(' ') || email

/** The secret stands in the fragment, which browsers do not send: it is in no log and no request line. */
function setupAddress(domain: Domain, own: OwnAddress): string | null {
  const secret = domain.sessions.setupSecret()
  return secret === null ? null : `${own.publicOrigin()}/console/#/setup/${secret}`
}
