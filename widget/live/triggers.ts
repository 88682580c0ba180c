import type { RuleId } from '../../shared/ids.ts'
import { times } from '../../shared/limits.ts'
import { type PageFacts, type PageRule, pageWinner, secondsToWait } from '../../shared/triggers/page.ts'

/** What is known of the page now; null while no rule may run. */
export interface Circumstances {
  /** For the page at `url`, as far as the server could not decide them. */
  rules: readonly PageRule[]
  url: string
  facts: PageFacts & { secondsOnPage: number }
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
  let stopped = false
  let url = ''
  let rulesAtUrl: readonly PageRule[] | undefined
  const declined = new Set<RuleId>()

  function changed() {
    cancel()
    // What is answered later must not look again: looking listens to the page.
    if (stopped) return
    const seen = look()
    if (!seen || asking) return
    // The rules of the page before say nothing of this one: the server is being told of it.
    if (seen.url !== url && seen.rules === rulesAtUrl) return
    if (seen.url !== url) declined.clear()
    url = seen.url
    rulesAtUrl = seen.rules
    const rules = seen.rules.filter((rule) => !declined.has(rule.id))
    const found = pageWinner(rules, seen.facts)
    if (found) return propose(found.id, seen.facts.secondsOnPage)
    const wait = secondsToWait(rules, seen.facts)
    if (wait !== null) cancel = after(wait * 1_000, changed)
  }

  function propose(ruleId: RuleId, secondsOnPage: number): void {
    asking = true
    ask(ruleId, Math.floor(secondsOnPage)).then((accepted) => {
      asking = false
      if (stopped) return
      if (accepted === null) cancel = after(times.retryMost, changed)
      else declined.add(ruleId)
      if (accepted === false) changed()
    })
  }

  function stop() {
    stopped = true
    cancel()
  }

  return { changed, stop }
}
