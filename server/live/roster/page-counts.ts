import type { PageCount } from '../../../shared/roster.ts'
import { pageOf } from '../../../shared/roster-query.ts'
import type { LiveVisitor } from '../../../shared/visitor.ts'
import { Ordered } from './ordered.ts'

const fullestFirst = (a: PageCount, b: PageCount): number =>
  b.n - a.n || (a.page === b.page ? 0 : a.page < b.page ? -1 : 1)

/** How many are on each page, kept in order by who comes and goes. */
export class PageCounts {
  private readonly byPage = new Map<string, PageCount>()
  private readonly order = new Ordered(fullestFirst)

  enter({ page: { url, title } }: LiveVisitor): void {
    const page = pageOf(url)
    this.count(page, (this.byPage.get(page)?.n ?? 0) + 1, title)
  }

  leave({ page: { url } }: LiveVisitor): void {
    const page = pageOf(url)
    const known = this.byPage.get(page)
    if (known) this.count(page, known.n - 1, known.title)
  }

  /** The fullest ones, then those asked for by name that are not among them. */
  fullest(most: number, named: Iterable<string>): PageCount[] {
    const counts = this.order.slice(0, most)
    const there = new Set(counts.map(({ page }) => page))
    for (const page of named) {
      const known = there.has(page) ? undefined : this.byPage.get(page)
      if (known) counts.push(known)
      there.add(page)
    }
    return counts
  }

  private count(page: string, n: number, title: string): void {
    const known = this.byPage.get(page)
    if (known) this.order.remove(known)
    if (n <= 0) {
      this.byPage.delete(page)
      return
    }
    const count = { page, title: title || (known?.title ?? ''), n }
    this.byPage.set(page, count)
    this.order.add(count)
  }
}
