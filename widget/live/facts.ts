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

export type Facts = ReturnType<typeof watchFacts>

/** Somebody who scrolls or moves the pointer changes the facts all the time: looked at so often, ms. */
const noticedWithin = 250

/**
 * What only the page can see, as far as rules ask for it. Listens for nothing else, and begins anew with each
 * view: what was clicked, seen and scrolled is of one page.
 */
export function watchFacts({ host, somebodyCanAnswer, changed, after }: FactsOptions) {
  const secondsOnPage = () => (performance.now() - (host.viewedAt ?? 0)) / 1_000
  const exit = watchExit({ secondsOnPage, changed })
  const clicks = watchClicks(changed)
  const elements = watchElements({ changed, after })
  let rules: readonly PageRule[] = []
  let asked: PageCondition[] = []
  let usage: Usage | undefined
  let soon: (() => void) | undefined

  function noticed(): void {
    soon ??= after(noticedWithin, () => {
      soon = undefined
      changed()
    })
  }
  function anew(): void {
    for (const one of [exit, clicks, elements]) one.anew()
  }
  function follow(): void {
    const moves = asked.some(({ kind }) => kind === 'scroll' || kind === 'idle')
    if (usage) usage.heard = { anew, ...(moves ? { noticed } : {}) }
    exit.listen(asked.some(({ kind }) => kind === 'exitIntent'))
    clicks.listen(selectorsIn(asked, 'click'))
    elements.listen(selectorsIn(asked, 'elementSeen'))
  }

  return {
    /** From now on these are the rules. */
    listen(next: readonly PageRule[]): void {
      if (next === rules) return
      rules = next
      asked = rules.flatMap(({ when }) => conditionsIn(when))
      follow()
    },
    /** How the page is used is known from now on. */
    use(next: Usage): void {
      usage = next
      follow()
      changed()
    },
    now(): PageFacts & { secondsOnPage: number } {
      return {
        secondsOnPage: secondsOnPage(),
        somebodyCanAnswer: somebodyCanAnswer(),
        widgetOpened: host.memory.held?.opened ?? false,
        idle: usage && usage.idleMs() / 1_000,
        scroll: usage?.now().scroll,
        exitIntent: exit.isLeaving(),
        click: clicks.clicked,
        elementSeen: elements.seen,
      }
    },
    stop(): void {
      soon?.()
      asked = []
      follow()
      if (usage) usage.heard = undefined
    },
  }
}

const selectorsIn = (asked: readonly PageCondition[], kind: 'click' | 'elementSeen'): string[] => [
  ...new Set(asked.flatMap((one) => (one.kind === kind && isSelector(one.selector) ? one.selector : []))),
]
