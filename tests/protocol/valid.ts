import { makeId } from '../../shared/ids.ts'
import {
  type AgentRequest,
  agentRequests,
  protocolVersion,
  type VisitorRequest,
} from '../../shared/protocol.ts'
import { aClientId, aToken } from '../support/random.ts'

const bytes = new Uint8Array(10).fill(7)
/** Well formed, and nobody's. */
const conversationId = makeId('c', 1_700_000_000_000, bytes)
const inviteId = makeId('i', 1_700_000_000_000, bytes)
const ruleId = makeId('r', 1_700_000_000_000, bytes)
const agentId = makeId('a', 1_700_000_000_000, bytes)

const view = { url: 'https://shop.example/', title: 'Shop', referrer: '' }
const receipt = { conversationId, delivered: 1, seen: 1 }

/** One payload of each request that fits its schema: the ground that garbage is made from. */
export const validVisitorPayloads: Record<VisitorRequest, Record<string, unknown>> = {
  hello: { protocolVersion, resume: null, view },
  'visitor:keep': { token: aToken(), consent: 'essential' },
  'visitor:identify': { name: 'Amir', email: 'amir@example.com', attributes: { plan: 'gold' } },
  'visitor:set': { attributes: { plan: 'gold' } },
  'event:track': { name: 'bought', properties: { value: 3 } },
  'page:view': view,
  'visitor:tag': { names: ['vip'] },
  'page:read': { engagedMs: 12_000, scroll: 40 },
  'page:leave': {},
  'presence:set': { state: 'idle' },
  'message:send': {
    clientId: aClientId(),
    conversationId: null,
    text: 'Hello',
    inviteId,
    about: { email: 'amir@example.com' },
    page: { url: view.url, title: '' },
  },
  'entries:since': { conversationId, after: 0 },
  'typing:set': { conversationId, typing: true },
  'receipt:send': receipt,
  'conversation:end': { conversationId },
  'survey:show': { conversationId, about: 'nps' },
  'survey:skip': { conversationId },
  'survey:answer': { conversationId, rating: 5, comment: '' },
  'survey:reply': { conversationId, about: 'ces', score: 7 },
  'invite:ask': { ruleId, secondsOnPage: 3, called: 'page' },
  'rules:why': { key: 'none', seen: { scroll: 50, click: ['a'] } },
  'invite:dismiss': { inviteId },
  'invite:seen': { inviteId },
  'invite:rate': { inviteId, score: 4 },
  'invite:opened': { inviteId, done: true },
}

export const validAgentPayloads: Record<AgentRequest, Record<string, unknown>> = {
  hello: { protocolVersion, resume: null, roster: 'window' },
  'roster:watch': { query: { order: 'arrived', grouped: false, page: '/*' }, from: 0, count: 50 },
  'roster:unwatch': {},
  'conversation:watch': { conversationId, after: null },
  'conversation:unwatch': { conversationId },
  'message:send': { conversationId, clientId: aClientId(), text: 'Hello', note: false },
  'entries:since': { conversationId, after: 0 },
  'typing:set': { conversationId, typing: true },
  'receipt:send': receipt,
  'conversation:close': { conversationId, unasked: 'A wrong number' },
  'conversation:tag': { conversationId, tags: ['complaint'] },
  'conversation:prioritise': { conversationId, priority: 'high' },
  'survey:ask': { conversationId },
  'conversation:reopen': { conversationId },
  'conversation:assign': { conversationId, agentId },
  'status:set': { status: 'online' },
}

/** Fit their schema and name a conversation that is not there: they answer `not_found`. */
export const aboutNobodysConversation: readonly VisitorRequest[] = [
  'entries:since',
  'typing:set',
  'receipt:send',
  'conversation:end',
  'survey:show',
  'survey:skip',
  'survey:answer',
  'survey:reply',
]
export const agentsAboutNobodysConversation: readonly AgentRequest[] = [
  'conversation:watch',
  'message:send',
  'entries:since',
  'typing:set',
  'receipt:send',
  'conversation:close',
  'conversation:reopen',
  'conversation:tag',
  'conversation:prioritise',
  'survey:ask',
]
export const agentNames = Object.keys(agentRequests)

