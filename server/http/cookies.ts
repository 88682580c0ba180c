import { times } from '../../shared/limits.ts'
import { sessionHint } from '../../shared/wire.ts'
import type { OwnAddress } from './own-origin.ts'

/**
 * The prefix makes browsers insist on `Secure`, `Path=/` and no `Domain`, so that no neighbour under
 * the same domain can plant a session. Over plain http to another machine they would drop it.
 */
const guarded = '__Host-ahlan'
const plain = 'ahlan_session'

const isEncrypted = (own: OwnAddress): boolean => own.publicOrigin().startsWith('https:')

/** The one to be believed first. Over http Safari drops what is `Secure` from this very machine, too (decision 139). */
function cookieNames(own: OwnAddress): string[] {
  if (isEncrypted(own)) return [guarded]
  return own.trustworthy() ? [guarded, plain] : [plain]
}

/** The session, or its end, and the console's hint of it, which is no secret and opens nothing. */
export function sessionCookies(own: OwnAddress, token: string | null): string[] {
  const age = token === null ? 0 : Math.floor(times.agentSession / 1_000)
  const both = `SameSite=Strict; Max-Age=${age}`
  const [first = '', ...others] = cookieNames(own).map(
    (name) => `${name}=${token ?? ''}; Path=/; HttpOnly; ${both}${name === guarded ? '; Secure' : ''}`,
  )
  const hint = `${sessionHint}=${token === null ? '' : 1}; Path=/console; ${both}`
  return [first, isEncrypted(own) ? `${hint}; Secure` : hint, ...others]
}

/** The session's token in a `Cookie` header; null when there is none of the right form. */
export function readSessionToken(own: OwnAddress, header: string | undefined): string | null {
  const parts = (header ?? '').split(';').map((part) => part.trim())
  const values = cookieNames(own).flatMap((name) =>
    parts.filter((part) => part.startsWith(`${name}=`)).map((part) => part.slice(name.length + 1)),
  )
  return values.find((text) => /^[A-Za-z0-9_-]{43}$/.test(text)) ?? null
}
