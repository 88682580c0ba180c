import * as v from 'valibot'
import { RuleId, SiteId } from '../ids.ts'
import { limits } from '../limits.ts'
import { LocalText } from '../locale.ts'
import { isBlank } from '../text/blank.ts'
import { count, line } from '../text/fields.ts'

/** One thing that must be true for a proactive message. New kinds are added here and in `evaluate`. */
export const Condition = v.variant('kind', [
  /** The page's address fits a glob: `*` any run of characters, `?` one. A glob that begins with `/` is held against the path. */
  v.strictObject({ kind: v.literal('url'), glob: line(limits.globCharacters) }),
  v.strictObject({ kind: v.literal('secondsOnPage'), atLeast: v.pipe(count, v.maxValue(86_400)) }),
  v.strictObject({ kind: v.literal('pageViews'), atLeast: v.pipe(count, v.maxValue(10_000)) }),
  v.strictObject({ kind: v.literal('somebodyCanAnswer') }),
])
export type Condition = v.InferOutput<typeof Condition>

const conditions = v.pipe(v.array(Condition), v.maxLength(limits.conditionsPerRule))

/** What an admin edits. */
export const RuleDraft = v.strictObject({
  siteId: SiteId,
  name: line(limits.nameCharacters),
  enabled: v.boolean(),
  /** The highest wins when several fit at once. */
  priority: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(1_000)),
  /** All must hold. */
  when: conditions,
  say: v.pipe(
    LocalText,
    v.check((value) => Object.values(value).some((one) => !isBlank(one)), 'must have a text'),
    v.check(
      (value) => Object.values(value).every((one) => [...one].length <= limits.messageCharacters),
      'has a text that is too long',
    ),
  ),
})
export type RuleDraft = v.InferOutput<typeof RuleDraft>

export const Rule = v.strictObject({ ...RuleDraft.entries, id: RuleId, createdAt: v.number() })
export type Rule = v.InferOutput<typeof Rule>

/** What a page needs to know when to ask; the text stays on the server until it is due. */
export type PageRule = Pick<Rule, 'id' | 'priority' | 'when'>
