export const utmFields = ['source', 'medium', 'campaign', 'term', 'content'] as const
export type UtmField = (typeof utmFields)[number]
/** What an address says of the campaign that led to it. */
export type Utm = Partial<Record<UtmField, string>>

const named = /[?&]utm_(source|medium|campaign|term|content)=([^&#]*)/g

/** Of a scrubbed address. What cannot be decoded stands as it came. */
export function utmOf(url: string): Utm {
  if (!url.includes('utm_')) return {}
  return Object.fromEntries(
    [...url.matchAll(named)].map(([, field = '', value = '']) => [field, decoded(value)]).reverse(),
  )
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '))
  } catch {
    return value
  }
}
