import { addressGlob } from './kinds/page-shown.ts'
import type { Goal } from './rule.ts'

/** Something that was recorded of a visitor. `at` in ms. */
export type Recorded = { at: number } & (
  | { kind: 'url'; url: string }
  | { kind: 'event'; name: string }
  | { kind: 'chat' }
  | { kind: 'rating'; rating: number }
)

/**
 * When the goal was first reached, or null for not.
 * @param from when the message was shown, ms; for who is held out, when it would have been
 */
export const goalReachedAt = (goal: Goal, from: number, recorded: readonly Recorded[]): number | null =>
  recorded.reduce<number | null>((reached, one) => {
    const counts = isWithin(goal, from, one.at) && serves(goal, one)
    return counts && (reached === null || one.at < reached) ? one.at : reached
  }, null)

const isWithin = ({ withinSeconds }: Goal, from: number, at: number): boolean =>
  at >= from && at <= from + withinSeconds * 1_000

function serves(goal: Goal, one: Recorded): boolean {
  switch (goal.kind) {
    case 'url':
      return one.kind === 'url' && addressGlob(goal.glob)(one.url)
    case 'event':
      return one.kind === 'event' && one.name === goal.name
    case 'chat':
      return one.kind === 'chat'
    case 'rating':
      return one.kind === 'rating' && one.rating >= goal.atLeast
  }
}
