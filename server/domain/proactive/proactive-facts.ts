import type { OfficeHours } from '../../../shared/calendar/hours.ts'
import { cartOf } from '../../../shared/triggers/cart.ts'
import type { EventFact, Facts } from '../../../shared/triggers/facts.ts'
import type { RecordedPageView } from '../../../shared/visitor.ts'
import type { Agents } from '../domain.ts'
import type { Visit } from '../visits/visit.ts'
import { visitFacts } from '../visits/visit-facts.ts'

/** What the server knows of a visit and of the house for a page of it, as rules ask for it. */
export interface FactsNeeds {
  agents: Pick<Agents, 'somebodyCanAnswer' | 'colleagues'>
  /** Conversations that wait, if anybody asks; undefined while it is not known. */
  queue?: number | undefined
  /** Teams of which somebody is online, by name. */
  teamsOnline?: ReadonlySet<string> | undefined
  calendars?: ReadonlyMap<string, OfficeHours> | undefined
}

export interface Present {
  visit: Visit
  view: RecordedPageView
  now: number
  /** As the page counts them; left out while it has not spoken. */
  secondsOnPage?: number | undefined
}

/** A page's seconds and the server's do not begin at the same moment: so far apart they may be, ms. */
const skew = 30_000

/** The page is believed about the seconds that it alone can count; all else is the server's own record. */
export function factsOf(
  { agents, queue, teamsOnline, calendars }: FactsNeeds,
  { visit, view, now: here, secondsOnPage }: Present,
): Facts {
  const byPage = view.at + (secondsOnPage ?? 0) * 1_000
  const now = Math.max(here, Math.min(byPage, here + skew))
  const known = visitFacts(visit)
  const events = eventFactsOf(visit)
  // Field by field: put together of spread parts, it weighs and costs several times as much.
  return {
    now,
    url: view.url,
    title: view.title,
    secondsOnPage,
    referrer: known.referrer,
    utm: known.utm,
    pageViews: known.pageViews,
    attributes: known.attributes,
    tags: known.tags,
    language: known.language,
    device: known.device,
    country: known.country,
    returning: known.returning,
    lastSeenAt: known.lastSeenAt,
    lastChatAt: visit.visitorId ? visit.lastChatAt : null,
    visits: known.visits ?? undefined,
    secondsOnSite: Math.floor((now - visit.startedAt) / 1_000),
    events,
    cart: events.size === 0 ? null : cartOf(events),
    somebodyCanAnswer: agents.somebodyCanAnswer(),
    queue,
    teamsOnline,
    calendars,
    segments: undefined,
    leadScore: undefined,
    agentsOnline: agents.colleagues().filter(({ status }) => status === 'online').length,
  }
}

/** With what a page has told of itself so far; it may know better by now. */
export function seenFacts(needs: FactsNeeds, { visit, view, now }: Present): Facts {
  const secondsOnPage = Math.max(0, Math.floor(((view.leftAt ?? now) - view.at) / 1_000))
  return { ...factsOf(needs, { visit, view, now, secondsOnPage }), scroll: view.scroll }
}

const noEvents: ReadonlyMap<string, EventFact> = new Map()

function eventFactsOf({ events, latestEvents }: Visit): ReadonlyMap<string, EventFact> {
  if (!events) return noEvents
  const latest = latestEvents ?? []
  return new Map(
    [...events].map(([name, { count }]) => [
      name,
      { count, latest: latest.filter((one) => one.name === name) },
    ]),
  )
}
