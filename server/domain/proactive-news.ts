import type { SiteId, VisitId } from '../../shared/ids.ts'
import { isGroup } from '../../shared/triggers/answer.ts'
import { type Asked, dependsOn } from '../../shared/triggers/evaluate.ts'
import type { FactName } from '../../shared/triggers/facts.ts'
import type { Rule, RuleNode } from '../../shared/triggers/rule.ts'
import type { Rules } from './domain.ts'
import type { QueueLength } from './proactive-queue.ts'
import type { Sorter } from './sorter.ts'

interface NewsNeeds {
  rules: Pick<Rules, 'list'>
  sorter: Sorter
  queue: QueueLength
}

/** Null: whoever is there. */
type Listener = (of: VisitId | null) => void

/** What the enabled rules of a site ask for, and when that has become another by itself. */
export class RuleInterest {
  private readonly listeners = new Set<Listener>()

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
    const rules = this.enabled(siteId)
    if (rules.some((rule) => dependsOn(rule, fact))) return true
    return rules.some(isSorting) && this.needs.sorter.asks(siteId, fact)
  }

  /** Whether a rule asks for segments or for the score. */
  sorts(siteId: SiteId): boolean {
    return this.enabled(siteId).some(isSorting)
  }

  private enabled(siteId?: SiteId): Rule[] {
    return this.needs.rules.list(siteId).filter((rule) => rule.enabled)
  }

  /** So that not everybody is looked at again for each conversation that begins or ends. */
  private crosses(before: number | undefined, now: number | undefined): boolean {
    const rules = this.enabled()
    if (before === undefined || now === undefined)
      return rules.some(({ siteId }) => this.listensFor('queue', siteId))
    const bounds = rules.flatMap(({ when }) => boundsIn(when))
    return bounds.some((below) => before < below !== now < below)
  }

  private tell(of: VisitId | null): void {
    for (const listener of this.listeners) listener(of)
  }
}

export const isSorting = (rule: Asked): boolean => dependsOn(rule, 'segments') || dependsOn(rule, 'leadScore')

const boundsIn = (nodes: readonly RuleNode[]): number[] =>
  nodes.flatMap((node) => {
    if (isGroup(node)) return boundsIn(node.of)
    return node.kind === 'queueBelow' ? node.below : []
  })
