import type { FailureCode } from '../../shared/result.ts'

export const statusOf: Readonly<Record<FailureCode, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  unsupported: 426,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
}
