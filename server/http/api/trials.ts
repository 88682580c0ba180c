import * as v from 'valibot'
import { RuleId, VisitId } from '../../../shared/ids.ts'
import { limits } from '../../../shared/limits.ts'
import { LocalText } from '../../../shared/locale.ts'
import { RuleDraft } from '../../../shared/triggers/rule.ts'
import { agentRoute, ok, reply } from '../route.ts'

/** A rule can be tried before it is called anything or says anything. */
const tried = v.strictObject({
  ...RuleDraft.entries,
  name: v.pipe(v.string(), v.maxLength(limits.nameCharacters)),
  say: LocalText,
})

const draft = {
  rule: tried,
  /** The rule that it is to take the place of. */
  ruleId: v.optional(RuleId),
}

export const trialRoutes = [
  agentRoute({
    method: 'post',
    path: '/api/v1/rules/matching',
    summary: 'How many visitors who are on the site now fit the conditions of a proactive message.',
    access: 'conversations:read',
    body: v.strictObject(draft),
    answer: async ({ body, call }) => reply(await call.domain.trials.matching(body), ok),
  }),
  agentRoute({
    method: 'post',
    path: '/api/v1/rules/try',
    summary:
      'Whether a proactive message would be shown to this visit now, or why not, condition by condition.',
    access: 'conversations:read',
    body: v.strictObject({ ...draft, visitId: VisitId }),
    answer: async ({ body: { visitId, ...asked }, call }) =>
      reply(call.domain.trials.try(asked, visitId), ok),
  }),
]
