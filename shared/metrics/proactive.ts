import type { Definition } from './definitions.ts'
import { type Lift, liftOf, type Side } from './lift.ts'

/** One visitor for whom a rule's moment came, and what followed. */
export interface Exposure {
  /** They were not shown it, to compare. */
  heldOut: boolean
  /** Null for the rule's own text, and for who was held out. */
  variant: string | null
  seen: boolean
  opened: boolean
  replied: boolean
  /** Within its window; of who was held out as well. */
  goal: boolean
}

/** Each step counts those who also came as far as the one before, so that none is larger. */
export interface Funnel {
  shown: number
  seen: number
  opened: number
  replied: number
  goal: number
}

export interface Variant extends Funnel {
  variant: string | null
  /** Against who was held out; null for not enough data. */
  lift: Lift | null
  /** Against the rule's own text; null for that text itself, and for not enough data. */
  overFirst: Lift | null
}

export interface ProactiveReport extends Funnel {
  eligible: number
  heldOut: { n: number; goal: number }
  /** Null for not enough data. */
  lift: Lift | null
  variants: Variant[]
}

/** What a rule has done, folded from its exposures: one a visitor. */
export function proactiveReport(exposures: readonly Exposure[]): ProactiveReport {
  const held = exposures.filter(({ heldOut }) => heldOut)
  const shown = exposures.filter(({ heldOut }) => !heldOut)
  const names = [...new Set([null, ...shown.map(({ variant }) => variant)])]
  const first = sideOf(shown.filter(({ variant }) => variant === null))
  return {
    eligible: exposures.length,
    heldOut: { n: held.length, goal: sideOf(held).reached },
    ...funnelOf(shown),
    lift: liftOf(sideOf(shown), sideOf(held)),
    variants: names.map((variant) => {
      const own = shown.filter((one) => one.variant === variant)
      return {
        variant,
        ...funnelOf(own),
        lift: liftOf(sideOf(own), sideOf(held)),
        overFirst: variant === null ? null : liftOf(sideOf(own), first),
      }
    }),
  }
}

function funnelOf(shown: readonly Exposure[]): Funnel {
  const seen = shown.filter((one) => one.seen || one.opened || one.replied)
  const opened = seen.filter((one) => one.opened || one.replied)
  const replied = opened.filter((one) => one.replied)
  const count = (some: readonly Exposure[]): number => some.length
  return {
    shown: count(shown),
    seen: count(seen),
    opened: count(opened),
    replied: count(replied),
    goal: sideOf(shown).reached,
  }
}

const sideOf = (some: readonly Exposure[]): Side => ({
  n: some.length,
  reached: some.filter(({ goal }) => goal).length,
})

/** As every screen and export explains it. */
export const proactiveDefinitions = {
  'proactive.goal': {
    id: 'proactive.goal',
    unit: 'share',
    meaning: 'Share of the visitors shown a message who reached its goal within its time.',
    formula: 'visitors shown it who reached the goal ÷ visitors shown it',
  },
  'proactive.lift': {
    id: 'proactive.lift',
    unit: 'share',
    meaning:
      'How much more often the goal was reached by who was shown the message than by who was held out.',
    formula:
      'goal reached ÷ shown − goal reached ÷ held out, with Newcombe’s 95 % interval; not said below 100 a side',
  },
} as const satisfies Record<string, Definition>
