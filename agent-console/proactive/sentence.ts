import type { SiteId } from '../../shared/ids.ts'
import { isBlank } from '../../shared/text/blank.ts'
import type { Condition, Rule, RuleDraft, RuleNode } from '../../shared/triggers/rule.ts'

export const kinds = ['url', 'secondsOnPage', 'pageViews', 'somebodyCanAnswer'] as const
export type Kind = (typeof kinds)[number]
/** What can be written here; the rest of the language is read, and kept. */
export type EditableCondition = Extract<Condition, { kind: Kind }>

export const isEditable = (node: RuleNode): node is EditableCondition =>
  kinds.some((kind) => kind === node.kind)

export const newRule = (siteId: SiteId): RuleDraft => ({
  siteId,
  name: '',
  enabled: true,
  priority: 10,
  when: [{ kind: 'url', glob: '/*' }, { kind: 'secondsOnPage', atLeast: 30 }, { kind: 'somebodyCanAnswer' }],
  say: {},
})

export const draftOf = ({ id: _id, createdAt: _createdAt, ...draft }: Rule): RuleDraft => draft

const beginnings: Record<Kind, EditableCondition> = {
  url: { kind: 'url', glob: '/*' },
  secondsOnPage: { kind: 'secondsOnPage', atLeast: 30 },
  pageViews: { kind: 'pageViews', atLeast: 3 },
  somebodyCanAnswer: { kind: 'somebodyCanAnswer' },
}

/** The kinds a rule does not speak of yet; each makes sense once. */
export const missingKinds = (rule: Pick<RuleDraft, 'when'>): Kind[] =>
  kinds.filter((kind) => !rule.when.some((condition) => condition.kind === kind))

export const withCondition = (rule: RuleDraft, kind: Kind): RuleDraft =>
  missingKinds(rule).includes(kind) ? { ...rule, when: [...rule.when, beginnings[kind]] } : rule

export const withoutCondition = (rule: RuleDraft, index: number): RuleDraft => ({
  ...rule,
  when: rule.when.filter((_, i) => i !== index),
})

export const changeCondition = (rule: RuleDraft, index: number, condition: RuleNode): RuleDraft => ({
  ...rule,
  when: rule.when.map((one, i) => (i === index ? condition : one)),
})

/** The rule as it is sent: blank texts are languages left out, and a name is never missing. */
export function readyToSend(rule: RuleDraft): RuleDraft {
  const say = Object.fromEntries(Object.entries(rule.say).filter(([, text]) => !isBlank(text)))
  const [first = ''] = Object.values(say)
  const name = isBlank(rule.name) ? [...first.trim()].slice(0, 60).join('') : rule.name.trim()
  return { ...rule, say, name }
}

/** Whole numbers only, in whatever digits they were written; null when it is none. */
export function readCount(text: string, most: number): number | null {
  const latin = text.replace(/[۰-۹٠-٩]/g, (digit) =>
    String((digit.codePointAt(0) ?? 0) - (digit >= '۰' ? 0x6f0 : 0x660)),
  )
  if (!/^\d{1,6}$/.test(latin.trim())) return null
  return Math.min(most, Number(latin))
}