const rule = {
  siteId: makeId('s', 1_700_000_000_000, bytes),
  name: 'Vase',
  enabled: true,
  priority: 10,
  version: 2,
  when: [
    { kind: 'url', glob: '*' },
    { kind: 'not', of: [{ kind: 'attribute', name: 'plan', that: { op: 'is', value: 'gold' } }] },
    {
      kind: 'any',
      of: [
        { kind: 'event', name: 'cart', atLeast: 2, withinSeconds: 60 },
        { kind: 'schedule', timeZone: 'Asia/Tehran', weekly: [{ days: [6], from: '09:00', to: '17:00' }] },
      ],
    },
  ],
  say: { en: 'May I help?' },
  limits: { often: { kind: 'every', seconds: 60 }, needsSomebody: true },
  variants: [{ id: 'B', say: { en: 'Hello {{visitor.name|friend}}' } }],
  holdout: 0.1,
  goal: { kind: 'url', glob: '/thanks*', withinSeconds: 3600 },
}
const site = {
  name: 'Shop',
  origins: ['https://shop.example'],
  locale: 'en',
  accent: '#0f766e',
  side: 'end',
  greeting: { en: 'Hello' },
  replyTime: {},
}
const segment = { siteId: rule.siteId, name: 'Buyers', when: rule.when }
const leadScore = {
  halfLifeSeconds: 3_600,
  parts: [{ id: 'prices', name: 'Saw the prices', when: rule.when, points: 20 }],
}
const team = { name: 'Sales', agents: [agentId] }
const calendar = {
  name: 'Office',
  timeZone: 'Asia/Tehran',
  weekly: [{ days: [6, 7], from: '09:00', to: '17:00' }],
  except: ['2026-03-21'],
}
const message = { clientId: aClientId(), text: 'Hello' }
const password = 'correct horse battery'

/** One body of each route that takes one. */
export const validBodies: Readonly<Record<string, Record<string, unknown>>> = {
  'post /v1/page-views': {
    site: 'demo',
    page: 'AAAAAAAAAAAAAAAAAAAAAA',
    token: aToken(),
    consent: 'granted',
    locale: 'en',
    view,
    leaving: true,
    device: 'phone',
  },
  'post /v1/messages': {
    site: 'demo',
    page: 'AAAAAAAAAAAAAAAAAAAAAA',
    token: aToken(),
    consent: 'granted',
    locale: 'en',
    device: 'phone',
    messages: [validVisitorPayloads['message:send']],
  },
  'post /api/v1/session': { email: 'amir@example.com', password },
  'post /api/v1/setup': { secret: 'x', email: 'amir@example.com', name: 'Amir', password },
  'post /api/v1/conversations/:id/messages': message,
  'post /api/v1/conversations/:id/notes': message,
  'post /api/v1/conversations/:id/assign': { agentId },
  'post /api/v1/conversations/:id/tags': { tags: ['complaint'] },
  'post /api/v1/conversations/:id/priority': { priority: 'urgent' },
  'put /api/v1/targets': { targets: [{ priority: 'urgent', firstResponse: 60_000 }] },
  'post /api/v1/conversations/:id/close': { unasked: 'A wrong number' },
  'patch /api/v1/follow-ups/:id': {
    ownerId: agentId,
    dueAt: '2026-03-21T09:00:00Z',
    note: 'Called',
    done: true,
  },
  'put /api/v1/follow-up-settings': {
    hours: 24,
    categories: [{ id: 'delivery', name: { en: 'Delivery' } }],
    causes: [],
  },
  'post /api/v1/visitors/:id/invite': { text: 'Hello' },
  'post /api/v1/visitors/live/message': { page: '/pricing*', text: 'Hello' },
  'post /api/v1/sites': site,
  'put /api/v1/sites/:id': site,
  'post /api/v1/sites/:id/own-keys': { as: 'guest' },
  'post /api/v1/agents': { email: 'amir@example.com', name: 'Amir', role: 'agent', password },
  'patch /api/v1/agents/:id': { name: 'Amir', role: 'agent', active: true, password },
  'post /api/v1/rules': rule,
  'post /api/v1/rules/matching': { rule },
  'post /api/v1/rules/backtest': {
    rule,
    from: '2026-03-01',
    to: '2026-03-21T09:00:00Z',
    timeZone: 'Asia/Tehran',
  },
  'post /api/v1/rules/backtest/visits': { rule, outcome: 'lost', cursor: '1', limit: 10 },
  'post /api/v1/rules/backtest/steps': {
    ...{ rule, assume: { somebodyCanAnswer: 'unknown', agentsOnline: 1, queue: 0 } },
    ...{ visitorId: makeId('v', 1_700_000_000_000, bytes), visitId: makeId('t', 1_700_000_000_000, bytes) },
  },
  'post /api/v1/rules/try': { rule, visitId: makeId('t', 1_700_000_000_000, bytes) },
  'put /api/v1/rules/:id': rule,
  'post /api/v1/segments': segment,
  'put /api/v1/segments/:id': segment,
  'put /api/v1/lead-score': leadScore,
  'post /api/v1/teams': team,
  'put /api/v1/teams/:id': team,
  'post /api/v1/calendars': calendar,
  'put /api/v1/calendars/:id': calendar,
  'put /api/v1/rules/order': { siteId: rule.siteId, ids: [] },
}
