import { type Asked, dependsOn } from '../../../shared/triggers/evaluate.ts'
import type { Facts } from '../../../shared/triggers/facts.ts'
import type { Agents } from '../domain.ts'
import type { Clock } from '../ports.ts'
import type { Sorter } from '../sorter.ts'
import { lastView, type Visit } from '../visits/visit.ts'
import type { House } from './house.ts'
import { type FactsNeeds, factsOf, type Present, seenFacts } from './proactive-facts.ts'
import { isSorting, type RuleInterest } from './proactive-news.ts'

interface KnownNeeds {
  agents: Pick<Agents, 'somebodyCanAnswer' | 'colleagues'>
  house: House
  sorter: Sorter
  clock: Clock
}

/** All that the server knows for rules, of a visit and of the house: no more than the rules of its site ask for. */
export class KnownFacts {
  constructor(
    private readonly needs: KnownNeeds,
    private readonly interest: RuleInterest,
  ) {}

  /** As the page may be believed. */
  of(present: Present): Facts {
    return this.sorted(present.visit, factsOf(this.houseFor(present.visit), present))
  }

  /** With what its page has told so far. */
  seen(present: Present): Facts {
    return this.sorted(present.visit, seenFacts(this.houseFor(present.visit), present))
  }

  /** For many visits, of which only this is asked: the house is looked at once. Null for who shows no page. */
  watching(rule: Asked): (visit: Visit) => Facts | null {
    const { agents, house, sorter, clock } = this.needs
    const [can, all] = [agents.somebodyCanAnswer(), agents.colleagues()]
    const looked = { somebodyCanAnswer: () => can, colleagues: () => all }
    const sorts = isSorting(rule)
    const now = { ...house.now(sorts || dependsOn(rule, 'queue')), agents: looked }
    return (visit) => {
      const view = lastView(visit)
      const facts = view ? seenFacts(now, { visit, view, now: clock.now() }) : null
      return facts && sorts ? sorter.sorted(visit, facts) : facts
    }
  }

  private houseFor({ siteId }: Visit): FactsNeeds {
    return this.needs.house.now(this.interest.listensFor('queue', siteId))
  }

  private sorted(visit: Visit, facts: Facts): Facts {
    return this.interest.sorts(visit.siteId) ? this.needs.sorter.sorted(visit, facts) : facts
  }
}
