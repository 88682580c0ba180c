import type { SiteId } from '../../../shared/ids.ts'
import type { JourneyBuilder } from '../../../shared/metrics/journeys/fold.ts'
import { Numbering } from '../../../shared/metrics/journeys/numbering.ts'
import { hourMs } from './hour.ts'
import { type Cells, unpacked } from './packing.ts'
import { devices, none, type Part, type PeopleWords } from './part.ts'

/** Tells a report all that is in one part after the other. */
export class Teller {
  readonly #pages = new Map<SiteId, SitePages>()

  constructor(private readonly builder: JourneyBuilder) {}

  tell(part: Part): void {
    new Telling(part, this.builder, this.#pagesOf(part.siteId)).all()
  }

  #pagesOf(siteId: SiteId): SitePages {
    const known = this.#pages.get(siteId) ?? new SitePages(siteId, this.builder)
    this.#pages.set(siteId, known)
    return known
  }
}

/** By what number a report knows the pages of a site: a path is read once, however many hours it stands in. */
class SitePages {
  readonly #numbering = new Numbering()
  readonly #pages: number[] = []

  constructor(
    private readonly siteId: SiteId,
    private readonly builder: JourneyBuilder,
  ) {}

  /** Of each of the pages of a part. */
  of([hashes, ends, texts]: readonly Cells[]): Int32Array {
    const bytes = Buffer.from(texts?.buffer ?? new ArrayBuffer(0), texts?.byteOffset, texts?.byteLength)
    return Int32Array.from(hashes ?? [], (hash, i) => {
      const number = this.#numbering.of(hash)
      this.#pages[number] ??= this.builder.page(
        this.siteId,
        bytes.toString('utf8', i === 0 ? 0 : ends?.[i - 1], ends?.[i]),
      )
      return this.#pages[number]
    })
  }
}

class Telling {
  readonly #begin: number
  readonly #words: PeopleWords
  readonly #stays: readonly Cells[]
  readonly #chats: Rows
  readonly #events: Rows
  readonly #views: Views | null

  constructor(
    private readonly part: Part,
    private readonly builder: JourneyBuilder,
    pages: SitePages,
  ) {
    const { words, columns } = unpacked<PeopleWords>(part.people)
    this.#begin = part.hour * hourMs
    this.#words = words
    this.#stays = columns
    this.#chats = new Rows(columns.slice(6, 10))
    this.#events = new Rows(columns.slice(10))
    this.#views = part.pages === null ? null : new Views(part.pages, pages)
  }

  all(): void {
    this.#looseChats()
    const count = this.#stays[0]?.length ?? 0
    for (let stay = 0; stay < count; stay++) {
      const isAsked = this.builder.sighting(this.#sighting(stay))
      if (isAsked) this.#viewsAndChats(stay)
      else this.#views?.skip(stay)
      for (; this.#chats.stay === stay; this.#chats.next()) if (isAsked) this.#chat()
      for (; this.#events.stay === stay; this.#events.next()) if (isAsked) this.#event()
    }
  }

  #looseChats(): void {
    for (; this.#chats.stay === none; this.#chats.next())
      this.builder.chatOf(
        this.#chats.cell(1),
        this.#begin + this.#chats.cell(2),
        this.#setOf(this.#chats.cell(3)),
      )
  }

  #sighting(stay: number) {
    const [visitor, visit, at, device, language, set] = this.#stays
    return {
      ...{ visitor: visitor?.[stay] ?? 0, visit: visit?.[stay] ?? 0, siteId: this.part.siteId },
      at: this.#begin + (at?.[stay] ?? 0),
      device: devices[device?.[stay] ?? 0] ?? null,
      language: this.#words.languages[language?.[stay] ?? 0] ?? null,
      segments: this.#setOf(set?.[stay] ?? 0),
    }
  }

  #viewsAndChats(stay: number): void {
    const views = this.#views
    if (!views) return
    for (let left = views.count(stay); left > 0; left--) {
      for (; this.#chats.stay === stay && this.#chats.cell(2) < views.at; this.#chats.next()) this.#chat()
      this.builder.view(views.page, this.#begin + views.at, views.engagedMs)
      views.row++
    }
  }

  #chat(): void {
    this.builder.chat(this.#begin + this.#chats.cell(2), this.#setOf(this.#chats.cell(3)))
  }

  #event(): void {
    const name = this.#words.events[this.#events.cell(1)] ?? ''
    this.builder.event(name, this.#begin + this.#events.cell(2))
  }

  #setOf(set: number): readonly string[] {
    return this.#words.sets[set] ?? []
  }
}

/** Rows that follow the order of the stays they belong to, which the first column names. */
class Rows {
  #row = 0

  constructor(private readonly columns: readonly Cells[]) {}

  /** Of the row it stands at; undefined after the last. */
  get stay(): number | undefined {
    return this.columns[0]?.[this.#row]
  }

  cell(column: number): number {
    return this.columns[column]?.[this.#row] ?? 0
  }

  next(): void {
    this.#row++
  }
}

class Views {
  row = 0
  readonly #pages: Int32Array
  readonly #counts: Cells | undefined
  readonly #page: Cells | undefined
  readonly #at: Cells | undefined
  readonly #engaged: Cells | undefined

  constructor(text: string, pages: SitePages) {
    const { columns } = unpacked<null>(text)
    this.#pages = pages.of(columns)
    ;[this.#counts, this.#page, this.#at, this.#engaged] = columns.slice(3)
  }

  count(stay: number): number {
    return this.#counts?.[stay] ?? 0
  }

  skip(stay: number): void {
    this.row += this.count(stay)
  }

  get at(): number {
    return this.#at?.[this.row] ?? 0
  }

  get page(): number {
    return this.#pages[this.#page?.[this.row] ?? 0] ?? 0
  }

  get engagedMs(): number | null {
    const engaged = this.#engaged?.[this.row] ?? none
    return engaged === none ? null : engaged
  }
}
