import { times } from '../../shared/limits.ts'
import { sessionHint } from '../../shared/wire.ts'
import type { OwnAddress } from './own-origin.ts'

/**
 * The prefix makes browsers insist on `Secure`, `Path=/` and no `Domain`, so that no neighbour under
 * the same domain can plant a session. Over plain http to another machine they would drop it.
 */
const cookieName = (own: OwnAddress): string => (own.trustworthy() ? '__Host-ahlan' : 'ahlan_session')

/** The session, or its end, and the console's hint of it, which is no secret and opens nothing. */
export function sessionCookies(own: OwnAddress, token: string | null): string[] {
  const age = token === null ? 0 : Math.floor(times.agentSession / 1_000)
  const both = `SameSite=Strict; Max-Age=${age}${own.trustworthy() ? '; Secure' : ''}`
  return [
    `${cookieName(own)}=${token ?? ''}; Path=/; HttpOnly; ${both}`,
    `${sessionHint}=${token === null ? '' : 1}; Path=/console; ${both}`,
  ]
}

/** The session's token in a `Cookie` header; null when there is none of the right form. */
export function readSessionToken(own: OwnAddress, header: string | undefined): string | null {
  const wanted = `${cookieName(own)}=`
  for (const part of (header ?? '').split(';')) {
    const text = part.trim()
    if (!text.startsWith(wanted)) continue
    const token = text.slice(wanted.length)
    return /^[A-Za-z0-9_-]{43}$/.test(token) ? token : null
  }
  return null
}
