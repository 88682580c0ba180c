import { type HourFacts, numberOf, type Place } from './hour.ts'
import { packed } from './packing.ts'

/** An hour as it is stored. `pages` is left unread where nobody asks what was looked at. */
export interface Part extends Place {
  people: Uint8Array
  pages: Uint8Array | null
}

export interface PeopleWords {
  languages: (string | null)[]
  sets: (readonly string[])[]
  events: string[]
}

/** Where a number is missing. */
export const none = 0xffff_ffff
export const devices = [null, 'desktop', 'phone'] as const

export function partOf(place: Place, facts: HourFacts): Part & { pages: Uint8Array } {
  return { ...place, people: packedPeople(facts), pages: packedPages(facts) }
}

export const isEmpty = ({ stays, chats }: HourFacts): boolean => stays.length + chats.length === 0

function packedPeople({ stays, chats: looseChats }: HourFacts): Uint8Array {
  const [languages, sets, names] = [
    new Words<string | null>(),
    new Words<readonly string[]>(),
    new Words<string>(),
  ]
  const chats = [
    ...looseChats.map((chat) => ({ chat, stay: none })),
    ...stays.flatMap((one, stay) => one.chats.map((chat) => ({ chat, stay }))),
  ]
  const events = stays.flatMap((one, stay) => one.events.map((event) => ({ event, stay })))
  const columns = [
    Float64Array.from(stays, ({ visitor }) => visitor),
    Float64Array.from(stays, ({ visit }) => visit),
    Uint32Array.from(stays, ({ at }) => at),
    Uint8Array.from(stays, ({ device }) => devices.indexOf(device)),
    Uint16Array.from(stays, ({ language }) => languages.of(language)),
    Uint16Array.from(stays, ({ segments }) => sets.of(segments)),
    Uint32Array.from(chats, ({ stay }) => stay),
    Float64Array.from(chats, ({ chat }) => chat.visitor),
    Uint32Array.from(chats, ({ chat }) => chat.at),
    Uint16Array.from(chats, ({ chat }) => sets.of(chat.segments)),
    Uint32Array.from(events, ({ stay }) => stay),
    Uint16Array.from(events, ({ event }) => names.of(event.name)),
    Uint32Array.from(events, ({ event }) => event.at),
  ]
  const words: PeopleWords = { languages: languages.all, sets: sets.all, events: names.all }
  return packed({ words, columns })
}

/** What is said again and again, by number. */
class Words<Word> {
  readonly all: Word[] = []
  readonly #numbers = new Map<string, number>()

  of(word: Word): number {
    const name = JSON.stringify(word)
    const known = this.#numbers.get(name)
    if (known !== undefined) return known
    const number = this.all.push(word) - 1
    this.#numbers.set(name, number)
    return number
  }
}

/** Paths lie one after the other and are told apart by number: most have been read with an earlier hour. */
function packedPages({ stays }: HourFacts): Uint8Array {
  const paths = new Words<string>()
  const views = stays.flatMap(({ views }) => views)
  const page = Uint32Array.from(views, ({ path }) => paths.of(path))
  const texts = paths.all.map((path) => Buffer.from(path))
  let end = 0
  const columns = [
    Float64Array.from(paths.all, numberOf),
    Uint32Array.from(texts, ({ length }) => (end += length)),
    new Uint8Array(Buffer.concat(texts)),
    Uint32Array.from(stays, ({ views }) => views.length),
    paths.all.length > 0xffff ? page : Uint16Array.from(page),
    Uint32Array.from(views, ({ at }) => at),
    Uint32Array.from(views, ({ engagedMs }) => (engagedMs === null ? none : Math.min(engagedMs, none - 1))),
  ]
  return packed({ words: null, columns })
}
