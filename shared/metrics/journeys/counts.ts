import { shareOf } from '../statistics.ts'
import type { JourneyGroup, Returned, StageFigures } from './question.ts'
import { furthest, type StageName, stageNames } from './stages.ts'

/** How far somebody came, and whether they came back. */
export interface Reached {
  /** Of the stages. */
  bits: number
  isBack: boolean
  /** The time in which they might have is. */
  isOver: boolean
}

/** Of some visitors. */
export class Counts {
  visitors = 0
  readonly #least = new Array<number>(stageNames.length).fill(0)
  readonly #reached = new Array<number>(stageNames.length).fill(0)
  #back = 0
  #over = 0
  #overAndBack = 0

  take({ bits, isBack, isOver }: Reached, times: number): void {
    this.visitors += times
    const last = furthest(bits)
    for (let stage = 0; stage < stageNames.length; stage++) {
      if (stage <= last) this.#least[stage] = (this.#least[stage] ?? 0) + times
      if (bits & (1 << stage)) this.#reached[stage] = (this.#reached[stage] ?? 0) + times
    }
    if (isBack) this.#back += times
    if (isOver) this.#over += times
    if (isBack && isOver) this.#overAndBack += times
  }

  add(other: Counts): void {
    this.visitors += other.visitors
    for (let stage = 0; stage < stageNames.length; stage++) {
      this.#least[stage] = (this.#least[stage] ?? 0) + (other.#least[stage] ?? 0)
      this.#reached[stage] = (this.#reached[stage] ?? 0) + (other.#reached[stage] ?? 0)
    }
    this.#back += other.#back
    this.#over += other.#over
    this.#overAndBack += other.#overAndBack
  }

  stages(): StageFigures[] {
    return stageNames.map((stage, i) => {
      const [visitors, further] = [this.#least[i] ?? 0, this.#least[i + 1]]
      const dropOff = further === undefined ? null : shareOf(visitors - further, visitors)
      return { stage, visitors, reached: this.#reached[i] ?? 0, dropOff }
    })
  }

  returned(): Returned {
    return {
      ...shareOf(this.#overAndBack, this.#over),
      open: this.visitors - this.#over,
      soFar: this.#back,
    }
  }

  group(by: JourneyGroup['by'], key: string): JourneyGroup {
    const entries = stageNames.map((stage, i): [StageName, number] => [stage, this.#least[i] ?? 0])
    return {
      ...{ by, key, visitors: this.visitors },
      stages: { ...noStages, ...Object.fromEntries(entries) },
      returned: this.returned(),
    }
  }
}

const noStages: Record<StageName, number> = { aware: 0, consider: 0, decide: 0, buy: 0, use: 0, stay: 0 }
