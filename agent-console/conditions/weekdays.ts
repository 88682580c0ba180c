/** A Monday at noon, so that no zone makes another day of it. */
const monday = Date.UTC(2024, 0, 1, 12)
const dayMs = 86_400_000

/** @param day from Monday, 1, to Sunday, 7 */
export const weekdayName = (tag: string, day: number, weekday: 'long' | 'short'): string =>
  new Intl.DateTimeFormat(tag, { weekday, timeZone: 'UTC' }).format(monday + (day - 1) * dayMs)
