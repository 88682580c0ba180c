import { makeId, type RuleId, type SiteId } from '../../../shared/ids.ts'
import { limits } from '../../../shared/limits.ts'
import { failure, type Result, success } from '../../../shared/result.ts'
import { jsonBytes } from '../../../shared/text/bytes.ts'
import { lift, type Rule, type RuleDraft } from '../../../shared/triggers/rule.ts'
import { readRule, readRules, type StoredRule } from '../../../shared/triggers/stored.ts'
import type { Workspace as Document } from '../../../shared/workspace.ts'
import type { Workspace } from '../../workspace/workspace.ts'
import type { Clock, Random } from '../ports.ts'
import { refuseUnknown } from '../uses.ts'
import type { RuleAct, Rules } from './rule-book.ts'
import { keepVersion, removedRules, revisionOf, versionAt, versionsOf } from './rules-versions.ts'

export interface RulesParts {
  workspace: Workspace
  clock: Clock
  random: Random
}

export function createRules(parts: RulesParts): Rules {
  const document = () => parts.workspace.read()
  const read = () => readRules(document().rules)
  const list = () => read().rules
  return {
    list: (siteId) => (siteId ? list().filter((rule) => rule.siteId === siteId) : list()),
    unreadable: (siteId) => read().unreadable.filter((rule) => !siteId || rule.siteId === siteId),
    byId: (id) => list().find((rule) => rule.id === id) ?? null,
    raw: (id) => document().rules.find((rule) => rule.id === id) ?? null,
    revisionOf,
    create: (draft, act) => create(parts, draft, act),
    change: (id, draft, act) => change(parts, id, draft, act),
    remove: (id, act) => remove(parts, id, act),
    order: (siteId, ids) => order(parts, siteId, ids),
    versions: (id) => versionsOf(document(), id),
    restore: (id, version, act) => restore(parts, id, version, act),
    removed: (siteId) => removedRules(document()).filter((rule) => !siteId || rule.siteId === siteId),
  }
}

async function create(parts: RulesParts, draft: RuleDraft, act: RuleAct = {}): Promise<Result<Rule>> {
  const now = parts.clock.now()
  const rule: Rule = { ...lift(draft), id: makeId('r', now, parts.random.bytes(10)), createdAt: now }
  return parts.workspace.change((document) => {
    const fault = unfit(document, draft) ?? full(document, draft.siteId) ?? tooLarge(document, null, rule)
    if (fault) return fault
    put(parts, document, rule, act)
    return success(rule)
  })
}

async function change(
  parts: RulesParts,
  id: RuleId,
  draft: RuleDraft,
  act: RuleAct = {},
): Promise<Result<Rule>> {
  return parts.workspace.change((document) => {
    const held = document.rules.find((one) => one.id === id)
    if (!held) return failure('not_found', 'There is no such rule.')
    const moves = held.siteId === draft.siteId ? null : full(document, draft.siteId)
    const fault = changedMeanwhile(held, act) ?? unfit(document, draft) ?? moves
    if (fault) return fault
    const [before] = readRules([held]).rules
    const rule: Rule = { ...lift(draft), id, createdAt: before?.createdAt ?? parts.clock.now() }
    const heavy = tooLarge(document, held, rule)
    if (heavy) return heavy
    put(parts, document, rule, act)
    return success(rule)
  })
}

async function remove(parts: RulesParts, id: RuleId, act: RuleAct = {}): Promise<Result<void>> {
  return parts.workspace.change((document) => {
    const held = document.rules.find((one) => one.id === id)
    if (!held) return failure('not_found', 'There is no such rule.')
    const fault = changedMeanwhile(held, act)
    if (fault) return fault
    document.rules = document.rules.filter((one) => one.id !== id)
    note(parts, document, { before: held, after: null }, act)
    return success(undefined)
  })
}

