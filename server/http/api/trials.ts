import * as v from 'valibot'
import { isTimeZone } from '../../../shared/calendar/zone.ts'
import { RuleId, SiteId, VisitId, VisitorId } from '../../../shared/ids.ts'
import { day, limits } from '../../../shared/limits.ts'
import { LocalText } from '../../../shared/locale.ts'
import { failure } from '../../../shared/result.ts'
import { fitting } from '../../../shared/text/bytes.ts'
import type { PastSteps } from '../../../shared/triggers/past/back-test.ts'
import { RuleDraft } from '../../../shared/triggers/rule.ts'
import { listedOutcomes } from '../../domain/trials/trial.ts'
import { cursor, moment } from '../fields.ts'
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

const zone = v.pipe(
  v.string(),
  v.maxLength(60),
  v.check(isTimeZone, 'must be a time zone such as Asia/Tehran'),
)
const amount = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(10_000))

const past = {
  ...draft,
  from: v.optional(moment),
  to: v.optional(moment),
  timeZone: v.optional(zone),
  assume: v.optional(
    v.strictObject({
      somebodyCanAnswer: v.optional(v.union([v.boolean(), v.literal('unknown')])),
      agentsOnline: v.optional(amount),
      queue: v.optional(amount),
    }),
  ),
}

const atOnce = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(200))

const longest = 366 * day

/** A period that is none, or more than a year. */
function misplaced({ from, to }: { from?: number | undefined; to?: number | undefined }, now: number) {
  const end = to ?? now
  if (from === undefined || (from < end && end - from <= longest)) return null
  return failure('invalid', 'from must be before to, by at most a year.', { path: 'from' })
}

export const trialRoutes = [
  agentRoute({
    method: 'get',
    path: '/api/v1/sites/:id/told',
    summary:
      'By what names pages of the site have told of events and of visitors: of who is there now (`here`), and of who was recorded lately (`recorded`).',
    access: 'conversations:read',
    params: { id: SiteId },
    answer: async ({ params: { id }, call }) => reply(await call.domain.trials.told(id), ok),
  }),
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
  agentRoute({
    method: 'post',
    path: '/api/v1/rules/backtest',
    summary:
      'What a proactive message would have done in a period that was recorded: whom it would have reached, where and when, what it would have lost to, and what nobody knows. One at a time.',
    access: 'conversations:read',
    body: v.strictObject(past),
    answer: async ({ body, call }) =>
      misplaced(body, call.now) ?? reply(await call.domain.trials.backTest(body, call.gone()), ok),
  }),
  agentRoute({
    method: 'post',
    path: '/api/v1/rules/backtest/visits',
    summary:
      'The recorded visits that a proactive message would have reached, or that came to another outcome, a part at a time: whoever was there last first. A part may be empty and yet have a next one.',
    access: 'conversations:read',
    body: v.strictObject({
      ...past,
      outcome: v.optional(v.picklist(listedOutcomes)),
      cursor,
      limit: v.optional(atOnce, 50),
    }),
    answer: async ({ body, call }) =>
      misplaced(body, call.now) ?? reply(await call.domain.trials.visits(body, call.gone()), ok),
  }),
  agentRoute({
    method: 'post',
    path: '/api/v1/rules/backtest/steps',
    summary: 'One recorded visit with a proactive message, moment by moment, each condition with its answer.',
    access: 'conversations:read',
    body: v.strictObject({ ...past, visitorId: VisitorId, visitId: VisitId }),
    answer: async ({ body, call }) =>
      misplaced(body, call.now) ?? reply(await call.domain.trials.steps(body), (steps) => ok(bounded(steps))),
  }),
]

/** As many steps as one answer takes. */
function bounded(whole: PastSteps): PastSteps {
  const steps = fitting(whole.steps)
  return { ...whole, steps, isCut: whole.isCut || steps.length < whole.steps.length }
}
