import * as v from 'valibot'
import { RuleId } from '../../../shared/ids.ts'
import type { Lift } from '../../../shared/metrics/lift.ts'
import type { Funnel, ProactiveOutcomes, RuleOutcome } from '../../../shared/metrics/proactive.ts'
import { type Cell, csv, csvFile } from '../csv.ts'
import { periodFields, readPeriod, readSegment, reportFields } from '../report-fields.ts'
import { agentRoute, ok } from '../route.ts'
import { statedRows } from '../stated-rows.ts'

export const proactiveReportRoute = agentRoute({
  method: 'get',
  path: '/api/v1/reports/proactive',
  summary:
    'What rules have done: from eligible to the goal, by variant, with the lift over who was held out.',
  access: 'conversations:read',
  query: {
    ...periodFields,
    clock: v.optional(v.literal('wall', 'must be wall')),
    rule: v.optional(RuleId),
    segment: reportFields.segment,
    timeZone: reportFields.timeZone,
  },
  async answer({ query, call }) {
    const period = readPeriod(call.domain, query, call.now)
    if (!period.ok) return period
    const known = readSegment(call.domain, query)
    if (!known.ok) return known
    const { rule: ruleId, segment, timeZone = 'UTC' } = query
    const made = {
      ...(await call.domain.reporting.proactive({ ...period.value, ruleId, segment })),
      timeZone,
    }
    return query.format === 'csv' ? csvFile('proactive', csv(statedRows(rows(made), made))) : ok(made)
  },
})

const head = [
  ...['rule', 'name', 'text', 'variant', 'eligible', 'held out', 'held out: time over'],
  ...[
    'held out: goal reached',
    'held out: time running',
    'shown',
    'seen',
    'opened',
    'replied',
    'time over',
    'goal reached',
  ],
  ...['time running', 'lift', 'lift low', 'lift high'],
]

/** A row for each rule, then one for each of its variants. */
const rows = ({ rules }: ProactiveOutcomes): Cell[][] => [head, ...rules.flatMap(rowsOf)]

function rowsOf({ rule: { id, name }, eligible, heldOut, lift, variants, ...whole }: RuleOutcome): Cell[][] {
  const { n, goal } = heldOut
  const first = [id, name, 'all', null, eligible, n, goal.n, goal.reached, goal.open]
  return [
    [...first, ...funnelCells(whole), ...liftCells(lift)],
    ...variants.map((one) => [
      ...[id, name, ...textCells(one.variant), null, null, null, null, null],
      ...funnelCells(one),
      ...liftCells(one.lift),
    ]),
  ]
}

/** Which text was shown, and its name: somebody may name theirs like the rule's own. */
export const textCells = (variant: string | null): Cell[] =>
  variant === null ? ['own', null] : ['variant', variant]

const funnelCells = ({ shown, seen, opened, replied, goal }: Funnel): Cell[] => [
  ...[shown, seen, opened, replied, goal.n, goal.reached, goal.open],
]

const liftCells = (lift: Lift | null): Cell[] =>
  lift ? [lift.difference, lift.low, lift.high].map(toSixPlaces) : [null, null, null]

const toSixPlaces = (share: number): number => Math.round(share * 1e6) / 1e6
