import type { Entry } from '../../../shared/conversation/entry.ts'
import type { EpisodeFacts } from '../../../shared/conversation/facts.ts'
import { makeId, type RuleId, type SiteId, type VisitorId } from '../../../shared/ids.ts'
import { day } from '../../../shared/limits.ts'
import { type Locale, locales } from '../../../shared/locale.ts'
import type { Visitor } from '../../../shared/visitor.ts'
import type { Chance } from '../../demo/seeding/chance.ts'
import { dialogues } from '../../demo/seeding/dialogues.ts'
import type { AgentAuthor } from '../../demo/seeding/spoken.ts'
import type { Lived } from '../../history/bulk.ts'
import { look } from './looks.ts'
import { isOnShift, moments } from './rhythm.ts'
import type { Staff } from './staff.ts'
import { Talk } from './talk.ts'

export interface Extent {
  from: number
  /** Nothing is later. */
  to: number
  conversations: number
  pageViews: number
}

interface Guest {
  id: VisitorId
  siteId: SiteId
  until: number
}

const minute = 60_000
/** Of those who came lately, how many may come again. */
const remembered = 5_000

/** Everything that happened, in the order in which it began. The same chance gives the same life. */
export function* live(
  { from, to, conversations, pageViews }: Extent,
  staff: Staff,
  chance: Chance,
): Generator<Lived> {
  const guests: Guest[] = []
  const ruleId = makeId('r', from, chance.bytes(10))
  const viewsEach = pageViews / Math.max(1, conversations)
  let owed = 0
  for (const at of moments({ from, to, count: conversations }, () => chance.next())) {
    owed += viewsEach
    const guest = comeAgain(guests, at, chance) ?? (yield* comeFirst(guests, { at, staff, chance }))
    const talked = Math.min(Math.floor(owed), chance.between(1, 6))
    yield* look({ guest, at: at - talked * minute, count: talked, chance })
    const talk = talkOf({ guest, at, staff, chance, ruleId })
    const entries = talk.entries.filter((entry) => entry.at < to)
    guest.until = entries.at(-1)?.at ?? at
    const id = makeId('c', at, chance.bytes(10))
    const begun = { id, siteId: guest.siteId, visitorId: guest.id }
    yield { kind: 'conversation', begun, entries, facts: factsOf(entries, chance) }
    owed -= talked
    // Most look around and say nothing.
    while (owed >= 1) {
      const silent = yield* comeFirst(null, { at, staff, chance })
      const count = Math.min(Math.floor(owed), 8)
      yield* look({ guest: silent, at, count, chance })
      owed -= count
    }
  }
}

interface Coming {
  at: number
  staff: Staff
  chance: Chance
}

/** Of each episode whose beginning is among the entries. */
function factsOf(entries: readonly Entry[], chance: Chance): EpisodeFacts[] {
  const language = chance.pick(['en-GB', 'fa-IR', 'fa-IR', 'ar-EG', 'de'])
  const device = chance.happens(0.55) ? ('phone' as const) : ('desktop' as const)
  const segments = chance.happens(0.2) ? ['buyers'] : []
  const [first] = entries
  const proactive = first?.kind === 'message' && first.auto
  const page = `https://shop-1.example/catalogue/${chance.between(1, 12)}`
  const reopened = entries.filter(({ kind }) => kind === 'reopened').length
  return Array.from({ length: 1 + reopened }, (_, i) => ({
    ...{ episode: i + 1, segments, language, page, device, proactive: proactive && i === 0 },
  }))
}

/** A message within a day of the last would have gone on with the same conversation. */
function comeAgain(guests: Guest[], at: number, chance: Chance): Guest | null {
  if (guests.length === 0 || !chance.happens(0.25)) return null
  const guest = guests[chance.between(0, guests.length - 1)]
  return guest && guest.until + day < at ? guest : null
}

