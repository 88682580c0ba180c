import type { SiteId, VisitId } from '../../../shared/ids.ts'
import { isGroup } from '../../../shared/triggers/answer.ts'
import { type Asked, dependsOn, ready } from '../../../shared/triggers/evaluate.ts'
import type { FactName } from '../../../shared/triggers/facts.ts'
import type { Rule, RuleNode } from '../../../shared/triggers/rule.ts'
import type { Rules } from '../domain.ts'
import type { Sorter } from '../sorter.ts'
import type { QueueLength } from './proactive-queue.ts'

interface NewsNeeds {
  rules: Pick<Rules, 'list'>
  sorter: Sorter
  queue: QueueLength
}

/** The enabled rules of a site, and every fact that they ask for. */
interface Interest {
  enabled: readonly Rule[]
  needs: ReadonlySet<FactName>
}

/** Null: whoever is there. */
type Listener = (of: VisitId | null) => void

/** What the enabled rules of a site ask for, and when that has become another by itself. */
export class RuleInterest {
  private readonly listeners = new Set<Listener>()
  private read: readonly Rule[] | null = null
  private readonly sites = new Map<SiteId, Interest>()

  constructor(private readonly needs: NewsNeeds) {
    needs.sorter.onMoved((visitId, siteId) => {
      if (this.sorts(siteId)) this.tell(visitId)
    })
    needs.queue.onMoved((before, now) => {
      if (this.crosses(before, now)) this.tell(null)
    })
  }

  /** Called when pages that wait for a rule should be told anew what is left for them. */
  onNews(listener: Listener): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Whether a rule asks for this, or a segment or a score that a rule asks for. */
  listensFor(fact: FactName, siteId: SiteId): boolean {
    const { needs } = this.of(siteId)
    return needs.has(fact) || (isSortedBy(needs) && this.needs.sorter.asks(siteId, fact))
  }

  /** Whether a rule asks for segments or for the score. */
  sorts(siteId: SiteId): boolean {
    return isSortedBy(this.of(siteId).needs)
  }

  /** Those that may speak. */
  enabled(siteId: SiteId): readonly Rule[] {
    return this.of(siteId).enabled
  }

  /** Asked with every page view: worked out once for each set of rules. */
  private of(siteId: SiteId): Interest {
    const all = this.needs.rules.list()
    if (all !== this.read) {
      this.read = all
      this.sites.clear()
    }
    const known = this.sites.get(siteId)
    if (known) return known
    const enabled = all.filter((rule) => rule.enabled && rule.siteId === siteId)
    const fresh = { enabled, needs: new Set(enabled.flatMap((rule) => [...ready(rule).needs])) }
    this.sites.set(siteId, fresh)
    return fresh
  }

  /** So that not everybody is looked at again for each conversation that begins or ends. */
  private crosses(before: number | undefined, now: number | undefined): boolean {
    const rules = this.needs.rules.list().filter((rule) => rule.enabled)
    if (before === undefined || now === undefined)
      return rules.some(({ siteId }) => this.listensFor('queue', siteId))
    const bounds = rules.flatMap(({ when }) => boundsIn(when))
    return bounds.some((below) => before < below !== now < below)
  }

  private tell(of: VisitId | null): void {
    for (const listener of this.listeners) listener(of)
  }
}

const isSortedBy = (needs: ReadonlySet<FactName>): boolean => needs.has('segments') || needs.has('leadScore')

export const isSorting = (rule: Asked): boolean => dependsOn(rule, 'segments') || dependsOn(rule, 'leadScore')

const boundsIn = (nodes: readonly RuleNode[]): number[] =>
  nodes.flatMap((node) => {
    if (isGroup(node)) return boundsIn(node.of)
    return node.kind === 'queueBelow' ? node.below : []
  })
