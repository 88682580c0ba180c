import { useState } from 'preact/hooks'
import type { RuleId, SiteId } from '../../shared/ids.ts'
import { type Result, success } from '../../shared/result.ts'
import type { Rule, RuleDraft } from '../../shared/triggers/rule.ts'
import type { UnreadableRule } from '../../shared/triggers/stored.ts'
import type { Api, List } from '../connection/api.ts'
import { useDeskState, useSurroundings, useWords } from '../ui/context.tsx'
import { type Loaded, useLoaded } from '../ui/hooks.tsx'
import type { Done } from '../ui/toast.tsx'
import { draftOf, type RuleShown } from './draft.ts'

/** All rules of the house. */
export interface RuleBook {
  rules: RuleShown[]
  unreadable: UnreadableRule[]
}

export interface VersionShown {
  version: number
  at: number
  /** The name of who made it. */
  by: string | null
  rule: Rule | null
}

export interface RemovedShown {
  id: RuleId
  siteId: SiteId
  name: string
  version: number
  at: number
  by: string | null
}

type RuleList = List<RuleShown> & { unreadable?: UnreadableRule[] }

async function loadBook(api: Api): Promise<Result<RuleBook>> {
  const book: RuleBook = { rules: [], unreadable: [] }
  let cursor: string | null = null
  do {
    const page: Result<RuleList> = await api.get<RuleList>('/rules', { cursor })
    if (!page.ok) return page
    book.rules.push(...page.value.items)
    book.unreadable.push(...(page.value.unreadable ?? []))
    cursor = page.value.nextCursor
  } while (cursor !== null)
  return success(book)
}

/** Which one is changed, and as what it was seen; without that it is replaced whatever it is. */
export interface Changed {
  id: RuleId
  revision: string | undefined
}

export interface RuleDesk {
  book: Loaded<RuleBook>
  done: Done | null
  say(done: Done | null): void
  /** Adds or changes a rule. */
  save(rule: RuleDraft, of: Changed | null): Promise<Result<RuleShown>>
  remove(rule: Pick<RuleShown, 'id'>): Promise<boolean>
  order(siteId: SiteId, ids: readonly RuleId[], before: readonly RuleId[]): Promise<boolean>
  restore(id: RuleId, version: number, ifRevision?: string): Promise<boolean>
}

const queryOf = (ifRevision?: string): string =>
  ifRevision === undefined ? '' : `?ifRevision=${encodeURIComponent(ifRevision)}`

/** What is done with rules, each with its way back. */
export function useRuleDesk(): RuleDesk {
  const { t } = useWords()
  const { api } = useSurroundings()
  const version = useDeskState((desk) => desk.workspaceVersion)
  const book = useLoaded(`rules ${version}`, () => loadBook(api))
  const [done, say] = useState<Done | null>(null)
  const acts = actsOn(api, book.again)
  return {
    ...{ book, done, say },
    async save(rule, of) {
      const saved = await acts.save(rule, of)
      if (!saved.ok) return saved
      const { id, revision } = saved.value
      say({ text: t('ruleSaved'), undo: () => (of ? acts.backOne(id, revision) : acts.remove(id)) })
      return saved
    },
    async remove({ id }) {
      const removed = await acts.remove(id)
      if (removed) say({ text: t('ruleDeleted'), undo: () => acts.bringBack(id) })
      return removed
    },
    async order(siteId, ids, before) {
      const ordered = await acts.order(siteId, ids)
      if (ordered) say({ text: t('orderSaved'), undo: () => acts.order(siteId, before) })
      return ordered
    },
    async restore(id, wanted, ifRevision) {
      const restored = await acts.restore(id, wanted, ifRevision)
      if (restored) say({ text: t('versionRestored') })
      return restored
    },
  }
}

function actsOn(api: Api, again: () => void) {
  const told = (answer: Result<unknown>): boolean => {
    again()
    return answer.ok
  }
  const versions = async (id: RuleId): Promise<VersionShown[]> => {
    const answer = await api.get<List<VersionShown>>(`/rules/${id}/versions`)
    return answer.ok ? answer.value.items : []
  }
  const restore = async (id: RuleId, version: number, ifRevision?: string) =>
    told(await api.send('POST', `/rules/${id}/versions/${version}/restore${queryOf(ifRevision)}`))
  return {
    restore,
    async save(rule: RuleDraft, of: Changed | null) {
      const answer = of
        ? await api.send<RuleShown>('PUT', `/rules/${of.id}${queryOf(of.revision)}`, rule)
        : await api.send<RuleShown>('POST', '/rules', rule)
      if (answer.ok) again()
      return answer
    },
    remove: async (id: RuleId) => told(await api.send('DELETE', `/rules/${id}`)),
    order: async (siteId: SiteId, ids: readonly RuleId[]) =>
      told(await api.send('PUT', '/rules/order', { siteId, ids })),
    /** What it was before the change that is in force, unless somebody has changed it again. */
    async backOne(id: RuleId, revision: string) {
      const before = (await versions(id)).find(({ rule }, i) => i > 0 && rule !== null)
      return before ? restore(id, before.version, revision) : false
    },
    async bringBack(id: RuleId) {
      const last = (await versions(id)).find(({ rule }) => rule !== null)
      return last ? restore(id, last.version) : false
    },
  }
}

/** The rule switched on or off, its place in the order as it stands. */
export const turned = (rule: RuleShown, enabled: boolean): RuleDraft => ({ ...draftOf(rule), enabled })
