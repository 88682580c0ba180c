import type { Connective } from '../answer.ts'
import type { Reason } from '../decide.ts'
import type { ActionPart, FaultCode } from '../faults.ts'
import type { Comparison } from '../kinds/comparison.ts'
import type { ConditionKind } from '../kinds/kinds.ts'

/** What is said of rules in one language. `{name}` stands for the condition's own field of that name. */
export interface RuleWords {
  kinds: Record<ConditionKind, string>
  /** Said after an `event`, where it asks for it. */
  within: string
  where: string
  comparisons: Record<Comparison['op'], string>
  ago: Record<'atLeast' | 'atMost', string>
  returning: Record<'true' | 'false', string>
  devices: Record<'desktop' | 'phone', string>
  connectives: Record<Connective, string>
  reasons: Record<Reason, string>
  faults: Record<FaultCode, string>
  /** Where in the rule. */
  place: string
  parts: Record<ActionPart, string>
}
