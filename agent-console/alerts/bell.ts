import type { Alarm, Clock, Shown } from '../state/ports.ts'
import { keyOf, type News } from './news.ts'
import type { Told } from './told.ts'

interface BellParts {
  clock: Clock
  alarm: Alarm
  told: Told
  /** Whether it may sound, and show itself outside of the page. */
  wishes(): { sound: boolean; desktop: boolean }
  /** Those that nobody has noticed meanwhile. */
  unnoticed(news: readonly News[]): readonly News[]
  say(news: readonly News[]): Shown
  /** Says it to who reads the page by ear. */
  announce(shown: Shown): void
  open(news: News): void
}

/** What happens within this time is told at once, ms. */
const together = 700
/** From one alert to the next; what happens between waits. */
const apart = 5_000
/** A tab that somebody looks at goes first. */
const behind = 800

/** One alert for all that is new in a moment, in one tab of all that hear of it. */
export class Bell {
  readonly #parts: BellParts
  readonly #waiting = new Map<string, News>()
  #rungAt = Number.NEGATIVE_INFINITY
  #cancel: (() => void) | null = null

  constructor(parts: BellParts) {
    this.#parts = parts
  }

  ring(news: readonly News[]): void {
    for (const one of news) this.#waiting.set(keyOf(one), one)
    if (news.length > 0) this.#goSoon()
  }

  /** Was seen here without a sound: no other tab is to tell it either. */
  async seen(news: readonly News[]): Promise<void> {
    const { alarm, told } = this.#parts
    if (news.length > 0) await alarm.alone(() => told.take(news.map(keyOf)))
  }

  stop(): void {
    this.#cancel?.()
    this.#cancel = null
    this.#waiting.clear()
  }

  #goSoon(): void {
    const { clock, alarm } = this.#parts
    if (this.#cancel) return
    const now = clock.now()
    const pause = Math.min(apart, Math.max(0, this.#rungAt + apart - now))
    const wait = Math.max(together, pause) + (alarm.isHidden() ? behind : 0)
    this.#cancel = clock.after(wait, () => void this.#go())
  }

  async #go(): Promise<void> {
    const { clock, alarm, told, unnoticed } = this.#parts
    this.#cancel = null
    const waiting = [...this.#waiting]
    this.#waiting.clear()
    const fresh = await alarm.alone(() => told.take(waiting.map(([key]) => key)))
    const news = unnoticed(waiting.flatMap(([key, one]) => (fresh.has(key) ? [one] : [])))
    const [first] = news
    if (!first) return
    this.#rungAt = clock.now()
    this.#tell(news, first)
  }

  #tell(news: readonly News[], first: News): void {
    const { alarm, wishes, say, announce, open } = this.#parts
    const { sound, desktop } = wishes()
    const shown = say(news)
    announce(shown)
    if (sound) alarm.sound(news.some(({ kind }) => kind === 'late') ? 'late' : 'message')
    if (desktop && alarm.isHidden()) alarm.show(shown, () => open(first))
  }
}
