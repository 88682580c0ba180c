import type { RuleId } from '../../shared/ids.ts'
import { times } from '../../shared/limits.ts'
import { type Facts, secondsToWait, winner } from '../../shared/triggers/evaluate.ts'
import type { PageRule } from '../../shared/triggers/rule.ts'

/** What is known of the page now; null while no rule may run. */
export interface Circumstances {
  rules: readonly PageRule[]
  facts: Facts
}

export interface TriggerOptions {
  look(): Circumstances | null
  /** Resolves whether the server let the rule speak; null when it did not answer. */
  ask(ruleId: RuleId, secondsOnPage: number): Promise<boolean | null>
  after(ms: number, run: () => void): () => void
}

/**
 * Evaluates the rules whenever something has changed, and sleeps until time alone can make one fit.
 * A rule the server decided against is not asked for again on the same page.
 */
export function watchTriggers({ look, ask, after }: TriggerOptions) {
  let cancel = (): void => undefined
  let asking = false
  let url = ''
  const declined = new Set<RuleId>()

  function changed() {
    cancel()
    const seen = look()
    if (!seen || asking) return
    if (seen.facts.url !== url) declined.clear()
    url = seen.facts.url
    const rules = seen.rules.filter((rule) => !declined.has(rule.id))
    const found = winner(rules, seen.facts)
    if (found) return propose(found.id, seen.facts.secondsOnPage)
    const wait = secondsToWait(rules, seen.facts)
    if (wait !== null) cancel = after(wait * 1_000, changed)
  }

  function propose(ruleId: RuleId, secondsOnPage: number): void {
    asking = true
    ask(ruleId, Math.floor(secondsOnPage)).then((accepted) => {
      asking = false
      if (accepted === null) cancel = after(times.retryMost, changed)
      else declined.add(ruleId)
      if (accepted === false) changed()
    })
  }

  return { changed, stop: () => cancel() }
}
