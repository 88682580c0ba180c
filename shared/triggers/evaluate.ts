import { fitsGlob } from './glob.ts'
import type { Condition, PageRule } from './rule.ts'

/** What is known when a rule is evaluated. */
export interface Facts {
  /** Absolute and scrubbed. */
  url: string
  secondsOnPage: number
  /** Within this visit, the current page included. */
  pageViews: number
  somebodyCanAnswer: boolean
}

export interface Finding {
  condition: Condition
  holds: boolean
}

export const holds = (condition: Condition, facts: Facts): boolean => {
  switch (condition.kind) {
    case 'url':
      return fitsGlob(condition.glob, condition.glob.startsWith('/') ? pathOf(facts.url) : facts.url)
    case 'secondsOnPage':
      return facts.secondsOnPage >= condition.atLeast
    case 'pageViews':
      return facts.pageViews >= condition.atLeast
    case 'somebodyCanAnswer':
      return facts.somebodyCanAnswer
  }
}

/** Whether all conditions of the rule hold. */
export const evaluate = (rule: Pick<PageRule, 'when'>, facts: Facts): boolean =>
  rule.when.every((condition) => holds(condition, facts))

/** Each condition and whether it holds, for "why did it, or did it not". */
export const explain = (rule: Pick<PageRule, 'when'>, facts: Facts): Finding[] =>
  rule.when.map((condition) => ({ condition, holds: holds(condition, facts) }))

/** The one rule that may speak: highest priority, the older one of equals. */
export function winner<R extends PageRule>(rules: readonly R[], facts: Facts): R | null {
  const fitting = rules.filter((rule) => evaluate(rule, facts))
  fitting.sort((a, b) => b.priority - a.priority || (a.id < b.id ? -1 : 1))
  return fitting[0] ?? null
}

/**
 * Seconds until waiting alone can make some rule fit, or null when it cannot.
 * Lets a page sleep instead of asking every second.
 */
export function secondsToWait(rules: readonly PageRule[], facts: Facts): number | null {
  const waits = rules
    .filter((rule) => rule.when.every((c) => c.kind === 'secondsOnPage' || holds(c, facts)))
    .map((rule) => longestWait(rule, facts))
    .filter((seconds) => seconds > 0)
  return waits.length ? Math.min(...waits) : null
}

const longestWait = (rule: PageRule, facts: Facts): number =>
  Math.max(0, ...rule.when.map((c) => (c.kind === 'secondsOnPage' ? c.atLeast - facts.secondsOnPage : 0)))

function pathOf(url: string): string {
  const start = url.indexOf('/', url.indexOf('//') + 2)
  return start < 0 ? '/' : url.slice(start)
}
