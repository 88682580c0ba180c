import type { AgentId, RuleId, SiteId } from '../../../shared/ids.ts'
import type { Result } from '../../../shared/result.ts'
import type { Rule, RuleDraft } from '../../../shared/triggers/rule.ts'
import type { UnreadableRule } from '../../../shared/triggers/stored.ts'

/** Who changes a rule, and what they saw when they began. */
export interface RuleAct {
  by?: AgentId | undefined
  /** The `revision` they saw: with another one in its place the answer is `conflict`. */
  ifRevision?: string | undefined
}

/** A rule as it stood from some moment on. `at` in ms. */
export interface RuleVersion {
  version: number
  at: number
  /** Null for whom nobody knows: an edit by hand, or one from before versions were kept. */
  by: AgentId | null
  /** Null: removed. */
  rule: Rule | null
}

/** A rule that was removed and can be brought back. */
export interface RemovedRule {
  id: RuleId
  siteId: SiteId
  name: string
  /** The last one in which it stood. */
  version: number
  at: number
  by: AgentId | null
}

/** The proactive messages of every site, and what they were before. */
export interface Rules {
  list(siteId?: SiteId): readonly Rule[]
  /** Those that stand in the settings and cannot be read, with what is wrong with them. They say nothing. */
  unreadable(siteId?: SiteId): readonly UnreadableRule[]
  byId(id: RuleId): Rule | null
  /** As it stands in the settings, readable or not; null where there is none. */
  raw(id: RuleId): Readonly<Record<string, unknown>> | null
  /** Changes whenever what the rule says or asks does, also by hand; its place in the order does not count. */
  revisionOf(rule: object): string
  create(draft: RuleDraft, act?: RuleAct): Promise<Result<Rule>>
  change(id: RuleId, draft: RuleDraft, act?: RuleAct): Promise<Result<Rule>>
  remove(id: RuleId, act?: RuleAct): Promise<Result<void>>
  /** Who speaks first when several fit; all that can be read of the site, else `conflict`. */
  order(siteId: SiteId, ids: readonly RuleId[]): Promise<Result<void>>
  /** The latest first, the one in force included; empty for a rule that was never changed since versions are kept. */
  versions(id: RuleId): RuleVersion[]
  /** Puts an earlier version in force, also of a rule that was removed. Its place in the order stays. */
  restore(id: RuleId, version: number, act?: RuleAct): Promise<Result<Rule>>
  /** The latest first. */
  removed(siteId?: SiteId): RemovedRule[]
}
