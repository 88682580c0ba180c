import type { Connective } from '../answer.ts'
import type { Reason } from '../decide.ts'
import type { UtmField } from '../facts.ts'
import type { ActionPart, FaultCode } from '../faults.ts'
import type { Comparison } from '../kinds/comparison.ts'
import type { ConditionKind } from '../kinds/kinds.ts'

/** What stays as it is, or has the forms its language counts in; a language that needs fewer leaves them out. */
export type Phrase = string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>)

/** What is said of rules in one language. `{name}` stands for the condition's own field of that name. */
export interface RuleWords {
  kinds: Record<ConditionKind, Phrase>
  /** Said of a `schedule` by a calendar. */
  calendar: string
  /** Hours without end. */
  always: string
  /** Said after an `event`, where it asks for it. */
  within: string
  where: string
  /** Said after a `cartAbandoned`, where it asks for it. */
  worth: string
  comparisons: Record<Comparison['op'], string>
  ago: Record<'atLeast' | 'atMost', string>
  returning: Record<'true' | 'false', string>
  devices: Record<'desktop' | 'phone', string>
  utm: Record<UtmField, string>
  connectives: Record<Connective, string>
  reasons: Record<Reason, string>
  faults: Record<FaultCode, string>
  /** Where in the rule. */
  place: string
  parts: Record<ActionPart, string>
}
