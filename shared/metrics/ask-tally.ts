import type { CsatAsk } from './asks.ts'

/** How often something was asked, and what became of it. Shares between 0 and 1; null where there is nothing to divide by. */
export interface AskCounts {
  /** Episodes closed. */
  episodes: number
  shown: number
  /** Of those shown. */
  skipped: number
  answered: number
  /** Answered ÷ shown. */
  responseRate: number | null
  /** Shown ÷ episodes closed. */
  coverage: number | null
}

/** What became of one question, closed episode by closed episode. */
export class AskTally {
  readonly #states: Record<CsatAsk['state'], number> = {
    ...{ neverDue: 0, due: 0, shown: 0, skipped: 0, answered: 0 },
  }
  readonly #answers = new Map<number, number>()

  constructor(private readonly scale: readonly [least: number, most: number]) {}

  /** @param answer of one that was answered */
  take(state: CsatAsk['state'], answer: number | null): void {
    this.#states[state]++
    if (answer !== null) this.#answers.set(answer, this.at(answer) + 1)
  }

  counts(): AskCounts {
    const { neverDue, due, skipped, answered } = this.#states
    const shown = this.#states.shown + skipped + answered
    const episodes = neverDue + due + shown
    return {
      ...{ episodes, shown, skipped, answered },
      responseRate: shown ? answered / shown : null,
      coverage: episodes ? shown / episodes : null,
    }
  }

  /** How many gave this answer. */
  at(answer: number): number {
    return this.#answers.get(answer) ?? 0
  }

  /** How many gave any from the one to the other. */
  within(least: number, most: number): number {
    let sum = 0
    for (const [answer, n] of this.#answers) if (answer >= least && answer <= most) sum += n
    return sum
  }

  mean(): number | null {
    let [sum, count] = [0, 0]
    for (const [answer, n] of this.#answers) {
      sum += answer * n
      count += n
    }
    return count ? sum / count : null
  }

  /** How many gave each answer, from the least. */
  distribution(nameOf: (answer: number) => string): Record<string, number> {
    const [least, most] = this.scale
    const answers = Array.from({ length: most - least + 1 }, (_, i) => least + i)
    return Object.fromEntries(answers.map((answer) => [nameOf(answer), this.at(answer)]))
  }
}
