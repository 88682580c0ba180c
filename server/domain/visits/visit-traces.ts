import { limits } from '../../../shared/limits.ts'
import { pathOf } from './stitching.ts'
import type { Visit } from './visit.ts'

/** Behind one address, of one page: so many visits are told apart; whoever was there before begins anew. */
const visitsOfPage = 32

/** The pages that visits without a token have shown, so that the next page finds where it goes on from. */
export class VisitTraces {
  private readonly ofPage = new Map<string, Visit[]>()
  private readonly ofVisit = new Map<Visit, string[]>()

  /** The visits of this key that have shown this page, the latest last. */
  at(key: string, url: string): readonly Visit[] {
    return this.ofPage.get(place(key, url)) ?? []
  }

  add(visit: Visit, url: string): void {
    const at = place(visit.key, url)
    const places = without(this.ofVisit.get(visit) ?? [], at)
    const visits = without(this.ofPage.get(at) ?? [], visit)
    this.ofPage.set(at, [...visits.slice(1 - visitsOfPage), visit])
    const dropped = places.length < limits.trailLength ? [] : places.splice(0, 1)
    this.ofVisit.set(visit, [...places, at])
    for (const old of dropped) this.leave(visit, old)
  }

  remove(visit: Visit): void {
    for (const at of this.ofVisit.get(visit) ?? []) this.leave(visit, at)
    this.ofVisit.delete(visit)
  }

  private leave(visit: Visit, at: string): void {
    const others = without(this.ofPage.get(at) ?? [], visit)
    if (others.length) this.ofPage.set(at, others)
    else this.ofPage.delete(at)
  }
}

const place = (key: string, url: string): string => `${key}\n${pathOf(url)}`

const without = <T>(all: readonly T[], one: T): T[] => all.filter((other) => other !== one)
