import { limits } from '../../limits.ts'
import { utmOf } from '../../utm.ts'
import { cartOf } from '../cart.ts'
import type { EventFact, Facts } from '../facts.ts'
import { addLatest } from '../latest.ts'
import type { Past, PastChat, PastEvent, PastView, PastVisit } from './recorded.ts'

/** What nobody has recorded, and is taken for granted in a replay because somebody said so. */
export interface Assumed {
  somebodyCanAnswer?: boolean | undefined
  agentsOnline?: number | undefined
  queue?: number | undefined
}

/** What is known of a visit whatever page it shows. What was not recorded is left out, and unknown. */
export function factsOfVisit(past: Past, index: number, assumed: Assumed): Facts {
  const { person, visits } = past
  const visit = visits[index]
  const landing = visit?.views[0]
  if (!visit || !landing) return { ...assumed }
  const later = visits.length - 1 - index + past.visitsLater
  const before = lastSeen(past, index)
  const returning = index > 0 || (person ? person.createdAt < visit.startedAt : undefined)
  return {
    ...assumed,
    ...{ referrer: landing.referrer, utm: utmOf(landing.url), returning },
    ...{ language: landing.language, device: landing.device },
    // Where the device was recorded, nobody told of a country.
    country: landing.country ?? (landing.device ? null : undefined),
    visits: person?.visits ? Math.max(1, person.visits - later) : undefined,
    attributes: person?.attributes,
    tags: person ? new Set(person.tags) : undefined,
    lastSeenAt: before ?? (returning === false ? null : undefined),
  }
}

function lastSeen({ visits, seenBefore }: Past, index: number): number | null {
  const before = visits[index - 1]
  return before ? (before.views.at(-1)?.at ?? before.startedAt) : seenBefore
}

/** When the visitor is known to have been on the page at last, ms. */
export interface Stay {
  until: number
  /** Nobody has recorded how much longer they stayed. */
  isOpen: boolean
}

/** Until the next view; the last one as long as it was in use. */
export function stayOn({ views, events }: PastVisit, index: number): Stay {
  const view = views[index]
  const next = views[index + 1]
  if (!view || next) return { until: next?.at ?? 0, isOpen: false }
  const last = events.at(-1)?.at ?? view.at
  return { until: Math.max(last, view.at + (view.engagedMs ?? 0)), isOpen: view.engagedMs === undefined }
}

/** What happened in a visit until now, as rules ask for it. */
export class PastEvents {
  private readonly counts = new Map<string, number>()
  private readonly latest: PastEvent[] = []
  private told: Pick<Facts, 'events' | 'cart'> | null = { events: new Map(), cart: null }

  note(event: PastEvent): void {
    this.counts.set(event.name, (this.counts.get(event.name) ?? 0) + event.count)
    addLatest(this.latest, event, limits.eventTimes)
    this.told = null
  }

  facts(): Pick<Facts, 'events' | 'cart'> {
    if (this.told) return this.told
    const events = new Map<string, EventFact>()
    for (const [name, count] of this.counts)
      events.set(name, { count, latest: this.latest.filter((one) => one.name === name) })
    this.told = { events, cart: cartOf(events) }
    return this.told
  }
}

/** What each page of a visit tells by itself. */
export const factsOfView = (visit: Facts, { url, title }: PastView, pageViews: number): Facts => ({
  ...visit,
  ...{ url, title, pageViews },
})

/** When anything was last added to a conversation of theirs; null for never. */
export const lastChatAt = (chats: readonly PastChat[], at: number): number | null =>
  latest(
    chats.flatMap(({ moved }) => moved),
    at,
  )

/** When they last wrote, or are otherwise known to want quiet. */
export const quietSince = ({ chats, person }: Past, at: number): number | null =>
  latest([...chats.flatMap(({ said }) => said), ...(person?.quietSince ? [person.quietSince] : [])], at)

export const isTalking = (chats: readonly PastChat[], at: number): boolean =>
  chats.some(({ opened, closed }) => (latest(opened, at) ?? 0) > (latest(closed, at) ?? 0))

const latest = (moments: readonly number[], at: number): number | null =>
  moments.reduce<number | null>(
    (last, moment) => (moment <= at ? Math.max(last ?? moment, moment) : last),
    null,
  )
