import * as v from 'valibot'
import { RuleId, SiteId } from '../ids.ts'
import { limits } from '../limits.ts'
import { LocalText } from '../locale.ts'
import { isBlank } from '../text/blank.ts'
import { line } from '../text/fields.ts'
import { Action, isSilent, usualAction } from './action.ts'
import { type Connective, isGroup, type Node } from './answer.ts'
import { glob, name, whole } from './kinds/fields.ts'
import { type Condition, kinds } from './kinds/kinds.ts'

export type { Condition, ConditionKind } from './kinds/kinds.ts'

/** The version of the language. Rules without one are of the first, which had four kinds of conditions and no groups. */
export const ruleVersion = 2

export type RuleNode = Node<Condition>

const connectives = ['all', 'any', 'not'] as const satisfies readonly Connective[]

const conditions = kinds.map(({ schema }) => schema)

/** A condition, or a group of such, so many groups deep. Bounded by the schema itself, whatever is sent. */
function nodeSchema(depth: number): v.GenericSchema<unknown, RuleNode> {
  if (depth === 0) return v.variant('kind', conditions)
  const of = v.pipe(
    v.array(nodeSchema(depth - 1)),
    v.minLength(1, 'must have a condition'),
    v.maxLength(limits.conditionsPerRule),
  )
  return v.variant('kind', [...conditions, v.strictObject({ kind: v.picklist(connectives), of })])
}

const when = v.pipe(
  v.array(nodeSchema(limits.groupDepth)),
  v.check(
    (nodes) => countConditions(nodes) <= limits.conditionsPerRule,
    `must have at most ${limits.conditionsPerRule} conditions`,
  ),
)

export const countConditions = (nodes: readonly RuleNode[]): number =>
  nodes.reduce((sum, node) => sum + (isGroup(node) ? countConditions(node.of) : 1), 0)

const say = v.pipe(
  LocalText,
  v.check(
    (value) => Object.values(value).every((one) => [...one].length <= limits.messageCharacters),
    'has a text that is too long',
  ),
)

const hasText = (value: LocalText): boolean => Object.values(value).some((one) => !isBlank(one))

/** How often one visitor may hear this rule. */
export const Often = v.variant('kind', [
  v.strictObject({ kind: v.picklist(['onceEver', 'onceASession']) }),
  v.strictObject({ kind: v.literal('every'), seconds: whole(1, 366 * 86_400) }),
  v.strictObject({ kind: v.literal('times'), times: whole(1, 100) }),
])
export type Often = v.InferOutput<typeof Often>

const RuleLimits = v.strictObject({
  /** Once a session where it is left out. */
  often: v.optional(Often),
  /** Only while somebody is there to answer; so where it is left out. */
  needsSomebody: v.optional(v.boolean()),
})

/** What the message is to lead to, within a time of its being shown. */
export const Goal = v.variant('kind', [
  v.strictObject({ kind: v.literal('url'), glob, withinSeconds: whole(1, 90 * 86_400) }),
  v.strictObject({ kind: v.literal('event'), name, withinSeconds: whole(1, 90 * 86_400) }),
  v.strictObject({ kind: v.literal('chat'), withinSeconds: whole(1, 90 * 86_400) }),
  v.strictObject({
    kind: v.literal('rating'),
    atLeast: v.picklist([1, 2, 3, 4, 5]),
    withinSeconds: whole(1, 90 * 86_400),
  }),
])
export type Goal = v.InferOutput<typeof Goal>

const variants = v.pipe(
  v.array(
    v.strictObject({
      id: name,
      say: v.pipe(say, v.check(hasText, 'must have a text')),
      /** Other buttons, fields and the like, of the same kind as the rule's; left out: the rule's own. */
      action: v.optional(Action),
    }),
  ),
  v.maxLength(limits.variantsPerRule),
  v.check((all) => new Set(all.map(({ id }) => id)).size === all.length, 'has two variants of one name'),
)

const draft = v.strictObject({
  version: v.optional(v.literal(ruleVersion)),
  siteId: SiteId,
  name: line(limits.nameCharacters),
  enabled: v.boolean(),
  /** The highest wins when several fit at once. */
  priority: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(1_000)),
  /** All must hold. */
  when,
  say,
  /** What it does with its text: a bubble where it is left out. */
  action: v.optional(Action),
  limits: v.optional(RuleLimits),
  /** Other texts, and buttons, to compare with the first. */
  variants: v.optional(variants),
  /** The share of visitors who are not shown it, so that it can be seen what it does. */
  holdout: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(0.5))),
  goal: v.optional(Goal),
})

/** Only a rule that shows nothing may say nothing. */
const isSaid = ({ say, action }: Pick<v.InferOutput<typeof draft>, 'say' | 'action'>): boolean =>
  isSilent(action) || hasText(say)

/** What is compared is how it is said: what is borne and counted is the same for all. */
const isOfOneKind = ({
  action,
  variants,
}: Pick<v.InferOutput<typeof draft>, 'action' | 'variants'>): boolean =>
  !variants?.some((one) => one.action && one.action.kind !== (action ?? usualAction).kind)

/** What an admin edits. */
export const RuleDraft = v.pipe(
  draft,
  v.forward(v.partialCheck([['say'], ['action']], isSaid, 'must have a text'), ['say']),
  v.forward(v.partialCheck([['action'], ['variants']], isOfOneKind, 'must do what the rule does'), [
    'variants',
  ]),
)
export type RuleDraft = v.InferOutput<typeof RuleDraft>

export const Rule = v.pipe(
  v.strictObject({
    ...draft.entries,
    version: v.literal(ruleVersion),
    id: RuleId,
    createdAt: v.number(),
  }),
  v.forward(v.partialCheck([['say'], ['action']], isSaid, 'must have a text'), ['say']),
  v.forward(v.partialCheck([['action'], ['variants']], isOfOneKind, 'must do what the rule does'), [
    'variants',
  ]),
)
export type Rule = v.InferOutput<typeof Rule>

/** Of a rule that says nothing of it. */
export const defaultHoldout = 0.1

/**
 * A rule of the first version in this one: it means what it always meant. Those spoke whoever was there unless
 * a condition said otherwise, and to everybody.
 */
export function lift<Old extends Pick<RuleDraft, 'version' | 'limits' | 'holdout'>>(
  rule: Old,
): Old & { version: typeof ruleVersion } {
  if (rule.version === ruleVersion) return { ...rule, version: ruleVersion }
  return {
    ...rule,
    version: ruleVersion,
    limits: { ...rule.limits, needsSomebody: rule.limits?.needsSomebody ?? false },
    holdout: rule.holdout ?? 0,
  }
}
