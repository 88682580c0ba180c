import type { Cart, EventFact } from './facts.ts'

/** What a shop tells of its cart: `track('cart', { items, value })` and `track('order')`. */
export const cartEvents = { changed: 'cart', ordered: 'order' } as const

/** The cart that was filled and neither emptied nor ordered; null where there is none. */
export function cartOf(events: ReadonlyMap<string, EventFact>): Cart | null {
  const changed = events.get(cartEvents.changed)?.latest.at(-1)
  const ordered = events.get(cartEvents.ordered)?.latest.at(-1)
  if (!changed || (ordered && ordered.at >= changed.at)) return null
  const items = amount(changed.properties?.items ?? 1)
  return items > 0 ? { items, value: amount(changed.properties?.value), at: changed.at } : null
}

const amount = (told: unknown): number => {
  const number = Number(told ?? 0)
  return Number.isFinite(number) ? number : 0
}
