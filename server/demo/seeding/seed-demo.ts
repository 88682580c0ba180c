import type { SiteId } from '../../../shared/ids.ts'
import { day } from '../../../shared/limits.ts'
import type { Result } from '../../../shared/result.ts'
import type { Domain } from '../../domain/domain.ts'
import type { Clock, Log, Random } from '../../domain/ports.ts'
import type { History, Target } from '../../history/history.ts'
import { wander } from './journeys.ts'
import { followUpOf } from './making-right.ts'
import { colleagues } from './people.ts'
import { type PlannedConversation, planMonth } from './plan.ts'
import { demoRules } from './rules.ts'
import { demoSegments, type PlannedFacts } from './segments.ts'
import { worked } from './shifts.ts'
import type { AgentAuthor } from './spoken.ts'
import { seedTargets } from './targets.ts'

export interface SeedParts {
  app: {
    domain: Pick<Domain, 'sites' | 'agents' | 'rules' | 'segments' | 'teams' | 'targets'>
    url(): string
  }
  history: Pick<History, 'conversations' | 'visitors' | 'visits' | 'agentStates' | 'followUps'>
  clock: Clock
  random: Random
  log: Log
}

/** How many are written at once; the store flushes them together. */
const together = 24

/**
 * Fills an empty house with a month of conversations. A house that has any conversation or rule
 * is left as it is.
 */
export async function seedDemo(parts: SeedParts, conversations = 150): Promise<void> {
  const { app, clock, log } = parts
  const [site] = app.domain.sites.list()
  if (!site || !(await isEmpty(parts))) return
  const agents = await hire(parts)
  const month = planMonth({
    ...{ seed: 7, now: clock.now(), origin: app.url(), conversations },
    agents,
  })
  for (const draft of demoRules(site.id)) expectDone(await app.domain.rules.create(draft))
  const shop: Shop = { siteId: site.id, segments: await sort(parts, site.id) }
  await clockIn(parts, agents)
  for (let i = 0; i < month.length; i += together)
    await Promise.all(month.slice(i, i + together).map((one) => tell(parts, shop, one)))
  await seedTargets(parts, agents)
  const setting = { origin: app.url(), now: clock.now(), back: shop.segments.back }
  await wander({ history: parts.history, siteId: site.id, ...setting })
  log.info('demo:seeded', { conversations: month.length })
}

async function isEmpty({ app, history }: SeedParts): Promise<boolean> {
  const { items } = await history.conversations.list({ order: 'recent', limit: 1 })
  return items.length === 0 && app.domain.rules.list().length === 0
}

/** Their passwords are random and shown to nobody: a seeded house has no default password either. */
async function hire({ app, random }: SeedParts): Promise<[AgentAuthor, ...AgentAuthor[]]> {
  const [first, ...others] = colleagues
  const account = async (who: (typeof colleagues)[number]): Promise<AgentAuthor> => {
    const password = Buffer.from(random.bytes(24)).toString('base64url')
    const made = expectDone(await app.domain.agents.create({ ...who, password, role: 'agent' }))
    return { kind: 'agent', id: made.id, name: made.name }
  }
  return [await account(first), ...(await Promise.all(others.map(account)))]
}

interface Shop {
  siteId: SiteId
  /** The ids of the segments. */
  segments: Record<PlannedFacts['segments'][number], string>
}

async function sort({ app }: SeedParts, siteId: SiteId): Promise<Shop['segments']> {
  const { back, around } = demoSegments(siteId)
  const make = async (draft: typeof back) => expectDone(await app.domain.segments.create(draft)).id
  return { back: await make(back), around: await make(around) }
}

/** When the colleagues were there: so staffing has a past, told by a server that has ended. */
async function clockIn({ history, clock }: SeedParts, agents: readonly AgentAuthor[]): Promise<void> {
  const [to, server] = [clock.now(), 'demo']
  const span = { from: to - 32 * day, to }
  const states = agents.flatMap(({ id: agentId }, i) =>
    worked(i, span).map((change) => ({ agentId, server, ...change })),
  )
  await history.agentStates.record(states)
  await history.agentStates.sign(server, to)
}

async function tell(parts: SeedParts, shop: Shop, planned: PlannedConversation): Promise<void> {
  const { conversations, followUps } = parts.history
  const { conversationId, visitorId, commands, facts, read } = planned
  const { siteId } = shop
  // Before the rating that would open it.
  const followUp = followUpOf(planned, siteId, parts.clock.now())
  if (followUp) await followUps.open(followUp)
  await welcome(parts, siteId, planned)
  let seq = 0
  for (const [i, { at, command }] of commands.entries()) {
    const target: Target =
      i === 0
        ? { kind: 'current', siteId, visitorId, newId: conversationId }
        : { kind: 'existing', conversationId }
    const beginning = () => ({ ...facts, segments: facts.segments.map((name) => shop.segments[name]) })
    seq = expectDone(await conversations.append({ target, command, at, beginning })).conversation.seq
  }
  await conversations.receive(conversationId, 'visitor', { delivered: seq, seen: seq })
  if (read) await conversations.receive(conversationId, 'agents', { delivered: seq, seen: seq })
}

/** Nobody holds the token: these visitors do not come back. */
async function welcome(
  { history, random }: SeedParts,
  siteId: SiteId,
  planned: PlannedConversation,
): Promise<void> {
  const { visitorId, locale, name, views, start, end } = planned
  const tokenHash = Buffer.from(random.bytes(32)).toString('base64url')
  await history.visitors.ensure({ siteId, tokenHash, newId: visitorId, locale, at: start })
  await history.visitors.update(visitorId, { seenAt: end, ...(name ? { name } : {}) })
  const used = views.map((view, i) => ({ ...view, ...readingOf(view.at, views[i + 1]?.at) }))
  await history.visits.record(used.map((view) => ({ ...view, referrer: '', visitorId, siteId })))
}

/** In use until they went on, or for a while; as far down as any, and always the same. */
const readingOf = (at: number, until = at + 40_000 + (at % 90_000)) => ({
  engagedMs: until - at,
  scroll: 25 + (Math.floor(at / 1_000) % 76),
})

function expectDone<T>(done: Result<T>): T {
  if (!done.ok) throw new Error(`The demo house could not be filled: ${done.error.message}`)
  return done.value
}