async function order(parts: RulesParts, siteId: SiteId, ids: readonly RuleId[]): Promise<Result<void>> {
  return parts.workspace.change((document) => {
    const own = readRules(document.rules).rules.filter((rule) => rule.siteId === siteId)
    const named = new Set(ids)
    if (named.size !== ids.length || own.length !== ids.length || !own.every(({ id }) => named.has(id)))
      return failure('conflict', 'The rules of this site are others by now.', { path: 'ids' })
    const places = new Map(ids.map((id, place) => [id, ids.length - place]))
    document.rules = document.rules.map((rule) => {
      const priority = places.get(rule.id)
      return priority === undefined ? rule : { ...rule, priority }
    })
    return success(undefined)
  })
}

async function restore(
  parts: RulesParts,
  id: RuleId,
  version: number,
  act: RuleAct = {},
): Promise<Result<Rule>> {
  return parts.workspace.change((document) => {
    const wanted = versionAt(document, id, version)
    if (!wanted) return failure('not_found', 'There is no such version.')
    const read = readRule(wanted)
    if (!read.ok) return failure('invalid', 'This version cannot be read.')
    const standing = document.rules.find((one) => one.id === id)
    const stays = standing?.siteId === read.rule.siteId
    const fault =
      (standing && changedMeanwhile(standing, act)) ?? (stays ? null : full(document, read.rule.siteId))
    const misplaced = fault ?? unfit(document, read.rule)
    if (misplaced) return misplaced
    const [held] = standing ? readRules([standing]).rules : []
    const rule = { ...read.rule, priority: held?.priority ?? read.rule.priority }
    const heavy = tooLarge(document, standing ?? null, rule)
    if (heavy) return heavy
    put(parts, document, rule, act)
    return success(rule)
  })
}

/** Sets a rule in its place, or at the end, and notes what it has become. */
function put(parts: RulesParts, document: Document, rule: Rule, act: RuleAct): void {
  const index = document.rules.findIndex((one) => one.id === rule.id)
  const before = document.rules[index] ?? null
  if (before) document.rules[index] = rule
  else document.rules.push(rule)
  note(parts, document, { before, after: rule }, act)
}

function note(
  { clock }: RulesParts,
  document: Document,
  { before, after }: { before: StoredRule | null; after: StoredRule | null },
  { by = undefined }: RuleAct,
): void {
  const ruleId = (after ?? before)?.id
  if (ruleId) keepVersion(document, { ruleId, before, after, by: by ?? null, at: clock.now() })
}

const changedMeanwhile = (held: StoredRule, { ifRevision }: RuleAct) => {
  if (ifRevision === undefined) return null
  const read = readRule(held)
  return revisionOf(read.ok ? read.rule : held) === ifRevision
    ? null
    : failure('conflict', 'This rule has been changed meanwhile.', { path: 'ifRevision' })
}

const full = (document: Document, siteId: SiteId) =>
  document.rules.filter((one) => one.siteId === siteId).length >= limits.rulesPerSite
    ? failure('conflict', `A site has at most ${limits.rulesPerSite} rules.`)
    : null

/** What makes them no larger is taken, however large they are: they may be from before there was a limit. */
function tooLarge({ rules }: Document, before: StoredRule | null, after: Rule) {
  const grows = jsonBytes(after) - (before ? jsonBytes(before) : 0)
  if (grows <= 0 || jsonBytes(rules) + grows <= limits.rulesBytes) return null
  const most = Math.floor(limits.rulesBytes / 1_048_576)
  return failure(
    'conflict',
    `All rules together are at most ${most} MB. Remove some, or shorten their texts.`,
  )
}

const unfit = (document: Document, draft: Pick<RuleDraft, 'siteId' | 'when'>) =>
  document.sites.some((site) => site.id === draft.siteId)
    ? refuseUnknown(document, draft.siteId, draft.when)
    : failure('invalid', 'There is no such site.', { path: 'siteId' })
