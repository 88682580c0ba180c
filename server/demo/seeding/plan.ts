import type { Command } from '../../../shared/conversation/decide.ts'
import { type ConversationId, makeId, type VisitId, type VisitorId } from '../../../shared/ids.ts'
import { day } from '../../../shared/limits.ts'
import type { Locale } from '../../../shared/locale.ts'
import { texts } from '../layout.ts'
import { address, type Slug, slugs } from '../shop.ts'
import { Chance } from './chance.ts'
import { type Dialogue, dialogues, farewells } from './dialogues.ts'
import { names } from './people.ts'
import { factsOf, type PlannedFacts } from './segments.ts'
import { isThere } from './shifts.ts'
import { type AgentAuthor, type Course, minute, Spoken, second } from './spoken.ts'

export interface Setting {
  seed: number
  /** The conversations end, or wait, at this time (ms). */
  now: number
  /** Of the pages, such as `http://localhost:3000`. */
  origin: string
  agents: readonly [AgentAuthor, ...AgentAuthor[]]
  conversations: number
}

export interface PlannedView {
  visitId: VisitId
  url: string
  title: string
  at: number
}

/** One visitor, where they looked, and what came to be said. */
export interface PlannedConversation {
  conversationId: ConversationId
  visitorId: VisitorId
  start: number
  end: number
  name: string | null
  locale: Locale
  views: PlannedView[]
  commands: { at: number; command: Command }[]
  facts: PlannedFacts
  /** Agents have looked at all of it. */
  read: boolean
}

/** A month of conversations, oldest first. The same setting gives the same month. */
export function planMonth(setting: Setting): PlannedConversation[] {
  const chance = new Chance(setting.seed)
  const open: Course[] = ['waiting', 'talking', 'waiting', 'talking', 'waiting']
  const past = Array.from({ length: setting.conversations - open.length }, () => pastCourse(chance))
  const starts = past.map(() => pastStart(setting.now, chance)).sort((a, b) => a - b)
  return [
    ...past.map((course, i) => converse({ setting, chance, course, start: starts[i] ?? setting.now })),
    ...open.map((course, i) =>
      converse({ setting, chance, course, start: setting.now - (2 + i * 7) * minute }),
    ),
  ]
}

function pastCourse(chance: Chance): Course {
  if (chance.happens(0.08)) return 'unanswered'
  return chance.happens(0.14) ? 'slow' : 'answered'
}

/** Within the last thirty days, in the hours in which people shop, and over by now. */
function pastStart(now: number, chance: Chance): number {
  const dawn = Math.floor(now / day) * day - chance.between(0, 29) * day
  const start = dawn + chance.between(7 * 60, 21 * 60) * minute + chance.between(0, 59) * second
  return start > now - 5 * 60 * minute ? start - day : start
}

interface Making {
  setting: Setting
  chance: Chance
  course: Course
  start: number
}

function converse(making: Making): PlannedConversation {
  const { chance, start, course, setting } = making
  const locale = chance.pick<Locale>(['en', 'en', 'ar', 'fa', 'fa'])
  const visitorId = makeId('v', start, chance.bytes(10))
  const slug = chance.pick<Slug>(['dawn-bowl', ...slugs])
  const views = browse({ ...making, locale, slug })
  const page = views.at(-1)
  const spoken = new Spoken({
    ...{ chance, course, start },
    agent: chance.pick(thereAt(setting, start)),
    visitor: { kind: 'visitor', id: visitorId },
    page: page && { url: page.url, title: page.title },
  })
  const lines = fill(chance.pick(dialogues[locale]), texts[locale].wares[slug].name)
  const farewell = chance.happens(0.8) ? [`a:${chance.pick(farewells[locale])}`] : []
  spoken.through([...lines, ...farewell], locale)
  const commands = spoken.commands.filter(({ at }) => at <= setting.now)
  return {
    conversationId: makeId('c', start, chance.bytes(10)),
    ...{ visitorId, locale, views, commands },
    facts: factsOf(chance, locale, views),
    start: views[0]?.at ?? start,
    end: commands.at(-1)?.at ?? start,
    name: chance.happens(0.65) ? chance.pick(names[locale]) : null,
    read: course !== 'waiting',
  }
}

/** Whoever is at work; somebody even so where nobody is. */
function thereAt({ agents }: Setting, at: number): Setting['agents'] {
  const [first = agents[0], ...others] = agents.filter((_, i) => isThere(i, at))
  return [first, ...others]
}

const fill = (dialogue: Dialogue, ware: string): string[] =>
  dialogue.map((line) => line.replace('{ware}', ware))

function browse({
  setting,
  chance,
  start,
  locale,
  slug,
}: Making & { locale: Locale; slug: Slug }): PlannedView[] {
  const words = texts[locale]
  const visitId = makeId('t', start, chance.bytes(10))
  const trail: [string, string][] = [
    ['', words.home.title],
    ['collection', words.collection.title],
    [`products/${slug}`, `${words.wares[slug].name} · ${words.brand}`],
  ]
  const steps = trail.slice(chance.between(0, 2))
  let at = start - steps.length * minute
  return steps.map(([path, title]) => {
    const view = { visitId, url: `${setting.origin}${address(locale, path)}`, title, at }
    at += chance.between(15, 55) * second
    return view
  })
}
