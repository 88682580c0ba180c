import type { VisitId } from '../../../shared/ids.ts'
import { limits } from '../../../shared/limits.ts'
import type { NamedFrame } from '../../../shared/protocol.ts'
import type { PageCount, RosterFrame } from '../../../shared/roster.ts'
import { pageOf, type RosterQuery } from '../../../shared/roster-query.ts'
import { fitting, jsonBytes } from '../../../shared/text/bytes.ts'
import type { LiveVisitor } from '../../../shared/visitor.ts'
import type { View } from './view.ts'

export interface Asked {
  query: RosterQuery
  from: number
  count: number
}

/** Bytes of a frame that its pages may take. */
const roomForPages = limits.answerBytes / 4

/** What a part of a view's list was last told to be. All who look at the same part share it. */
export class Window {
  looking = 0
  /** Counts the frames. */
  version = 0
  private told: Required<RosterFrame> = { total: -1, from: 0, order: [], visitors: [], pages: [] }
  private readonly rows = new Map<VisitId, { visitor: LiveVisitor; json: string }>()

  constructor(
    readonly name: string,
    readonly view: View,
    private readonly asked: Asked,
  ) {}

  /** For somebody who begins to look: what the others have been told; whoever has no room is told of to all again. */
  whole(): { frame: NamedFrame; left: VisitId[] } {
    const rows = [...this.rows.values()].map(({ visitor }) => visitor)
    const visitors = fitting(rows, limits.answerBytes - jsonBytes(this.told.pages))
    const left = rows.slice(visitors.length).map(({ visitId }) => visitId)
    for (const visitId of left) this.rows.delete(visitId)
    return { frame: { window: this.name, ...this.told, visitors }, left }
  }

  /** What has changed since the frame before, or nothing; and for whom there was no room. */
  next(): { frame: NamedFrame | null; left: VisitId[] } {
    const total = this.view.size
    const from = Math.max(0, Math.min(this.asked.from, total - this.asked.count))
    const shown = this.view.slice(from, this.asked.count)
    const pages = this.pagesOf(shown)
    const changed = this.changedOf(shown)
    const visitors = fitting(changed, limits.answerBytes - jsonBytes(pages))
    for (const visitor of visitors) this.rows.set(visitor.visitId, { visitor, json: JSON.stringify(visitor) })
    const order = shown.map(({ visitId }) => visitId)
    const frame = this.differing({ total, from, order, visitors, pages })
    return { frame, left: changed.slice(visitors.length).map(({ visitId }) => visitId) }
  }

  private pagesOf(shown: readonly LiveVisitor[]): PageCount[] {
    const named = this.asked.query.grouped ? shown.map(({ page }) => pageOf(page.url)) : []
    return fitting(this.view.pages.fullest(limits.pagesInWindow, named), roomForPages)
  }

  /** Those of whom something else is to be said than was; of those who left nothing is kept. */
  private changedOf(shown: readonly LiveVisitor[]): LiveVisitor[] {
    const there = new Set(shown.map(({ visitId }) => visitId))
    for (const visitId of this.rows.keys()) if (!there.has(visitId)) this.rows.delete(visitId)
    return shown.filter((visitor) => {
      const row = this.rows.get(visitor.visitId)
      if (row?.visitor === visitor) return false
      return row?.json !== JSON.stringify(visitor)
    })
  }

  private differing(now: Required<RosterFrame>): NamedFrame | null {
    const { told } = this
    this.told = now
    const frame: RosterFrame = {
      ...(now.total !== told.total && { total: now.total }),
      ...(now.from !== told.from && { from: now.from }),
      ...(now.order.join() !== told.order.join() && { order: now.order }),
      ...(now.visitors.length > 0 && { visitors: now.visitors }),
      ...(!samePages(now.pages, told.pages) && { pages: now.pages }),
    }
    if (Object.keys(frame).length === 0) return null
    this.version++
    return { window: this.name, ...frame }
  }
}

const samePages = (some: readonly PageCount[], others: readonly PageCount[]): boolean =>
  some.length === others.length &&
  some.every((one, i) => {
    const other = others[i]
    return one.page === other?.page && one.n === other.n && one.title === other.title
  })
