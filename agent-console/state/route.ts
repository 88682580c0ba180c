import * as v from 'valibot'
import { ConversationId, type SiteId } from '../../shared/ids.ts'
import { everybody, RosterQuery } from '../../shared/roster-query.ts'
import { fold } from '../../shared/text/fold.ts'
import { siteIdIn } from './ids.ts'
import { type ReportView, reportHref, reportViewIn } from './report-view.ts'

/** The place within the console; it stands in the fragment, so that a reload comes back to it. */
export type Route =
  /** `entry`: the one to be looked at. */
  | { screen: 'inbox'; conversationId: ConversationId | null; entry?: number }
  | { screen: 'visitors'; query: RosterQuery }
  | { screen: 'reports'; view: ReportView }
  | { screen: 'wall'; site: SiteId | null }
  | { screen: 'proactive' }
  | { screen: 'follow-ups' }
  | { screen: 'settings' }
  | { screen: 'setup'; secret: string }

export type Screen = Route['screen']

/** The place a fragment such as `#/inbox/c_…` names; the inbox for all it does not understand. */
export function parseRoute(hash: string): Route {
  const [path = '', asked = ''] = hash.replace(/^#?\/?/, '').split(/\?(.*)/s)
  const [screen, rest = ''] = path.split('/')
  switch (screen) {
    case 'visitors':
      return { screen, query: queryIn(asked) }
    case 'reports':
      return { screen, view: reportViewIn(rest, asked) }
    case 'wall':
      return { screen, site: siteIdIn(new URLSearchParams(asked).get('site') ?? '') }
    case 'follow-ups':
    case 'proactive':
    case 'settings':
      return { screen }
    case 'setup':
      return { screen, secret: decode(rest) }
    default:
      return { screen: 'inbox', conversationId: conversationIn(rest), ...entryIn(asked) }
  }
}

export function hrefOf(route: Route): string {
  if (route.screen === 'setup') return `#/setup/${encodeURIComponent(route.secret)}`
  if (route.screen === 'inbox' && route.conversationId)
    return `#/inbox/${route.conversationId}${route.entry ? `?entry=${route.entry}` : ''}`
  if (route.screen === 'visitors') return `#/visitors${searchOf(route.query)}`
  if (route.screen === 'reports') return reportHref(route.view)
  if (route.screen === 'wall' && route.site) return `#/wall?site=${route.site}`
  return `#/${route.screen}`
}

/** A part that cannot be understood is left out: an address made by hand shows something all the same. */
function queryIn(search: string): RosterQuery {
  let query = everybody
  for (const [name, value] of new URLSearchParams(search)) {
    const more = v.safeParse(RosterQuery, { ...query, [name]: filterIn(name, value) })
    if (more.success) query = more.output
  }
  return query
}

function filterIn(name: string, value: string): unknown {
  if (name === 'grouped') return value === 'yes'
  return name === 'scoreAtLeast' ? wholeIn(value) : value
}

/** A whole number in the digits of any keyboard here; undefined for anything else. */
export function wholeIn(text: string): number | undefined {
  const plain = fold(text).replace('−', '-')
  return /^-?\d{1,5}$/.test(plain) ? Number(plain) : undefined
}

function searchOf({ grouped, order, ...filters }: RosterQuery): string {
  const parts = Object.entries(filters).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  )
  if (order !== everybody.order) parts.push(['order', order])
  if (grouped) parts.push(['grouped', 'yes'])
  return parts.length > 0 ? `?${new URLSearchParams(parts)}` : ''
}

function entryIn(search: string): { entry?: number } {
  const entry = Number(new URLSearchParams(search).get('entry') ?? Number.NaN)
  return Number.isSafeInteger(entry) && entry > 0 ? { entry } : {}
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
