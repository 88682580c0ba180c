import { makeId, type RuleId } from '../../shared/ids.ts'
import { limits } from '../../shared/limits.ts'
import { failure, type Result, success } from '../../shared/result.ts'
import { lift, type Rule, type RuleDraft } from '../../shared/triggers/rule.ts'
import { readRules } from '../../shared/triggers/stored.ts'
import type { Workspace as Document } from '../../shared/workspace.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { Rules } from './domain.ts'
import type { Clock, Random } from './ports.ts'
import { refuseUnknown } from './uses.ts'

export interface RulesParts {
  workspace: Workspace
  clock: Clock
  random: Random
}

export function createRules(parts: RulesParts): Rules {
  const read = () => readRules(parts.workspace.read().rules)
  const list = () => read().rules
  return {
    list: (siteId) => (siteId ? list().filter((rule) => rule.siteId === siteId) : list()),
    unreadable: (siteId) => read().unreadable.filter((rule) => !siteId || rule.siteId === siteId),
    byId: (id) => list().find((rule) => rule.id === id) ?? null,
    create: (draft) => create(parts, draft),
    change: (id, draft) => change(parts, id, draft),
    remove: (id) => remove(parts, id),
  }
}

async function create(parts: RulesParts, draft: RuleDraft): Promise<Result<Rule>> {
  const now = parts.clock.now()
  const rule: Rule = { ...lift(draft), id: makeId('r', now, parts.random.bytes(10)), createdAt: now }
  return parts.workspace.change((document) => {
    const fault = unfit(document, draft)
    if (fault) return fault
    if (document.rules.filter((one) => one.siteId === draft.siteId).length >= limits.rulesPerSite)
      return failure('conflict', `A site has at most ${limits.rulesPerSite} rules.`)
    document.rules.push(rule)
    return success(rule)
  })
}

async function change(parts: RulesParts, id: RuleId, draft: RuleDraft): Promise<Result<Rule>> {
  return parts.workspace.change((document) => {
    const index = document.rules.findIndex((one) => one.id === id)
    const held = document.rules[index]
    if (!held) return failure('not_found', 'There is no such rule.')
    const fault = unfit(document, draft)
    if (fault) return fault
    const [before] = readRules([held]).rules
    const rule: Rule = { ...lift(draft), id, createdAt: before?.createdAt ?? parts.clock.now() }
    document.rules[index] = rule
    return success(rule)
  })
}

async function remove(parts: RulesParts, id: RuleId): Promise<Result<void>> {
  return parts.workspace.change((document) => {
    const index = document.rules.findIndex((one) => one.id === id)
    if (index < 0) return failure('not_found', 'There is no such rule.')
    document.rules.splice(index, 1)
    return success(undefined)
  })
}

const unfit = (document: Document, draft: RuleDraft) =>
  document.sites.some((site) => site.id === draft.siteId)
    ? refuseUnknown(document, draft.siteId, draft.when)
    : failure('invalid', 'There is no such site.', { path: 'siteId' })
