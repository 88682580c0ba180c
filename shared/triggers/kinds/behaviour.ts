import * as v from 'valibot'
import { limits } from '../../limits.ts'
import { holdsOnPage } from '../page.ts'
import { Comparison, compares } from './comparison.ts'
import { name, seconds, selector, whole } from './fields.ts'
import { kind } from './kind.ts'

const seen = { known: 'page' } as const

/** What visitors do. Much of it only their page can see: that is held against the facts by the page's own code. */
export const behaviour = [
  kind(
    'secondsOnPage',
    { atLeast: whole(0, 86_400) },
    {
      ...seen,
      needs: ['secondsOnPage'],
      holds: (condition) => (facts) => holdsOnPage(condition, facts),
    },
  ),
  kind(
    'scroll',
    { atLeast: whole(1, 100) },
    {
      ...seen,
      needs: ['scroll'],
      holds: (condition) => (facts) => holdsOnPage(condition, facts),
    },
  ),
  kind(
    'idle',
    { atLeast: whole(1, 86_400) },
    {
      ...seen,
      needs: ['idle'],
      holds: (condition) => (facts) => holdsOnPage(condition, facts),
    },
  ),
  kind(
    'exitIntent',
    {},
    {
      ...seen,
      needs: ['exitIntent'],
      holds: (condition) => (facts) => holdsOnPage(condition, facts),
    },
  ),
  kind(
    'widgetOpened',
    {},
    {
      ...seen,
      needs: ['widgetOpened'],
      holds: (condition) => (facts) => holdsOnPage(condition, facts),
    },
  ),
  kind(
    'click',
    { selector },
    {
      ...seen,
      needs: ['click'],
      holds: (condition) => (facts) => holdsOnPage(condition, facts),
      seen: ({ click }, condition) => click.has(condition.selector),
    },
  ),
  kind(
    'elementSeen',
    { selector },
    {
      ...seen,
      needs: ['elementSeen'],
      holds: (condition) => (facts) => holdsOnPage(condition, facts),
      seen: ({ elementSeen }, condition) => elementSeen.has(condition.selector),
    },
  ),
  /** Something the page said had happened in this visit, so often, within the last so many seconds, with such a property. */
  kind(
    'event',
    {
      name,
      atLeast: whole(1, limits.eventTimes),
      withinSeconds: v.optional(seconds),
      where: v.optional(v.strictObject({ property: name, that: Comparison })),
    },
    {
      needs: ['events', 'now'],
      known: 'server',
      holds({ name: wanted, atLeast, withinSeconds, where }) {
        const fits = where ? compares(where.that) : null
        return ({ events, now }) => {
          const known = events.get(wanted)
          if (!known) return false
          if (withinSeconds === undefined && !fits) return known.count >= atLeast
          const since = withinSeconds === undefined ? Number.NEGATIVE_INFINITY : now - withinSeconds * 1_000
          const counted = known.latest.filter(
            ({ at, properties }) => at >= since && (!fits || fits(properties?.[where?.property ?? ''])),
          )
          // Of those told together what was told is known of the last alone.
          return counted.reduce((sum, { count = 1 }) => sum + (fits ? 1 : count), 0) >= atLeast
        }
      },
      seen: ({ events }, condition) => events.get(condition.name)?.count ?? 0,
    },
  ),
  /** Something lies in the cart, worth so much, and nobody has touched it for so long. */
  kind(
    'cartAbandoned',
    { seconds, worth: v.optional(v.pipe(v.number(), v.minValue(0))) },
    {
      needs: ['cart', 'now'],
      known: 'server',
      holds:
        ({ seconds: waits, worth = 0 }) =>
        ({ cart, now }) =>
          cart !== null && cart.value >= worth && now - cart.at >= waits * 1_000,
      seen: ({ cart }) => cart?.value ?? null,
      due: ({ cart }, condition) =>
        cart && cart.value >= (condition.worth ?? 0) ? cart.at + condition.seconds * 1_000 : null,
    },
  ),
]
