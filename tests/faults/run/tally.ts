import type { Verdict } from '../people/ledger.ts'

interface Row {
  tried: number
  messages: number
  lost: number
  doubled: number
  reordered: number
}
const emptyRow: Row = { tried: 0, messages: 0, lost: 0, doubled: 0, reordered: 0 }

/** The result of a long run, as it is printed for programs. */
export interface Report extends Omit<Row, 'tried'> {
  kills: number
  faults: ({ id: string } & Omit<Row, 'messages'>)[]
}

/** Counts messages, not findings: one that three people miss is lost once. */
export class Tally {
  readonly #rows = new Map<string, Row>()
  readonly #total: Row = { ...emptyRow }
  #kills = 0
  /** Findings that are no message’s loss, doubling or disorder: something at the wrong person, an error logged. */
  readonly others: string[] = []

  /** What one run of these faults, one after the other, has come to. */
  add(ids: readonly string[], { messages, found }: { messages: number; found: Verdict }): void {
    const counted: Row = {
      ...{ tried: 1, messages },
      lost: distinct(found.lost),
      doubled: distinct(found.doubled),
      reordered: distinct(found.reordered),
    }
    increase(this.#total, counted)
    for (const id of ids) {
      const row = this.#rows.get(id) ?? { ...emptyRow }
      increase(row, counted)
      this.#rows.set(id, row)
    }
    this.others.push(...found.astray)
  }

  addKills(kills: number): void {
    this.#kills += kills
  }

  get isFaultless(): boolean {
    const { lost, doubled, reordered } = this.#total
    return lost + doubled + reordered + this.others.length === 0
  }

  report(): Report {
    const { messages, lost, doubled, reordered } = this.#total
    const faults = [...this.#rows].map(([id, row]) => {
      const { messages: _, ...counted } = row
      return { id, ...counted }
    })
    return { ...{ messages, kills: this.#kills, lost, doubled, reordered }, faults }
  }

  /** A Markdown table, with the sum at its end. */
  table(): string {
    const head = ['fault', 'tried', 'messages', 'lost', 'doubled', 'reordered']
    const line = (cells: (string | number)[]) => `| ${cells.join(' | ')} |`
    const values = (id: string, row: Row) =>
      line([id, row.tried, row.messages, row.lost, row.doubled, row.reordered])
    const rows = [...this.#rows].sort(([a], [b]) => a.localeCompare(b))
    return [
      line(head),
      '| --- | ---: | ---: | ---: | ---: | ---: |',
      ...rows.map(([id, row]) => values(id, row)),
      values(`all, with ${this.#kills} kills`, this.#total),
    ].join('\n')
  }
}

function increase(row: Row, by: Row): void {
  for (const key of ['tried', 'messages', 'lost', 'doubled', 'reordered'] as const) row[key] += by[key]
}

/** A finding begins with the message it is about. */
const distinct = (findings: readonly string[]): number =>
  new Set(findings.map((one) => one.split(': ')[0])).size

/** What a verdict has found that an earlier one had not. */
export const since = (earlier: Verdict, now: Verdict): Verdict => {
  const fresh = (kind: keyof Verdict) => now[kind].filter((one) => !earlier[kind].includes(one))
  return {
    ...{ lost: fresh('lost'), doubled: fresh('doubled') },
    ...{ reordered: fresh('reordered'), astray: fresh('astray') },
  }
}
