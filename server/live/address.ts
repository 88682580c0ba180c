import type { IncomingMessage } from 'node:http'

/**
 * The client's address behind `hops` proxies of ours. What stands further to the left in the header
 * was written by whoever called, and is not believed.
 */
export const addressBehind =
  (hops: number) =>
  (request: IncomingMessage): string => {
    const direct = request.socket.remoteAddress ?? ''
    if (hops === 0) return direct
    const header = request.headers['x-forwarded-for'] ?? ''
    const told = (Array.isArray(header) ? header.join(',') : header)
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean)
    return told.at(-Math.min(hops, told.length)) ?? direct
  }
