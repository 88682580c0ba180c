import type { WholeDomain } from '../../server/domain/create-domain.ts'
import { hashToken } from '../../server/domain/visits/stitching.ts'
import type { Visit } from '../../server/domain/visits/visit.ts'
import type { ConversationId, RuleId, VisitorToken } from '../../shared/ids.ts'
import { proactiveReport } from '../../shared/metrics/proactive.ts'
import type { RuleDraft } from '../../shared/triggers/rule.ts'
import { aFirstPage, type DomainWorld, granted, must, shop } from './domain-world.ts'
import { aClientId, aPage } from './random.ts'

/** What somebody shows of themselves. */
export type Who = { token?: VisitorToken; consent: Visit['consent'] }

export interface Looks {
  visit: Visit
  goesTo(path: string): void
}

export const never = (): never => {
  throw new Error('There is no such visit.')
}

/** A rule that speaks to everybody at once. */
const addRule = async (world: DomainWorld, more: Partial<RuleDraft> = {}) =>
  must(
    await world.addRule({
      version: 2,
      holdout: 0,
      ...more,
      limits: { needsSomebody: false, ...more.limits },
    }),
  )

/** They look at a page of the shop, here or in the domain of another process. */
async function looksAt({ site, domain }: Place, path: string, { token, consent }: Who) {
  const page = aPage()
  const visit = await domain.visits.arrive({
    ...{ ...aFirstPage(site), consent, page, tokenHash: token ? hashToken(token) : null },
    view: { url: shop + path, title: '', referrer: '' },
  })
  return {
    visit,
    ask: ({ id }: { id: RuleId }) => domain.proactive.ask(visit, { ruleId: id, secondsOnPage: 60, page }),
    goesTo: (next: string) =>
      domain.visits.viewed(visit, page, { url: shop + next, title: '', referrer: shop + path }),
  }
}

/** Somebody whom the rule is held out from, or is not. */
async function somebody(place: Place, heldOut: boolean, one: { id: RuleId }) {
  for (;;) {
    const person = granted()
    const looks = await looksAt(place, '/', person)
    const { because } = looks.ask(one)
    if ((because === 'heldOut') === heldOut) return { ...looks, person, because }
  }
}

async function report({ history, clock }: DomainWorld, domain: WholeDomain, { id }: { id: RuleId }) {
  await domain.visits.flush()
  const now = clock.now()
  return proactiveReport(await history.exposures.tallies({ from: 0, to: now + 1, ruleId: id }, now))
}

async function says(domain: WholeDomain, { visitorId, siteId, id: visitId }: Visit, text: string) {
  if (!visitorId) throw new Error('Nobody to speak for.')
  const invited = domain.proactive.shownTo(domain.visits.byId(visitId) ?? never())
  const about = invited ? { inviteId: invited.inviteId } : {}
  const said = { siteId, visitorId, visitId, conversationId: null, clientId: aClientId(), text, ...about }
  return must(await domain.conversations.postAsVisitor(said, {}))
}
/** A chat of somebody who is answered and says one thing more, closed by then. */
async function chats(world: DomainWorld, visit: Visit): Promise<ConversationId> {
  const { conversation } = await says(world, visit, 'Hello')
  const { sara, conversations } = world
  const reply = { agent: sara, conversationId: conversation.id, clientId: aClientId() }
  must(await conversations.postAsAgent({ ...reply, text: 'Hello', note: false }, {}))
  await says(world, visit, 'Thanks')
  must(
    await conversations.close(conversation.id, { kind: 'agent', id: sara.id, name: sara.name }, 'agent', {}),
  )
  return conversation.id
}

interface Place {
  site: DomainWorld['site']
  domain: WholeDomain
}

/** People in a shop whose rules speak to them. What is asked of another domain is asked of another process. */
export const shoppers = (world: () => DomainWorld) => {
  const place = (domain: WholeDomain = world()): Place => ({ site: world().site, domain })
  return {
    rule: (more?: Partial<RuleDraft>) => addRule(world(), more),
    looksAt: (path: string, who: Who, domain?: WholeDomain) => looksAt(place(domain), path, who),
    somebody: (heldOut: boolean, one: { id: RuleId }) => somebody(place(), heldOut, one),
    report: (one: { id: RuleId }, domain: WholeDomain = world()) => report(world(), domain, one),
    says: (visit: Visit, text: string) => says(world(), visit, text),
    chats: (visit: Visit) => chats(world(), visit),
  }
}
