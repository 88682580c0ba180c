import type { SiteId } from '../../../shared/ids.ts'
import type { Result } from '../../../shared/result.ts'
import type { Domain } from '../../domain/domain.ts'
import type { Clock, Log, Random } from '../../domain/ports.ts'
import type { History, Target } from '../../history/history.ts'
import { colleagues } from './people.ts'
import { type PlannedConversation, planMonth } from './plan.ts'
import { demoRules } from './rules.ts'
import type { AgentAuthor } from './spoken.ts'

export interface SeedParts {
  app: { domain: Pick<Domain, 'sites' | 'agents' | 'rules'>; url(): string }
  history: Pick<History, 'conversations' | 'visitors' | 'visits'>
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
  const month = planMonth({
    ...{ seed: 7, now: clock.now(), origin: app.url(), conversations },
    agents: await hire(parts),
  })
  for (const draft of demoRules(site.id)) expectDone(await app.domain.rules.create(draft))
  for (let i = 0; i < month.length; i += together)
    await Promise.all(month.slice(i, i + together).map((one) => tell(parts, site.id, one)))
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

async function tell(parts: SeedParts, siteId: SiteId, planned: PlannedConversation): Promise<void> {
  const { conversations } = parts.history
  const { conversationId, visitorId, commands, read } = planned
  await welcome(parts, siteId, planned)
  let seq = 0
  for (const [i, { at, command }] of commands.entries()) {
    const target: Target =
      i === 0
        ? { kind: 'current', siteId, visitorId, newId: conversationId }
        : { kind: 'existing', conversationId }
    seq = expectDone(await conversations.append({ target, command, at })).conversation.seq
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
