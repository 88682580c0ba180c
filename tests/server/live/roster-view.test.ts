import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Ordered } from '../../../server/live/roster/ordered.ts'
import { View } from '../../../server/live/roster/view.ts'
import { Window } from '../../../server/live/roster/window.ts'
import type { VisitId } from '../../../shared/ids.ts'
import { applyWindow, emptyWindow } from '../../../shared/roster.ts'
import { answerTo, everybody, pageOf } from '../../../shared/roster-query.ts'
import { jsonBytes } from '../../../shared/text/bytes.ts'
import type { LiveVisitor } from '../../../shared/visitor.ts'
import { anyGuest, anyQuery, guest } from '../../shared/crowd.ts'

type People = Map<VisitId, LiveVisitor>
interface Happening {
  one: LiveVisitor
  goes: boolean
}
const anyHappenings = fc.array(fc.record({ one: anyGuest, goes: fc.boolean() }), { maxLength: 60 })

/** Takes what happens into both, the people and the view that is kept of them. */
function happen(people: People, view: View, happenings: readonly Happening[]): void {
  for (const { one, goes } of happenings) {
    if (goes) people.delete(one.visitId)
    else people.set(one.visitId, one)
    if (goes) view.drop(one.visitId)
    else view.put(one)
  }
}

const crowdOf = (happenings: readonly Happening[]): People =>
  new Map(happenings.map(({ one }) => [one.visitId, one]))

describe('V31 a list kept by its changes', () => {
  it('is what the question finds, whatever happened', () => {
    fc.assert(
      fc.property(anyQuery, anyHappenings, anyHappenings, (query, before, since) => {
        const people = crowdOf(before)
        const view = new View(query, people.values())
        happen(people, view, since)
        const all = answerTo(query, people.values())
        expect(view.slice(0, 100)).toEqual(all)
        expect([view.size, view.slice(3, 4)]).toEqual([all.length, all.slice(3, 7)])
      }),
    )
  })

  it('counts pages without regard to the page asked for', () => {
    fc.assert(
      fc.property(anyQuery, anyHappenings, (query, happenings) => {
        const people: People = new Map()
        const view = new View(query, [])
        happen(people, view, happenings)
        const { page: _, ...rest } = query
        const counts = new Map<string, number>()
        for (const { page } of answerTo(rest, people.values()))
          counts.set(pageOf(page.url), (counts.get(pageOf(page.url)) ?? 0) + 1)
        const shown = view.pages.fullest(10, [])
        expect(new Map(shown.map(({ page, n }) => [page, n]))).toEqual(counts)
        expect(shown.map(({ n }) => n)).toEqual([...counts.values()].sort((a, b) => b - a))
      }),
    )
  })
})

describe('V30 W13 a window', () => {
  it('is the same from any frame on as a fresh one', () => {
    const anyPart = fc.record({ from: fc.nat(12), count: fc.integer({ min: 1, max: 8 }) })
    fc.assert(
      fc.property(anyQuery, anyPart, fc.array(anyHappenings, { maxLength: 6 }), (query, part, turns) => {
        const people: People = new Map()
        const view = new View(query, [])
        const window = new Window('w', view, { query, ...part })
        window.next()
        let held = applyWindow(emptyWindow, window.whole().frame)
        for (const happenings of turns) {
          happen(people, view, happenings)
          const { frame } = window.next()
          if (frame) held = applyWindow(held, frame)
        }
        const fresh = new Window('w', view, { query, ...part })
        fresh.next()
        expect(held).toEqual(applyWindow(emptyWindow, fresh.whole().frame))
        expect([...held.people.keys()]).toEqual([...held.order])
      }),
    )
  })

  it('says nothing while nothing in it changes, whatever happens beside it', () => {
    const view = new View(everybody, [guest(1), guest(2), guest(3)])
    const window = new Window('w', view, { query: everybody, from: 0, count: 2 })
    window.next()
    view.put(guest(1, { pageViews: 9 }))
    view.put(guest(3))
    expect(window.next().frame).toBeNull()
  })

  it('V33 W50 is bounded in bytes, and all of it comes', () => {
    const long = 'ا'.repeat(400)
    const attributes = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`a${i}`, long]))
    const people = Array.from({ length: 100 }, (_, n) => guest(n, { attributes }))
    const window = new Window('w', new View(everybody, people), { query: everybody, from: 0, count: 100 })
    let held = emptyWindow
    for (;;) {
      const { frame, left } = window.next()
      if (frame) held = applyWindow(held, frame)
      if (frame) expect(jsonBytes(frame)).toBeLessThan(300_000)
      if (left.length === 0) break
    }
    expect(held.people.size).toBe(100)
  })
})

it('V31 an order of many takes one more, or one less, in few steps', () => {
  let steps = 0
  const compare = (a: number, b: number) => {
    steps++
    return a - b
  }
  const many = 20_000
  const ordered = Ordered.of(
    Array.from({ length: many }, (_, i) => i),
    compare,
  )
  for (let i = 0; i < many; i++) {
    ordered.remove(i)
    ordered.add(i + many)
  }
  steps = 0
  for (let i = 0; i < 1_000; i++) {
    ordered.remove(many + i)
    ordered.add(3 * many + i)
  }
  expect(steps / 2_000).toBeLessThan(60)
  expect(ordered.slice(0, 2)).toEqual([many + 1_000, many + 1_001])
})
