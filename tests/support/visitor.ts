import type { PageId, VisitorToken } from '../../shared/ids.ts'
import {
  protocolVersion,
  type Sent,
  type VisitorAnnouncements,
  type VisitorAnswers,
  type VisitorAuth,
  type VisitorSnapshot,
} from '../../shared/protocol.ts'
import { aClientId, aPage } from './random.ts'
import { Wire, type WireOptions } from './wire.ts'
import type { World } from './world.ts'

export type VisitorWire = Wire<VisitorAnswers, VisitorAnnouncements>

export interface VisitorOptions extends Partial<Omit<VisitorAuth, 'site' | 'page'>> {
  site?: string
  page?: PageId
  /** The page shown, unless denied: a path of the site's origin, or a whole address. */
  at?: string
  referrer?: string
  origin?: string
  resume?: unknown
  wire?: WireOptions
}

/** Somebody on the site, with a socket. */
export interface SocketVisitor {
  wire: VisitorWire
  page: PageId
  token: VisitorToken | undefined
  snapshot: VisitorSnapshot
  says(text: string, more?: object): Promise<Sent>
}

export const siteOf = (world: World) => {
  const [site] = world.app.domain.sites.list()
  if (!site) throw new Error('There is no site.')
  return site
}

export const pageAt = (world: World, path: string): string =>
  path.startsWith('http') ? path : `${siteOf(world).origins[0] ?? world.url}${path}`

/** Opens the socket without saying hello. */
export function knock(world: World, options: VisitorOptions = {}): Promise<VisitorWire> {
  const { site = siteOf(world).key, page = aPage(), token, consent = 'essential' } = options
  const { locale = 'en', device = 'desktop', origin = siteOf(world).origins[0] ?? world.url } = options
  return Wire.open<VisitorAnswers, VisitorAnnouncements>(`${world.url}/visitor`, {
    auth: { site, page, ...(token ? { token } : {}), consent, locale, device },
    extraHeaders: { origin },
    ...options.wire,
  })
}

/** Comes to the site: socket, hello and the page they look at. */
export async function visit(world: World, options: VisitorOptions = {}): Promise<SocketVisitor> {
  const page = options.page ?? aPage()
  const wire = await knock(world, { ...options, page })
  const { at = '/', referrer = '', consent, resume = null } = options
  const view = { url: pageAt(world, at), title: at, referrer: referrer && pageAt(world, referrer) }
  const snapshot = await wire.get('hello', {
    protocolVersion,
    resume,
    ...(consent === 'denied' ? {} : { view }),
  })
  return {
    wire,
    page,
    token: options.token,
    snapshot,
    says: (text, more = {}) =>
      wire.get('message:send', { clientId: aClientId(), conversationId: null, text, ...more }),
  }
}
