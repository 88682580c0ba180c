import type { IncomingMessage } from 'node:http'

/**
 * The client's address. Each trusted proxy adds the address it was asked from at the end of
 * `X-Forwarded-For`; what stands before those is the client's own claim and is not believed.
 */
export function addressOf(request: IncomingMessage, trustedHops: number): string {
  const direct = request.socket.remoteAddress ?? ''
  if (trustedHops === 0) return direct
  const header = request.headers['x-forwarded-for']
  const claimed = (Array.isArray(header) ? header.join(',') : (header ?? ''))
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)
  const seen = [...claimed, direct]
  return seen.at(-1 - trustedHops) ?? seen[0] ?? ''
}
