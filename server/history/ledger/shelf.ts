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

type Listed = Omit<Shelved, 'sheet'>
type Row = { [Name in keyof Listed]: number } & { body: Uint8Array }

/**
 * The parts of the ledger as the store has them. Those read before are not read again while they are the same; where
 * there is no room for all, the latest days stay, since of those most is asked.
 */
export class Shelf {
  readonly #days = new Map<number, Shelved[]>()

  constructor(
    private readonly queries: LookUps,
    private readonly most = room,
  ) {}

  /** Of all days from the first to the last, in order. */
  async read(first: number, last: number): Promise<Shelved[]> {
    const listed = await this.queries.all<Row>(
      'SELECT day, block, stamp FROM ledger_parts WHERE day >= ? AND day <= ?',
      [first, last],
    )
    const known = listed.flatMap((one) => this.#known(one) ?? [])
    const fetched = await this.#fetch(listed.filter((one) => !this.#known(one)))
    const parts = [...known, ...fetched].sort((a, b) => a.day - b.day || a.block - b.block)
    for (let day = first; day <= last; day++) this.#days.delete(day)
    for (const part of parts) this.#put(part)
    this.#makeRoom()
    return parts
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
    const own = this.#days.get(part.day)
    if (own) own.push(part)
    else this.#days.set(part.day, [part])
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
