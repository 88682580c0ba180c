import type { SiteId } from '../../../shared/ids.ts'
import type { JourneyBuilder } from '../../../shared/metrics/journeys/fold.ts'
import { Numbering } from '../../../shared/metrics/journeys/numbering.ts'
import type { Sighting } from '../../../shared/metrics/journeys/question.ts'
import { hourMs } from './hour.ts'
import { type Cells, unpacked } from './packing.ts'
import { devices, none, type Part, type PeopleWords } from './part.ts'

/** Tells a report all that is in one part after the other. */
export class Teller {
  readonly #pages = new Map<SiteId, SitePages>()
  #sighting: Sighting | null = null

  constructor(private readonly builder: JourneyBuilder) {}

  tell(part: Part): void {
    this.#sighting ??= {
      visitor: 0,
      visit: 0,
      siteId: part.siteId,
      device: null,
      language: null,
      segments: [],
      at: 0,
    }
    new Telling(part, this.builder, { pages: this.#pagesOf(part.siteId), sighting: this.#sighting }).all()
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
    const pages = new Int32Array(hashes?.length ?? 0)
    for (let i = 0; i < pages.length; i++) {
      const number = this.#numbering.of(hashes?.[i] ?? 0)
      const page =
        this.#pages[number] ?? this.#read(bytes.toString('utf8', i === 0 ? 0 : ends?.[i - 1], ends?.[i]))
      pages[i] = page
    }
    return pages
  }

  /** Numbers are given in order, so each new one stands at the end. */
  #read(path: string): number {
    const page = this.builder.page(this.siteId, path)
    this.#pages.push(page)
    return page
  }
}

class Telling {
  private readonly sighting: Sighting
  readonly #begin: number
  readonly #words: PeopleWords
  readonly #visitor: Float64Array
  readonly #visit: Float64Array
  readonly #at: Uint32Array
  readonly #device: Uint32Array
  readonly #language: Uint32Array
  readonly #set: Uint32Array
  readonly #chats: Rows
  readonly #events: Rows
  readonly #views: Views | null

  constructor(
    part: Part,
    private readonly builder: JourneyBuilder,
    { pages, sighting }: { pages: SitePages; sighting: Sighting },
  ) {
    const { words, columns } = unpacked<PeopleWords>(part.people)
    this.sighting = sighting
    sighting.siteId = part.siteId
    this.#begin = part.hour * hourMs
    this.#words = words
    this.#visitor = doubles(columns[0])
    this.#visit = doubles(columns[1])
    this.#at = wholes(columns[2])
    this.#device = wholes(columns[3])
    this.#language = wholes(columns[4])
    this.#set = wholes(columns[5])
    this.#chats = new Rows(columns.slice(6, 10))
    this.#events = new Rows(columns.slice(10))
    this.#views = part.pages === null ? null : new Views(part.pages, pages)
  }

  all(): void {
    this.#looseChats()
    const count = this.#visitor.length
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

  /** The same object each time, filled anew: hundreds of thousands would keep the collector busy. */
  #sighting(stay: number): Sighting {
    const { sighting } = this
    sighting.visitor = this.#visitor[stay] ?? 0
    sighting.visit = this.#visit[stay] ?? 0
    sighting.at = this.#begin + (this.#at[stay] ?? 0)
    sighting.device = devices[this.#device[stay] ?? 0] ?? null
    sighting.language = this.#words.languages[this.#language[stay] ?? 0] ?? null
    sighting.segments = this.#setOf(this.#set[stay] ?? 0)
    return sighting
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
  readonly #counts: Uint32Array
  readonly #page: Uint32Array
  readonly #at: Uint32Array
  readonly #engaged: Uint32Array

  constructor(bytes: Uint8Array, pages: SitePages) {
    const { columns } = unpacked<null>(bytes)
    this.#pages = pages.of(columns)
    this.#counts = wholes(columns[3])
    this.#page = wholes(columns[4])
    this.#at = wholes(columns[5])
    this.#engaged = wholes(columns[6])
  }

  count(stay: number): number {
    return this.#counts[stay] ?? 0
  }

  skip(stay: number): void {
    this.row += this.count(stay)
  }

  get at(): number {
    return this.#at[this.row] ?? 0
  }

  get page(): number {
    return this.#pages[this.#page[this.row] ?? 0] ?? 0
  }

  get engagedMs(): number | null {
    const engaged = this.#engaged[this.row] ?? none
    return engaged === none ? null : engaged
  }
}

/** Of one kind, whatever room they were packed in: a look at cells of many kinds is slow. */
const wholes = (cells: Cells | undefined): Uint32Array =>
  cells instanceof Uint32Array ? cells : new Uint32Array(cells ?? [])
const doubles = (cells: Cells | undefined): Float64Array =>
  cells instanceof Float64Array ? cells : new Float64Array(cells ?? [])
