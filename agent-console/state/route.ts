import * as v from 'valibot'
import { ConversationId } from '../../shared/ids.ts'

/** The place within the console; it stands in the fragment, so that a reload comes back to it. */
export type Route =
  | { screen: 'inbox'; conversationId: ConversationId | null }
  | { screen: 'visitors' }
  | { screen: 'reports' }
  | { screen: 'proactive' }
  | { screen: 'settings' }
  | { screen: 'setup'; secret: string }

export type Screen = Route['screen']

/** The place a fragment such as `#/inbox/c_…` names; the inbox for all it does not understand. */
export function parseRoute(hash: string): Route {
  const [screen, rest = ''] = hash.replace(/^#?\/?/, '').split('/')
  switch (screen) {
    case 'visitors':
    case 'reports':
    case 'proactive':
    case 'settings':
      return { screen }
    case 'setup':
      return { screen, secret: decode(rest) }
    default:
      return { screen: 'inbox', conversationId: conversationIn(rest) }
  }
}

export function hrefOf(route: Route): string {
  if (route.screen === 'setup') return `#/setup/${encodeURIComponent(route.secret)}`
  if (route.screen === 'inbox' && route.conversationId) return `#/inbox/${route.conversationId}`
  return `#/${route.screen}`
}

function conversationIn(text: string): ConversationId | null {
  const id = v.safeParse(ConversationId, text)
  return id.success ? id.output : null
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
