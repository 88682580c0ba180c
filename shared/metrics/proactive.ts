import type { InviteId, RuleId, SiteId, VisitorId } from '../ids.ts'
import type { Goal } from '../triggers/rule.ts'
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
  /** Of who was held out as well. `open`: its time is not over yet, whether or not it was reached. */
  goal: 'none' | 'open' | 'reached' | 'missed'
}

/** Where the visitors of one side stand with the goal. */
export interface GoalCount {
  /** Those whose time is over: the rest would count only once it went well. */
  n: number
  /** Of these. */
  reached: number
  /** Those whose time still runs. */
  open: number
}

/** Each step counts those who also came as far as the one before, so that none is larger. */
export interface Funnel {
  shown: number
  seen: number
  opened: number
  replied: number
  goal: GoalCount
}

/** Visitors of one rule, side and variant, counted. */
export interface Tally extends Omit<Funnel, 'shown'>, Pick<Exposure, 'heldOut' | 'variant'> {
  n: number
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
  heldOut: { n: number; goal: GoalCount }
  /** Null for not enough data. */
  lift: Lift | null
  variants: Variant[]
}

/** What one rule has done in a period. */
export interface RuleOutcome extends ProactiveReport {
  /** As it stands now; only its id where it was removed since. */
  rule: { id: RuleId; name: string | null; enabled: boolean; goal: Goal | null }
}

/** Those whose moment came for most visitors first. */
export interface ProactiveOutcomes {
  from: string
  to: string
  timeZone: string
  clock: 'wall'
  filters: { site: SiteId | null; rule: RuleId | null; segment: string | null }
  rules: RuleOutcome[]
}

/**
 * Of each visitor the first that a rule has in a period, so that who came often does not weigh more. Who is not
 * remembered counts each time.
 */
export function firstOfEach<One extends { id: InviteId; ruleId: RuleId | null; visitorId: VisitorId | null }>(
  all: readonly One[],
): One[] {
  const first = new Map<string, One>()
  for (const one of all) {
    const key = `${one.ruleId} ${one.visitorId ?? one.id}`
    const known = first.get(key)
    if (!known || one.id < known.id) first.set(key, one)
  }
  return [...first.values()]
}

/** Counted by side and variant. */
export function tallied(exposures: readonly Exposure[]): Tally[] {
  const tallies = exposures.map(
    ({ heldOut, variant, goal, ...one }): Tally => ({
      ...{ heldOut, variant, n: 1 },
      seen: Number(one.seen || one.opened || one.replied),
      opened: Number(one.opened || one.replied),
      replied: Number(one.replied),
      goal: {
        n: Number(goal === 'reached' || goal === 'missed'),
        reached: Number(goal === 'reached'),
        open: Number(goal === 'open'),
      },
    }),
  )
  const groups = new Map<string, Tally>()
  for (const one of tallies) {
    const key = JSON.stringify([one.heldOut, one.variant])
    const known = groups.get(key)
    groups.set(key, known ? added(known, one) : one)
  }
  return [...groups.values()]
}

export const added = (one: Tally, other: Omit<Tally, 'heldOut' | 'variant'>): Tally => ({
  ...one,
  n: one.n + other.n,
  seen: one.seen + other.seen,
  opened: one.opened + other.opened,
  replied: one.replied + other.replied,
  goal: {
    n: one.goal.n + other.goal.n,
    reached: one.goal.reached + other.goal.reached,
    open: one.goal.open + other.goal.open,
  },
})

/** What a rule has done: one exposure a visitor. */
export function proactiveReport(tallies: readonly Tally[]): ProactiveReport {
  const held = sumOf(tallies.filter(({ heldOut }) => heldOut))
  const shown = tallies.filter(({ heldOut }) => !heldOut)
  const names = [...new Set([null, ...shown.map(({ variant }) => variant).sort()])]
  const ofVariant = (name: string | null): Tally => sumOf(shown.filter(({ variant }) => variant === name))
  const [all, first] = [sumOf(shown), ofVariant(null)]
  return {
    eligible: held.n + all.n,
    heldOut: { n: held.n, goal: held.goal },
    ...funnelOf(all),
    lift: liftOf(sideOf(all), sideOf(held)),
    variants: names.map((variant) => {
      const own = ofVariant(variant)
      return {
        variant,
        ...funnelOf(own),
        lift: liftOf(sideOf(own), sideOf(held)),
        overFirst: variant === null ? null : liftOf(sideOf(own), sideOf(first)),
      }
    }),
  }
}

const nobody: Tally = {
  ...{ heldOut: false, variant: null, n: 0, seen: 0, opened: 0, replied: 0 },
  goal: { n: 0, reached: 0, open: 0 },
}

const sumOf = (tallies: readonly Tally[]): Tally => tallies.reduce(added, nobody)

const funnelOf = ({ n, seen, opened, replied, goal }: Tally): Funnel => ({
  ...{ shown: n, seen, opened, replied, goal },
})

const sideOf = ({ goal }: Tally): Side => goal

/** As every screen and export explains it. */
export const proactiveDefinitions = {
  'proactive.goal': {
    id: 'proactive.goal',
    unit: 'share',
    meaning:
      'Share of the visitors shown a message who reached its goal within its time. Counted are those whose time is over; the others are told apart as open. A visitor counts once, with the first time in the period.',
    formula: 'visitors shown it who reached the goal in time ÷ visitors shown it whose time is over',
  },
  'proactive.lift': {
    id: 'proactive.lift',
    unit: 'share',
    meaning:
      'How much more often the goal was reached by who was shown the message than by who was held out.',
    formula:
      'goal reached ÷ shown − goal reached ÷ held out, both of those whose time is over, with Newcombe’s 95 % interval; not said below 100 a side',
  },
} as const satisfies Record<string, Definition>
