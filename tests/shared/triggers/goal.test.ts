import fc from 'fast-check'
import { expect, it } from 'vitest'
import { goalReachedAt, type Recorded } from '../../../shared/triggers/goal.ts'
import type { Goal } from '../../../shared/triggers/rule.ts'

const withinSeconds = 60
const thanks: Goal = { kind: 'url', glob: '/thanks*', withinSeconds }
const rated: Goal = { kind: 'rating', atLeast: 4, withinSeconds }

it.each<[string, Goal, Recorded[], number | null]>([
  ['the address', thanks, [{ kind: 'url', url: 'https://shop.example/thanks?o=1', at: 9_000 }], 9_000],
  ['another address', thanks, [{ kind: 'url', url: 'https://shop.example/cart', at: 9_000 }], null],
  [
    'the event',
    { kind: 'event', name: 'order', withinSeconds },
    [{ kind: 'event', name: 'order', at: 6_000 }],
    6_000,
  ],
  [
    'another event',
    { kind: 'event', name: 'order', withinSeconds },
    [{ kind: 'event', name: 'cart', at: 6_000 }],
    null,
  ],
  ['a chat', { kind: 'chat', withinSeconds }, [{ kind: 'chat', at: 65_000 }], 65_000],
  ['a good rating', rated, [{ kind: 'rating', rating: 4, at: 6_000 }], 6_000],
  ['a bad rating', rated, [{ kind: 'rating', rating: 3, at: 6_000 }], null],
  [
    'the first of several',
    thanks,
    [30_000, 9_000].map((at) => ({ kind: 'url', url: 'https://shop.example/thanks', at })),
    9_000,
  ],
  ['what came before it was shown', { kind: 'chat', withinSeconds }, [{ kind: 'chat', at: 4_999 }], null],
  ['what came too late', { kind: 'chat', withinSeconds }, [{ kind: 'chat', at: 65_001 }], null],
])('T16 a goal, shown at 5 s, with a minute to reach it: %s', (_, goal, recorded, at) => {
  expect(goalReachedAt(goal, 5_000, recorded)).toBe(at)
})

it('T124 a goal is reached by way of a campaign as well', () => {
  const reached = (glob: string, url: string) =>
    goalReachedAt({ kind: 'url', glob, withinSeconds }, 5_000, [{ kind: 'url', url, at: 9_000 }])
  expect(reached('/thanks', 'https://shop.example/thanks?utm_source=news')).toBe(9_000)
  expect(reached('/thanks', 'https://shop.example/thanks?order=1')).toBeNull()
})

it('T16 a goal is the same in whatever order things were recorded, and more of them never undo it', () => {
  const anything = fc.array(fc.record({ kind: fc.constant('chat' as const), at: fc.nat(200_000) }))
  fc.assert(
    fc.property(anything, anything, (some, more) => {
      const goal: Goal = { kind: 'chat', withinSeconds }
      const at = goalReachedAt(goal, 5_000, some)
      expect(goalReachedAt(goal, 5_000, [...some].reverse())).toBe(at)
      const after = goalReachedAt(goal, 5_000, [...more, ...some])
      if (at !== null) expect(after).toBeLessThanOrEqual(at)
    }),
  )
})
