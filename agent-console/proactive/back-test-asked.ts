import type { RuleId } from '../../shared/ids.ts'
import type { RuleDraft } from '../../shared/triggers/rule.ts'

/** As it goes to the server: what steps are asked for with must be what the visits were found with. */
export type Asked = {
  rule: RuleDraft
  ruleId?: RuleId
  from: string
  to: string
  timeZone: string
  assume: { somebodyCanAnswer: true | 'unknown' }
}
