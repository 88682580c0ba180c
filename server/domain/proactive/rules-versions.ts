import { createHash } from 'node:crypto'
import type { AgentId, RuleId, SiteId } from '../../../shared/ids.ts'
import { readRule, type StoredRule } from '../../../shared/triggers/stored.ts'
import { readVersions, type StoredVersion, withinBounds } from '../../../shared/triggers/versions.ts'
import type { Workspace as Document } from '../../../shared/workspace.ts'
import type { RemovedRule, RuleVersion } from './rule-book.ts'

/** What of a rule makes its revision: all but its place in the order, so that ordering disturbs nobody's editing. */
export const revisionOf = (rule: object): string =>
  createHash('sha256')
    .update(JSON.stringify(Object.entries({ ...rule, priority: 0 }).sort(([a], [b]) => (a < b ? -1 : 1))))
    .digest('base64url')
    .slice(0, 16)

/** A change of one rule. `after`: null when it is removed. */
export interface Change {
  ruleId: RuleId
  before: StoredRule | null
  after: StoredRule | null
  by: AgentId | null
  /** ms */
  at: number
}

/** Keeps what a rule has become; what it was is there already, unless it is older than this or was edited by hand. */
export function keepVersion(document: Document, change: Change): void {
  const versions = readVersions(document.ruleVersions)
  const { before, after, ruleId, at, by } = change
  const [last] = ofRule(versions, ruleId)
  const number = last?.version ?? 0
  const siteId = (after ?? before)?.siteId
  if (!siteId) return
  const unseen = before && !isSame(last?.rule, before)
  // Saved as it was: told again and again, it would push out what there was before.
  if (!unseen && isSame(before, after)) return
  const earlier = unseen
    ? [{ ruleId, siteId, version: number + 1, at: beginning(before, last, at), by: null, rule: before }]
    : []
  const own = { ruleId, siteId, version: number + earlier.length + 1, at, by, rule: after }
  document.ruleVersions = withinBounds([...versions, ...earlier, own])
}

const isSame = (one: StoredRule | null | undefined, other: StoredRule | null): boolean =>
  Boolean(one && other) && revisionOf(one ?? {}) === revisionOf(other ?? {})

/** When a version that nobody noted began: with the rule itself, or somewhen before now. */
const beginning = (rule: StoredRule, last: StoredVersion | undefined, now: number): number =>
  !last && typeof rule.createdAt === 'number' ? rule.createdAt : now

/** The latest first. */
const ofRule = (versions: readonly StoredVersion[], id: RuleId): StoredVersion[] =>
  versions.filter(({ ruleId }) => ruleId === id).sort((a, b) => b.version - a.version)

/** As they can be shown: those of a later version of the product are left out. */
export const versionsOf = (document: Readonly<Document>, id: RuleId): RuleVersion[] =>
  ofRule(readVersions(document.ruleVersions), id).flatMap(({ version, at, by, rule }): RuleVersion[] => {
    if (!rule) return [{ version, at, by, rule: null }]
    const read = readRule(rule)
    return read.ok ? [{ version, at, by, rule: read.rule }] : []
  })

/** A rule as it stood. */
export const versionAt = (document: Readonly<Document>, id: RuleId, version: number): StoredRule | null =>
  ofRule(readVersions(document.ruleVersions), id).find((one) => one.version === version)?.rule ?? null

/** Rules that no longer stand in the settings, and whose site does. */
export function removedRules(document: Readonly<Document>): RemovedRule[] {
  const versions = readVersions(document.ruleVersions)
  const standing = new Set(document.rules.map(({ id }) => id))
  const gone = [...new Set(versions.map(({ ruleId }) => ruleId))].filter((id) => !standing.has(id))
  return gone
    .flatMap((id) => lastOf(ofRule(versions, id)))
    .filter(({ siteId }) => document.sites.some((site) => site.id === siteId))
    .sort((a, b) => b.at - a.at)
}

/** What is left of a removed rule. Its own removal may have been lost in an edit by hand. */
function lastOf(versions: readonly StoredVersion[]): RemovedRule[] {
  const [latest] = versions
  const last = versions.find(({ rule }) => rule !== null)
  if (!latest || !last?.rule) return []
  const { ruleId: id, siteId, version } = last
  const { name } = last.rule
  return [{ id, siteId, name: typeof name === 'string' ? name : '', version, at: latest.at, by: latest.by }]
}

export function dropVersions(document: Document, siteId: SiteId): void {
  if (document.ruleVersions)
    document.ruleVersions = readVersions(document.ruleVersions).filter((one) => one.siteId !== siteId)
}
