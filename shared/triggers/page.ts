import type { RuleId } from '../ids.ts'
import { type Answer, isGroup, type Node, weigh } from './answer.ts'

/*
 * What a page evaluates by itself: the part of the language that only a page can know. Downloaded by
 * every page that has rules, so it knows neither schemas nor the rest of the language.
 */

/** What a page alone can see. What it does not look at is left out, and unknown. */
export interface PageFacts {
  secondsOnPage?: number | undefined
  /** Seconds since somebody last touched the page. */
  idle?: number | undefined
  /** The deepest so far, in per cent of the page. */
  scroll?: number | undefined
  exitIntent?: boolean | undefined
  widgetOpened?: boolean | undefined
  somebodyCanAnswer?: boolean | undefined
  /** Selectors of rules, of what was clicked and of what was on the screen. */
  click?: ReadonlySet<string> | undefined
  elementSeen?: ReadonlySet<string> | undefined
}

export type PageCondition =
  | { kind: 'secondsOnPage' | 'idle' | 'scroll'; atLeast: number }
  | { kind: 'exitIntent' | 'widgetOpened' | 'somebodyCanAnswer' }
  | { kind: 'click' | 'elementSeen'; selector: string }

export type PageNode = Node<PageCondition>

/** A rule as far as the server could not decide it: all of `when` must hold. The text stays there until it is due. */
export interface PageRule {
  id: RuleId
  priority: number
  when: readonly PageNode[]
}

export function holdsOnPage(condition: PageCondition, facts: PageFacts): Answer {
  const seen = facts[condition.kind]
  if (seen === undefined) return 'unknown'
  if ('atLeast' in condition) return Number(seen) >= condition.atLeast
  return typeof seen === 'object' ? 'selector' in condition && seen.has(condition.selector) : Boolean(seen)
}

export const fitsPage = ({ when }: Pick<PageRule, 'when'>, facts: PageFacts): boolean =>
  weigh({ kind: 'all', of: when }, (condition) => holdsOnPage(condition, facts)) === true

/** The highest priority speaks, then the older rule. */
export const byRank = (a: Pick<PageRule, 'id' | 'priority'>, b: typeof a): number =>
  b.priority - a.priority || (a.id < b.id ? -1 : 1)

/** The rule this page would ask for. */
export const pageWinner = <R extends PageRule>(rules: readonly R[], facts: PageFacts): R | null =>
  rules.filter((rule) => fitsPage(rule, facts)).sort(byRank)[0] ?? null

/**
 * Seconds until waiting alone can make some further rule fit, or null when it cannot.
 * Lets a page sleep instead of asking every second.
 */
export function secondsToWait(rules: readonly PageRule[], facts: PageFacts): number | null {
  const waiting = rules.filter((rule) => !fitsPage(rule, facts))
  const waits = waiting
    .flatMap(({ when }) => conditionsIn(when))
    .flatMap((condition) => (isTimed(condition) ? condition.atLeast - (facts[condition.kind] ?? 0) : []))
    .filter((seconds) => seconds > 0)
    .sort((a, b) => a - b)
  const fits = (later: PageFacts) => waiting.some((rule) => fitsPage(rule, later))
  return waits.find((seconds) => fits(inSeconds(facts, seconds))) ?? null
}

/** What these rules ask of the page. */
export const conditionsIn = (nodes: readonly PageNode[]): PageCondition[] =>
  nodes.flatMap((node) => (isGroup(node) ? conditionsIn(node.of) : node))

type Timed = Extract<PageCondition, { atLeast: number }> & { kind: 'secondsOnPage' | 'idle' }

const isTimed = (condition: PageCondition): condition is Timed =>
  condition.kind === 'secondsOnPage' || condition.kind === 'idle'

/** The same page later, if nobody touches it. */
const inSeconds = (facts: PageFacts, seconds: number): PageFacts => ({
  ...facts,
  secondsOnPage: (facts.secondsOnPage ?? 0) + seconds,
  ...(facts.idle === undefined ? {} : { idle: facts.idle + seconds }),
})
