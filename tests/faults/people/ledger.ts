import type { Conversation } from '../../../shared/conversation/conversation.ts'
import type { Entry } from '../../../shared/conversation/entry.ts'
import type { Timeline } from '../../../shared/timeline.ts'

/** Something that shows conversations: a tab of a visitor or of an agent. */
export interface View {
  who: string
  /** Null for agents, who see everybody's. */
  visitor: string | null
  timelines(): Iterable<Timeline>
}

export interface Written {
  /** Who wrote it in which tab, and for which conversation, since only within these there is an order. */
  author: string
  /** Whose conversation it is for. */
  visitor: string
  note: boolean
}

/** A conversation as the store has it, from its first entry. */
export interface Stored {
  conversation: Conversation
  entries: readonly Entry[]
}

/** What went wrong, one line a message; all empty where nothing did. */
export interface Verdict {
  lost: string[]
  doubled: string[]
  reordered: string[]
  /** Seen by somebody it was not meant for, or without its place in the numbering. */
  astray: string[]
}

export const faultless: Verdict = { lost: [], doubled: [], reordered: [], astray: [] }

interface Shown {
  text: string
  place: string
  by: string
}

/**
 * What people wrote and what they were shown, moment by moment. Whatever was ever shown as part of a
 * conversation has to be there in the end, once, in the place it was shown at.
 */
export class Ledger {
  readonly #written = new Map<string, Written>()
  readonly #shown = new Map<string, Shown>()
  readonly #moved = new Set<string>()

  get count(): number {
    return this.#written.size
  }

