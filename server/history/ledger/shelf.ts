import { bigint, type LookUps } from '../engine.ts'
import type { Place } from './part.ts'
import { Sheet } from './sheet-reader.ts'

/** Bodies kept, in bytes: those of half a year where a thousand conversations a day are had. */
const room = 64 * 2 ** 20

/** A part as it was last read. Its stamp is another once it is. */
export interface Shelved extends Place {
  stamp: number
  sheet: Sheet
}

export type Listed = Omit<Shelved, 'sheet'>
type ListedRow = { [Name in keyof Listed]: number }
type Row = { [Name in keyof Listed]: number } & { body: Uint8Array }

/** Tells it apart from all parts, and from what it was before. */
export const nameOf = ({ day, block, stamp }: Listed): string => `${day} ${block} ${stamp}`

/**
 * The parts of the ledger as the store has them. Those read before are not read again while they are the same; where
 * there is no room for all, the latest days stay, since of those most is asked.
 */
export class Shelf {
  readonly #days = new Map<number, Shelved[]>()
  #refreshed = 0

  constructor(
    private readonly queries: LookUps,
    private readonly most = room,
  ) {}

  /** Of all days from the first to the last, in order. */
  async read(first: number, last: number): Promise<Shelved[]> {
    return this.fetch(await this.list(first, last))
  }

  /** Which parts there are of these days, in order. What was read of them and is not there any more is let go of. */
  async list(first: number, last: number): Promise<Listed[]> {
    const listed = await this.queries.all<ListedRow>(
      'SELECT day, block, stamp FROM ledger_parts WHERE day >= ? AND day <= ? ORDER BY day, block',
      [first, last],
    )
    const there = new Set(listed.map(nameOf))
    for (let day = first; day <= last; day++) {
      const parts = this.#days.get(day)
      if (parts)
        this.#days.set(
          day,
          parts.filter((part) => there.has(nameOf(part))),
        )
    }
    return listed
  }

  /** Those of these that are still as they were listed, in their order. */
  async fetch(listed: readonly Listed[]): Promise<Shelved[]> {
    const known = listed.flatMap((one) => this.#known(one) ?? [])
    const refreshed = this.#refreshed
    const fetched = await this.#fetch(listed.filter((one) => !this.#known(one)))
    // What was being read meanwhile may be what was to be let go of.
    if (refreshed === this.#refreshed) for (const part of fetched) this.#put(part)
    this.#makeRoom()
    return [...known, ...fetched].sort((a, b) => a.day - b.day || a.block - b.block)
  }

  get bytes(): number {
    return [...this.#days.values()].flat().reduce((sum, { sheet }) => sum + sheet.bytes, 0)
  }

  /** Lets go of what is not there any more, or not any more as it was. */
  async refresh(): Promise<void> {
    this.#refreshed++
    const days = [...this.#days.keys()]
    if (days.length > 0) await this.list(Math.min(...days), Math.max(...days))
  }

  #known({ day, block, stamp }: Listed): Shelved | undefined {
    return this.#days.get(day)?.find((one) => one.block === block && one.stamp === stamp)
  }

  async #fetch(missing: readonly Listed[]): Promise<Shelved[]> {
    const rows = await this.queries.lookUp<Row>({
      select: 'SELECT day, block, stamp, body FROM ledger_parts',
      by: [bigint('day'), bigint('block')],
      keys: missing.map(({ day, block }) => [day, block]),
    })
    return rows.map(({ body, ...listed }) => ({ ...listed, sheet: new Sheet(body) }))
  }

  #put(part: Shelved): void {
    const others = (this.#days.get(part.day) ?? []).filter(({ block }) => block !== part.block)
    this.#days.set(part.day, [...others, part])
  }

  #makeRoom(): void {
    const latest = [...this.#days].sort(([day], [other]) => other - day)
    let bytes = 0
    for (const [day, parts] of latest) {
      for (const { sheet } of parts) bytes += sheet.bytes
      if (bytes > this.most) this.#days.delete(day)
    }
  }
}
