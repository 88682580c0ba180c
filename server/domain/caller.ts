/** What one household or host holds of the address space: a v4 address, a v6 /64. Limits count by it. */
export function limitKey(address: string): string {
  const v4 = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  return v4?.[1] ?? `${groups(address).slice(0, 4).join(':')}::`
}

function groups(address: string): string[] {
  const [head = '', tail] = address.split('%')[0]?.toLowerCase().split('::') ?? []
  const front = head === '' ? [] : head.split(':')
  const back = tail === undefined || tail === '' ? [] : tail.split(':')
  const filling = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length)
  return [...front, ...Array<string>(filling).fill('0'), ...back].map((group) =>
    group.replace(/^0+(?=.)/, ''),
  )
}

/** This very machine. */
export const isLoopback = (address: string): boolean =>
  address === '::1' || /^(?:::ffff:)?127(?:\.\d{1,3}){3}$/i.test(address)

export const isLoopbackPage = (origin: string | undefined): boolean =>
  /^https?:\/\/(?:localhost|[\w-]+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i.test(origin ?? '')

/** What a browser prefers most, by its `Accept-Language`, which names that first. */
export const languageOf = (accepted: string | undefined): string | undefined =>
  /^[a-z]{2,3}(-[a-z\d]{2,8}){0,3}(?=[,;]|$)/i.exec((accepted ?? '').slice(0, 50))?.[0]

/** Phones say so. */
export const deviceOf = (userAgent: string): 'desktop' | 'phone' =>
  userAgent.includes('Mobi') ? 'phone' : 'desktop'

/** Browsers name each other: the first that fits is the real one. */
const families: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:e|A|iOS)?\/(\d+)/, 'Edge'],
  [/\bOPR\/(\d+)/, 'Opera'],
  [/\bSamsungBrowser\/(\d+)/, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\/(\d+)/, 'Firefox'],
  [/\b(?:HeadlessChrome|Chrome|CriOS)\/(\d+)/, 'Chrome'],
  [/\bVersion\/(\d+).*\bSafari\//, 'Safari'],
]

/** Real ones are shorter. Some patterns take time by the square of the length, which is the sender's choice. */
const longestUserAgent = 400

/** Family and major version, such as `Chrome 156`; the rest of the user agent is a fingerprint. */
export function browserOf(userAgent: string): string {
  const looked = userAgent.slice(0, longestUserAgent)
  for (const [pattern, family] of families) {
    const match = pattern.exec(looked)
    if (match) return `${family} ${match[1]}`
  }
  return 'Other'
}