function* comeFirst(guests: Guest[] | null, { at, staff, chance }: Coming): Generator<Lived, Guest> {
  const siteId = chance.happens(0.75) ? staff.sites[0] : chance.pick(staff.sites)
  const guest = { id: makeId('v', at, chance.bytes(10)), siteId, until: at }
  yield { kind: 'visitor', visitor: visitorOf(guest, at, chance.pick(locales)) }
  if (guests && guests.push(guest) > remembered) guests.splice(0, remembered / 2)
  return guest
}

const visitorOf = ({ id, siteId }: Guest, at: number, locale: Locale): Visitor => ({
  ...{ id, siteId, externalId: null, name: null, email: null, phone: null, verified: false, locale },
  ...{ attributes: {}, visits: 1, createdAt: at, seenAt: at, surveyedAt: null, quietSince: null },
})

interface Talking extends Coming {
  guest: Guest
  ruleId: RuleId
}

function talkOf({ guest, at, staff, chance, ruleId }: Talking): Talk {
  const talk = new Talk(chance, guest.id, at)
  const locale = chance.pick(locales)
  const path = `/catalogue/${chance.between(1, 12)}/${chance.between(1, 400)}`
  const page = { url: `https://shop-1.example${path}`, title: `Catalogue ${path}` }
  if (chance.happens(0.1)) {
    talk.invite(ruleId, 'Can I help you find something?')
    talk.at += chance.around(40_000)
  }
  const episodes = chance.happens(0.06) ? 2 : 1
  for (let i = 0; i < episodes; i++) {
    if (i > 0) {
      talk.at += Math.min(chance.around(3 * 60 * minute), day - minute)
      talk.reopen()
    }
    episode(talk, { lines: chance.pick(dialogues[locale]), page, staff, chance })
  }
  return talk
}

interface Episode extends Pick<Coming, 'staff' | 'chance'> {
  lines: readonly string[]
  page: { url: string; title: string }
}

function episode(talk: Talk, { lines, page, staff, chance }: Episode): void {
  const { agent, isThere } = whoAnswers(staff, talk.at, chance)
  const unanswered = chance.happens(isThere ? 0.04 : 0.35)
  let before = ''
  for (const line of lines) {
    if (line.startsWith('v:')) {
      if (before === 'a') talk.at += chance.around(25_000)
      else if (before === 'v') talk.at += chance.around(8_000)
      talk.ask(line.slice(2), page)
    } else if (!unanswered) talk.at += answer(talk, line.slice(2), { agent, isThere, staff, chance })
    before = line.charAt(0)
  }
  if (unanswered) giveUp(talk, chance)
  else {
    talk.at += chance.around(3 * minute)
    talk.close(chance.happens(0.85) ? agent : null, chance.happens(0.85) ? 'agent' : 'inactive')
  }
}

function giveUp(talk: Talk, chance: Chance): void {
  talk.at += chance.around(4 * minute)
  if (chance.happens(0.7)) talk.leave()
  talk.at += chance.around(50 * minute)
  talk.close(null, 'inactive')
}

interface Answering extends Pick<Coming, 'staff' | 'chance'> {
  agent: AgentAuthor
  isThere: boolean
}

/** Now and then with a note before, or by somebody else to whom it was handed over. */
function answer(talk: Talk, text: string, { agent, isThere, staff, chance }: Answering): number {
  const waits = chance.around(isThere ? 55_000 : 25 * minute)
  talk.at += Math.floor(waits / 2)
  if (chance.happens(0.04)) talk.assign(chance.pick(staff.agents), agent)
  if (chance.happens(0.05)) talk.note(agent, 'Asked the workshop.')
  talk.at += Math.ceil(waits / 2)
  talk.answer(agent, text)
  return 0
}

function whoAnswers({ agents }: Staff, at: number, chance: Chance) {
  const there = agents.filter((_, person) => isOnShift(person, at))
  const [first, ...others] = there
  return first
    ? { agent: chance.pick([first, ...others]), isThere: true }
    : { agent: chance.pick(agents), isThere: false }
}
