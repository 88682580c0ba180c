import {
  conditionsIn,
  type PageCondition,
  type PageFacts,
  type PageRule,
} from '../../shared/triggers/page.ts'
import type { Host } from '../page/host.ts'
import { watchClicks } from './facts-clicks.ts'
import { watchElements } from './facts-elements.ts'
import { watchExit } from './facts-exit.ts'
import { isSelector } from './selectors.ts'
import type { Usage } from './usage.ts'

export interface FactsOptions {
  host: Pick<Host, 'viewedAt' | 'memory'>
  somebodyCanAnswer(): boolean
  /** Something has happened that a rule asks for. */
  changed(): void
  /** Calls `run` once after `ms`; the returned function cancels it. */
  after(ms: number, run: () => void): () => void
}

/** Somebody who scrolls or moves the pointer changes the facts all the time: looked at so often, ms. */
const noticedWithin = 250

/**
 * What only the page can see, as far as rules ask for it. Listens for nothing else, and begins anew with each
 * view: what was clicked, seen and scrolled is of one page.
 */
export class Facts {
  readonly #options: FactsOptions
  readonly #exit
  readonly #clicks
  readonly #elements
  #rules: readonly PageRule[] = []
  #asked: PageCondition[] = []
  #usage: Usage | undefined
  #soon: (() => void) | undefined

  constructor(options: FactsOptions) {
    this.#options = options
    this.#exit = watchExit({ secondsOnPage: () => this.#secondsOnPage(), changed: options.changed })
    this.#clicks = watchClicks(options.changed)
    this.#elements = watchElements(options)
  }

  /** From now on these are the rules. */
  listen(rules: readonly PageRule[]): void {
    if (rules === this.#rules) return
    this.#rules = rules
    this.#asked = rules.flatMap(({ when }) => conditionsIn(when))
    this.#follow()
  }

  /** How the page is used is known from now on. */
  use(usage: Usage): void {
    this.#usage = usage
    this.#follow()
    this.#options.changed()
  }

  now(): PageFacts & { secondsOnPage: number } {
    const { host, somebodyCanAnswer } = this.#options
    const usage = this.#usage
    return {
      secondsOnPage: this.#secondsOnPage(),
      somebodyCanAnswer: somebodyCanAnswer(),
      widgetOpened: host.memory.held?.opened ?? false,
      idle: usage && usage.idleMs() / 1_000,
      scroll: usage?.now().scroll,
      exitIntent: this.#exit.isLeaving(),
      click: this.#clicks.clicked,
      elementSeen: this.#elements.seen,
    }
  }

  stop(): void {
    this.#soon?.()
    this.listen([])
    if (this.#usage) this.#usage.heard = undefined
  }

  #follow(): void {
    const asks = (kind: PageCondition['kind']) => this.#asked.some((one) => one.kind === kind)
    const moves = asks('scroll') || asks('idle')
    if (this.#usage)
      this.#usage.heard = {
        anew: () => this.#anew(),
        ...(moves ? { noticed: () => this.#noticed() } : {}),
      }
    this.#exit.listen(asks('exitIntent'))
    this.#clicks.listen(selectorsIn(this.#asked, 'click'))
    this.#elements.listen(selectorsIn(this.#asked, 'elementSeen'))
  }

  #anew(): void {
    for (const one of [this.#exit, this.#clicks, this.#elements]) one.anew()
  }

  #noticed(): void {
    this.#soon ??= this.#options.after(noticedWithin, () => {
      this.#soon = undefined
      this.#options.changed()
    })
  }

  #secondsOnPage(): number {
    return (performance.now() - (this.#options.host.viewedAt ?? 0)) / 1_000
  }
}

const selectorsIn = (asked: readonly PageCondition[], kind: 'click' | 'elementSeen'): string[] => [
  ...new Set(asked.flatMap((one) => (one.kind === kind && isSelector(one.selector) ? one.selector : []))),
]
