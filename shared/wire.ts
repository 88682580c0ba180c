/** What both ends know of the wire before the first packet; apart from the schemas, so that a browser need not load those. */
export const protocolVersion = 1
export const wirePath = '/live'
/** Where a page that is being left tells what still waits. */
export const messagesPath = '/v1/messages'
/** A cookie the console may read: there may be a session. Set and cleared with it. */
export const sessionHint = 'ahlan_signed_in'

/** Why a socket is turned away; sent as `data.reason` of the connect error or in `refused`. */
export const refusalReasons = [
  'protocol', // speaks a version this server does not: reload
  'site', // no such site, or the page's origin is not one of its own
  'session', // the agent's session has ended: sign in
  'erased', // this visitor asked to be forgotten: wipe the device
  'crowded', // too many sockets from this address or visitor: wait
  'stopping', // the server is going down: reconnect
] as const
export type RefusalReason = (typeof refusalReasons)[number]

/** Fields that hold a time, by their name: ISO 8601 over HTTP, ms everywhere else. */
export const timeField = /^(at|from|to|.*At|.*Since)$/
