import type { IncomingMessage } from 'node:http'

/** What a proxy says where it does not know. */
const nowhere = new Set(['XX', 'ZZ', 'T1'])

/** Tells the country a request comes from, as two letters; undefined where nobody is believed or nobody knows. */
export type CountryOf = (request: IncomingMessage) => string | undefined

/** Anybody can send a header: it is believed only where a proxy stands in front that writes it itself. */
export function createCountryOf(header: string | null, trustedHops: number): CountryOf {
  if (header === null || trustedHops === 0) return () => undefined
  const name = header.toLowerCase()
  return ({ headers }) => {
    const told = headers[name]
    const code = (Array.isArray(told) ? told[0] : told)?.trim().toUpperCase() ?? ''
    return /^[A-Z]{2}$/.test(code) && !nowhere.has(code) ? code : undefined
  }
}