  /** Every text is written once; the order of calls is the author's order. */
  wrote(text: string, written: Written): void {
    if (this.#written.has(text)) throw new Error(`“${text}” was written before: texts tell messages apart.`)
    this.#written.set(text, written)
  }

  /** Somebody was erased: nothing of theirs is to be found any more, by anybody. */
  forget(visitor: string): void {
    for (const [text, written] of this.#written) if (written.visitor === visitor) this.#written.delete(text)
    for (const [key, { text }] of this.#shown) if (!this.#written.has(text)) this.#shown.delete(key)
  }

  /** Looks at what is new in a view; call it at every change. */
  look(view: View): void {
    for (const { conversation, entries } of view.timelines())
      for (let i = entries.length - 1; i >= 0; i--) {
        const entry = entries[i]
        if (!conversation || entry?.kind !== 'message') continue
        const place = `${conversation.id}/${entry.seq}`
        const key = `${view.who} ${place}`
        const before = this.#shown.get(key)
        if (before?.text === entry.text) break
        if (before) this.#moved.add(`${before.text}: ${view.who} was shown another at its place later`)
        this.#shown.set(key, { text: entry.text, place, by: view.who })
      }
  }

  /** Holds everything against the store and against what each view shows now. */
  judge(stored: readonly Stored[], views: readonly View[]): Verdict {
    const places = placesOf(stored)
    const verdicts = [
      this.#judgeStore(stored, places),
      this.#judgePast(places),
      ...views.map((view) => this.#judgeView(view, stored, places)),
    ]
    return {
      lost: verdicts.flatMap((one) => one.lost),
      doubled: verdicts.flatMap((one) => one.doubled),
      reordered: [...verdicts.flatMap((one) => one.reordered), ...this.#moved],
      astray: verdicts.flatMap((one) => one.astray),
    }
  }

  #judgeStore(stored: readonly Stored[], places: Places): Verdict {
    const lost = [...this.#written.keys()].filter((text) => !places.has(text))
    const doubled = [...places].filter(([, at]) => at.length > 1).map(([text]) => text)
    const reordered = stored.flatMap(({ entries }) => this.#disorderIn(entries))
    const gaps = stored.flatMap(({ conversation, entries }) =>
      entries.every(({ seq }, i) => seq === i + 1) && entries.length === conversation.seq
        ? []
        : [`${conversation.id}: its numbers have gaps`],
    )
    return inStore({ lost, doubled, reordered, astray: gaps })
  }

  /** Messages of one author stand in the order they were written in. */
  #disorderIn(entries: readonly Entry[]): string[] {
    const order = new Map([...this.#written.keys()].map((text, i) => [text, i]))
    const latest = new Map<string, number>()
    return entries.flatMap((entry) => {
      const text = entry.kind === 'message' ? entry.text : ''
      const [author, nth] = [this.#written.get(text)?.author, order.get(text)]
      if (author === undefined || nth === undefined) return []
      const before = latest.get(author) ?? -1
      latest.set(author, Math.max(before, nth))
      return nth < before ? [text] : []
    })
  }

  /** No false “sent”: what was ever shown in a place is in that place. */
  #judgePast(places: Places): Verdict {
    const past = [...this.#shown.values()]
    const lost = past.filter(({ text }) => !places.has(text))
    const moved = past.filter(({ text, place }) => places.has(text) && !places.get(text)?.includes(place))
    return {
      ...faultless,
      lost: lost.map(({ text, by }) => `${text}: shown to ${by} as sent`),
      reordered: moved.map(({ text, by, place }) => `${text}: shown to ${by} at ${place}`),
    }
  }

  #judgeView(view: View, stored: readonly Stored[], places: Places): Verdict {
    const held = [...view.timelines()]
    const shown = held.flatMap(({ entries }) => entries.flatMap(textOf))
    const pending = held.flatMap((timeline) => timeline.pending.map(({ text }) => text))
    const once = new Set<string>()
    const twice = [...shown, ...pending].filter((text) => once.size === once.add(text).size)
    const strange = [...shown, ...pending].filter((text) => !this.#isFor(view, text))
    const astray = strange.map((text) => `${text}: ${view.who} sees it`)
    const verdicts = stored
      .filter(({ entries }) => this.#concerns(view, entries))
      .map((one) => judgeTimeline(view, one, held))
    return {
      lost: [
        ...verdicts.flatMap((one) => one.lost),
        ...pending.filter((text) => !places.has(text)).map((text) => `${text}: still waits with ${view.who}`),
      ],
      doubled: twice.map((text) => `${text}: ${view.who} sees it twice`),
      reordered: verdicts.flatMap((one) => one.reordered),
      astray,
    }
  }

  #isFor({ visitor }: View, text: string): boolean {
    const written = this.#written.get(text)
    if (!written || visitor === null) return true
    return written.visitor === visitor && !written.note
  }

  #concerns({ visitor }: View, entries: readonly Entry[]): boolean {
    const texts = entries.flatMap(textOf)
    return texts.some((text) => visitor === null || this.#written.get(text)?.visitor === visitor)
  }
}

/** Where each text stands in the store. */
type Places = ReadonlyMap<string, readonly string[]>

function placesOf(stored: readonly Stored[]): Places {
  const places = new Map<string, string[]>()
  for (const { conversation, entries } of stored)
    for (const entry of entries)
      for (const text of textOf(entry))
        places.set(text, [...(places.get(text) ?? []), `${conversation.id}/${entry.seq}`])
  return places
}

const textOf = (entry: Entry): string[] => (entry.kind === 'message' ? [entry.text] : [])

const inStore = (verdict: Verdict): Verdict => ({
  lost: verdict.lost.map((text) => `${text}: not in the store`),
  doubled: verdict.doubled.map((text) => `${text}: more than once in the store`),
  reordered: verdict.reordered.map((text) => `${text}: not in its author’s order in the store`),
  astray: verdict.astray,
})

/** A view may begin later than the conversation, but from there on it is the conversation. */
function judgeTimeline(view: View, { conversation, entries }: Stored, held: readonly Timeline[]): Verdict {
  const timeline = held.find((one) => one.conversation?.id === conversation.id)
  const first = timeline?.entries[0]?.seq ?? 1
  const there = entries.filter(({ seq }) => seq >= first).flatMap(textOf)
  const visible = view.visitor === null ? there : entriesFor(entries, first)
  const here = new Set((timeline?.entries ?? []).flatMap(textOf))
  const missing = visible.filter((text) => !here.has(text))
  // What one of them lacks is lost or doubled, not out of order.
  const all = new Set(visible)
  const [ours, theirs] = [
    [...here].filter((text) => all.has(text)),
    [...all].filter((text) => here.has(text)),
  ]
  return {
    ...faultless,
    lost: missing.map((text) => `${text}: ${view.who} does not see it`),
    reordered: ours
      .filter((text, i) => text !== theirs[i])
      .map((text) => `${text}: ${view.who} sees it elsewhere`),
  }
}

const entriesFor = (entries: readonly Entry[], first: number): string[] =>
  entries
    .filter((entry) => entry.seq >= first && !(entry.kind === 'message' && entry.visibility === 'note'))
    .flatMap(textOf)
