import { failure, type Result, success } from '../../../shared/result.ts'
import { evaluate } from '../../../shared/triggers/evaluate.ts'
import type { Rule } from '../../../shared/triggers/rule.ts'
import { isWithin } from '../../../shared/within.ts'
import type { Clock } from '../ports.ts'
import type { LiveProactive } from '../proactive/proactive.ts'
import { type Pace, Slices } from '../slices.ts'
import type { LiveVisits } from '../visits/live-visits.ts'
import { presence, type Visit } from '../visits/visit.ts'
import type { Matching } from './trial.ts'

interface MatchingNeeds {
  visits: Pick<LiveVisits, 'everybody'>
  proactive: Pick<LiveProactive, 'watching'>
  clock: Pick<Clock, 'now'>
  pace: Pace
}

const freshFor = 1_000
const countsKept = 50
/** Counts that wait for their turn. */
const mostWaiting = 20

/** Counts who fits a rule now: one count at a time, in slices, and the same one for all who ask within a second. */
export class MatchingCounts {
  private readonly counted = new Map<string, { at: number; count: Promise<Matching> }>()
  private last: Promise<unknown> = Promise.resolve()
  private waiting = 0

  constructor(private readonly needs: MatchingNeeds) {}

  async of(rule: Rule): Promise<Result<Matching>> {
    const now = this.needs.clock.now()
    const key = JSON.stringify([rule.siteId, rule.when])
    const known = this.counted.get(key)
    if (known && isWithin(freshFor, known.at, now)) return success(await known.count)
    if (this.waiting >= mostWaiting)
      return failure('rate_limited', 'Too many are counting. Wait a moment.', { retryAfterMs: freshFor })
    const count = this.inTurn(() => this.count(rule))
    this.keep(key, { at: now, count })
    return success(await count)
  }

  private keep(key: string, counted: { at: number; count: Promise<Matching> }): void {
    this.counted.delete(key)
    this.counted.set(key, counted)
    const [oldest] = this.counted.keys()
    if (this.counted.size > countsKept && oldest !== undefined) this.counted.delete(oldest)
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    this.waiting++
    const result = this.last.then(work).finally(() => this.waiting--)
    this.last = result.catch(() => undefined)
    return result
  }

  private async count(rule: Rule): Promise<Matching> {
    const { visits, proactive, clock, pace } = this.needs
    const slices = new Slices(pace)
    const factsOf = proactive.watching(rule)
    const found: Matching = { live: 0, matching: 0, undecided: 0 }
    const isHere = (visit: Visit) => visit.siteId === rule.siteId && presence(visit, clock.now()) !== 'gone'
    for (const visit of visits.everybody()) {
      const facts = isHere(visit) ? factsOf(visit) : null
      if (facts) {
        const fits = evaluate(rule, facts)
        found.live++
        if (fits === true) found.matching++
        if (fits === 'unknown') found.undecided++
      }
      const breath = slices.breath()
      if (breath) await breath
    }
    return found
  }
}
