import type { IncomingMessage } from 'node:http'
import type { SignedInAgent } from '../../shared/agent.ts'
import type { Announcer } from '../domain/audience.ts'
import type { ComingAndGoing } from '../domain/coming-and-going.ts'
import type { LiveConversations } from '../domain/conversations.ts'
import type { Agents, Rules, Sessions, Sites } from '../domain/domain.ts'
import type { FollowUps } from '../domain/follow-ups.ts'
import type { Clock, Log } from '../domain/ports.ts'
import type { LiveProactive } from '../domain/proactive/proactive.ts'
import type { WhyKeys } from '../domain/proactive/why-keys.ts'
import type { ReplyPromise } from '../domain/reply-promise.ts'
import type { SurveyReturn } from '../domain/survey-return.ts'
import type { LiveVisits } from '../domain/visits/visits.ts'
import type { Audiences } from './audiences.ts'
import type { RuleNews } from './rule-news.ts'
import type { VisitorSeats } from './seats.ts'

/** The part of the domain that sockets use. */
export interface LiveDomain {
  sites: Pick<Sites, 'list' | 'byId' | 'byKey' | 'allowsOrigin' | 'publicSite'>
  agents: Agents
  sessions: Pick<Sessions, 'onEnded'>
  rules: Pick<Rules, 'list'>
  visits: LiveVisits
  conversations: LiveConversations
  followUps: Pick<FollowUps, 'told'>
  proactive: LiveProactive
  surveyReturn: SurveyReturn
  comings: ComingAndGoing
  whyKeys: Pick<WhyKeys, 'holds'>
  announcer: Announcer
  promise: Pick<ReplyPromise, 'onChange'>
}

/** What the composition root knows and sockets need. */
export interface Surroundings {
  domain: LiveDomain
  clock: Clock
  log: Log
  /** Of the history. */
  epoch(): string
  /** The client's address, proxies taken into account as configured. */
  addressOf(request: IncomingMessage): string
  /** Two letters, where the proxy in front tells. */
  countryOf(request: IncomingMessage): string | undefined
  /** Who is signed in by this `Cookie` header; null for nobody. `tokenHash` as `sessions.onEnded` tells it. */
  sessionOf(cookie: string | undefined): Promise<{ agent: SignedInAgent; tokenHash: string } | null>
  /** Whether a page of this origin, asking this `Host`, is one of our own: the console, the demo shop. */
  isOwnOrigin(origin: string, host: string | undefined): boolean
  /** Called after each change of the workspace; the returned function stops it. */
  onSettingsChange(listener: () => void): () => void
}

/** What handlers work with. */
export interface World extends Surroundings {
  seats: VisitorSeats
  audiences: Audiences
  ruleNews: RuleNews
}
