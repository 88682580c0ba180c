import { type Aim, aims } from '../aims.ts'
import type { Measured } from './lengths.ts'
import { type Share, shareOf } from './statistics.ts'

/** How many of those with a target broke it, of a team (null: nobody's, or of nobody in one) and an aim. */
export interface TeamBreaches extends Share {
  team: string | null
  aim: Aim
}

/** Counts what is decided: who still waits within the time counts once that has ended or is over. */
export class Breaches {
  readonly #teams = new Map<string | null, Record<Aim, { n: number; of: number }>>()

  count(
    aim: Aim,
    team: string | null,
    { broken, open }: Pick<Measured, 'open'> & { broken: boolean | null },
  ): void {
    if (broken === null || (open && !broken)) return
    const held = this.#ofTeam(team)
    held[aim].of++
    if (broken) held[aim].n++
  }

  add(other: Breaches): void {
    for (const [team, counts] of other.#teams) {
      const held = this.#ofTeam(team)
      for (const aim of aims) {
        held[aim].n += counts[aim].n
        held[aim].of += counts[aim].of
      }
    }
  }

  #ofTeam(team: string | null): Record<Aim, { n: number; of: number }> {
    const held = this.#teams.get(team) ?? {
      firstResponse: { n: 0, of: 0 },
      response: { n: 0, of: 0 },
      resolution: { n: 0, of: 0 },
    }
    this.#teams.set(team, held)
    return held
  }

  /** Teams with most to keep first. */
  rows(): TeamBreaches[] {
    const total = (of: Record<Aim, { of: number }>) => aims.reduce((sum, aim) => sum + of[aim].of, 0)
    return [...this.#teams]
      .sort(([a, one], [b, other]) => total(other) - total(one) || (a ?? '').localeCompare(b ?? ''))
      .flatMap(([team, counts]) =>
        aims.flatMap((aim) => {
          const { n, of } = counts[aim]
          return of === 0 ? [] : [{ team, aim, ...shareOf(n, of) }]
        }),
      )
  }
}
