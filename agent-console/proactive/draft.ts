import * as v from 'valibot'
import type { SiteId } from '../../shared/ids.ts'
import { type Locale, type LocalText, locales } from '../../shared/locale.ts'
import { isBlank } from '../../shared/text/blank.ts'
import type { Action } from '../../shared/triggers/action.ts'
import { faultsOf, type RuleFault } from '../../shared/triggers/faults.ts'
import { defaultHoldout, type Rule, RuleDraft, ruleVersion } from '../../shared/triggers/rule.ts'

/** A rule as the server tells it, with what is sent back to say which one was changed. */
export type RuleShown = Rule & { revision: string }

/** Comes after all others until it is put elsewhere. */
export const newRule = (siteId: SiteId): RuleDraft => ({
  ...{ version: ruleVersion, siteId, name: '', enabled: true, priority: 0, say: {} },
  when: [
    { kind: 'url', glob: '/*' },
    { kind: 'secondsOnPage', atLeast: 30 },
  ],
  limits: { often: { kind: 'onceASession' }, needsSomebody: true },
  holdout: defaultHoldout,
})

export const draftOf = ({ id: _id, createdAt: _at, revision: _revision, ...draft }: RuleShown): RuleDraft =>
  draft

/** A copy under its own name, asleep until somebody has looked at it. */
export const copyOf = (rule: RuleShown, name: string): RuleDraft => ({
  ...structuredClone(draftOf(rule)),
  ...{ name: name.slice(0, 120), enabled: false, priority: 0 },
})

const withoutBlank = (text: LocalText): LocalText =>
  Object.fromEntries(Object.entries(text).filter(([, one]) => !isBlank(one)))

/** The rule as it is sent: blank texts are languages left out, and a name is never missing. */
export function readyToSend(rule: RuleDraft): RuleDraft {
  const say = withoutBlank(rule.say)
  const [first = ''] = Object.values(say)
  const name = isBlank(rule.name)
    ? [...(first.trim() || nameOfAction(rule.action))].slice(0, 60).join('')
    : rule.name.trim()
  const { variants, ...rest } = rule
  const others = variants?.map((one) => ({ ...one, say: withoutBlank(one.say) }))
  return { ...rest, version: ruleVersion, say, name, ...(others?.length ? { variants: others } : {}) }
}

const nameOfAction = (action: Action | undefined): string => (action?.kind === 'event' ? action.name : '')

/** All that is wrong with it, by the very schema that the server holds it against. */
export function faultsIn(rule: RuleDraft): RuleFault[] {
  const checked = v.safeParse(RuleDraft, readyToSend(rule))
  return checked.success ? [] : faultsOf(checked.issues)
}

/** The languages it says something in. */
export const languagesOf = ({ say }: Pick<RuleDraft, 'say'>): Locale[] =>
  locales.filter((locale) => !isBlank(say[locale] ?? ''))

const draftKey = 'rule-draft'

/** What is being written, kept from moment to moment so that nothing ends it but whoever writes it. */
export interface Writing {
  /** Null for a new one. */
  id: Rule['id'] | null
  revision: string | null
  rule: RuleDraft
}

interface Shelf {
  read(key: string): string | null
  write(key: string, value: string | null): void
}

export const keepWriting = (shelf: Shelf, writing: Writing | null): void =>
  shelf.write(draftKey, writing && JSON.stringify(writing))

export function keptWriting(shelf: Shelf): Writing | null {
  const text = shelf.read(draftKey)
  if (text === null) return null
  const kept: Partial<Writing> | null = parsed(text)
  const whole = kept?.rule && Array.isArray(kept.rule.when) && typeof kept.rule.say === 'object'
  return whole && kept.rule ? { id: kept.id ?? null, revision: kept.revision ?? null, rule: kept.rule } : null
}

function parsed(text: string): Partial<Writing> | null {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
