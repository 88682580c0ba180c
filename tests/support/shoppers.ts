import type { WholeDomain } from '../../server/domain/create-domain.ts'
import { hashToken } from '../../server/domain/stitching.ts'
import type { Visit } from '../../server/domain/visit.ts'
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

/** People in a shop whose rules speak to them; `world` is opened anew for each test. */
export const shoppers = (world: () => DomainWorld) => {
  /** A rule that speaks to everybody at once. */
  const rule = async (more: Partial<RuleDraft> = {}) =>
    must(
      await world().addRule({
        version: 2,
        holdout: 0,
        ...more,
        limits: { needsSomebody: false, ...more.limits },
      }),
    )

  /** They look at a page of the shop, here or in the domain of another process. */
  async function looksAt(
    path: string,
    { token, consent }: Who,
    domain: WholeDomain = world(),
    page = aPage(),
  ) {
    const visit = await domain.visits.arrive({
      ...{ ...aFirstPage(world().site), consent, page, tokenHash: token ? hashToken(token) : null },
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
  async function somebody(heldOut: boolean, one: { id: RuleId }, who = granted) {
    for (;;) {
      const person = who()
      const looks = await looksAt('/', person)
      const { because } = looks.ask(one)
      if ((because === 'heldOut') === heldOut) return { ...looks, person, because }
    }
  }

  async function report({ id }: { id: RuleId }, domain: WholeDomain = world()) {
    await domain.visits.flush()
    const now = world().clock.now()
    return proactiveReport(await world().history.exposures.tallies({ from: 0, to: now + 1, ruleId: id }, now))
  }

  const says = async (
    { visitorId, siteId, id: visitId }: Visit,
    text: string,
    domain: WholeDomain = world(),
  ) => {
    if (!visitorId) throw new Error('Nobody to speak for.')
    const invited = domain.proactive.shownTo(domain.visits.byId(visitId) ?? never())
    const about = invited ? { inviteId: invited.inviteId } : {}
    const said = { siteId, visitorId, visitId, conversationId: null, clientId: aClientId(), text, ...about }
    return must(await domain.conversations.postAsVisitor(said, {}))
  }
  /** A chat of somebody who is answered and says one thing more, closed by then. */
  async function chats(visit: Visit): Promise<ConversationId> {
    const { conversation } = await says(visit, 'Hello')
    const { sara, conversations } = world()
    const reply = { agent: sara, conversationId: conversation.id, clientId: aClientId() }
    must(await conversations.postAsAgent({ ...reply, text: 'Hello', note: false }, {}))
    await says(visit, 'Thanks')
    must(
      await conversations.close(
        conversation.id,
        { kind: 'agent', id: sara.id, name: sara.name },
        'agent',
        {},
      ),
    )
    return conversation.id
  }
  return { rule, looksAt, somebody, report, says, chats }
}
