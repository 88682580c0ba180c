import type { Lift } from '../../shared/metrics/lift.ts'
import { enoughForLift } from '../../shared/metrics/lift.ts'
import type { GoalCount, RuleOutcome } from '../../shared/metrics/proactive.ts'
import type { Goal } from '../../shared/triggers/rule.ts'
import { figure, roughly, share } from '../ui/format.ts'
import type { TextKey, Words } from '../ui/words.ts'

/** In percentage points, with its sign. */
export const points = (words: Words, difference: number): string =>
  isolated(
    new Intl.NumberFormat(words.tag, { signDisplay: 'exceptZero', maximumFractionDigits: 1 }).format(
      difference * 100,
    ),
  )

/** What is not of the sentence does not turn it round: a name as it begins, an address as addresses go. */
const isolated = (text: string): string => `\u2068${text}\u2069`
const leftToRight = (text: string): string => `\u2066${text}\u2069`

const goalTexts: Record<Goal['kind'], TextKey> = {
  url: 'outcomeGoalUrl',
  event: 'outcomeGoalEvent',
  chat: 'outcomeGoalChat',
  rating: 'outcomeGoalRating',
}

export function goalInWords(words: Words, goal: Goal): string {
  const time = roughly(words, goal.withinSeconds * 1_000)
  return words.t(goalTexts[goal.kind], { time, what: whatOf(words, goal) })
}

function whatOf(words: Words, goal: Goal): string {
  switch (goal.kind) {
    case 'url':
      return leftToRight(goal.glob)
    case 'event':
      return isolated(goal.name)
    case 'rating':
      return figure(words, goal.atLeast)
    case 'chat':
      return ''
  }
}

/** `25% of 200`; null while nobody's time is over. */
export const reached = (words: Words, goal: GoalCount): string | null =>
  goal.n === 0 ? null : words.t('outcomeShare', { share: share(words, goal.reached / goal.n), n: goal.n })

/** What a lift says, for who does not read intervals. */
export const verdict = ({ low, high }: Lift): TextKey =>
  low > 0 ? 'outcomeMore' : high < 0 ? 'outcomeLess' : 'outcomeEither'

/** Whether there was anything to reach. */
const hadGoal = ({ rule, goal, heldOut }: RuleOutcome): boolean =>
  rule.goal !== null || goal.n + goal.open + heldOut.goal.n + heldOut.goal.open > 0

/** What stands where the lift would. */
export const noLift = (words: Words, outcome: RuleOutcome): string =>
  words.t(hadGoal(outcome) ? 'notEnoughData' : 'outcomeWithoutGoal')

/** Why nothing is said of a lift. */
export const whyNoLift = (words: Words, outcome: RuleOutcome): string =>
  hadGoal(outcome)
    ? words.t('outcomeTooFew', {
        least: enoughForLift,
        shown: outcome.goal.n,
        held: outcome.heldOut.goal.n,
      })
    : words.t('outcomeNoGoal')

/** How far the axis of lifts goes to either side: the next ten points beyond them all. */
export const reachOf = (lifts: readonly (Lift | null)[]): number => {
  const most = Math.max(0, ...lifts.flatMap((lift) => (lift ? [-lift.low, lift.high] : [])))
  return Math.min(1, Math.max(0.1, Math.ceil(most * 10) / 10))
}
