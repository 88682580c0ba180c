import type { Namespace, Socket } from 'socket.io'
import type { SiteId } from '../../shared/ids.ts'
import type { Locale } from '../../shared/locale.ts'
import type { AgentAnnouncements, VisitorAnnouncements } from '../../shared/protocol.ts'
import type { Written } from './packets.ts'

type Emits<Announcements> = {
  [Name in keyof Announcements]: (payload: Announcements[Name] | Written<Announcements[Name]>) => void
}
/** What clients send is unknown until it has passed the gateway. */
type Anything = Record<string, (...args: unknown[]) => void>

export type VisitorSocket = Socket<Anything, Emits<VisitorAnnouncements>>
export type AgentSocket = Socket<Anything, Emits<AgentAnnouncements>>
export type VisitorNamespace = Namespace<Anything, Emits<VisitorAnnouncements>>
export type AgentNamespace = Namespace<Anything, Emits<AgentAnnouncements>>

/** Of `/agent`: everybody who has said hello. */
export const everyAgent = 'agents'
/** Those of them that keep a list of all who are on the sites. */
export const rosterReaders = 'roster:all'
/** Of `/visitor`: everybody on this site who reads this language. */
export function readersOf(siteId: SiteId, locale: Locale): string {
  const known = rooms.get(siteId)?.[locale]
  if (known) return known
  const room = `${siteId}:${locale}`
  rooms.set(siteId, { ...rooms.get(siteId), [locale]: room })
  return room
}
/** One text for all who are in a room, not one each. */
const rooms = new Map<SiteId, Partial<Record<Locale, string>>>()
