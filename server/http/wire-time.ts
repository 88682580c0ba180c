import { timeField } from '../../shared/wire.ts'

/** What strangers chose the names of: a number under `createdAt` there is just a number. */
const foreign = new Set(['attributes', 'properties'])

/** The value as it goes out over HTTP: times in ISO 8601 UTC, all else as it is. */
export function withIsoTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withIsoTimes)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, field(key, held)]))
}

function field(key: string, value: unknown): unknown {
  if (foreign.has(key)) return value
  if (typeof value === 'number' && timeField.test(key)) return new Date(value).toISOString()
  return withIsoTimes(value)
}
