import { fits } from './selectors.ts'

interface ElementsOptions {
  changed(): void
  after(ms: number, run: () => void): () => void
}

/** A page that changes all the time is looked through so often, ms. */
const settles = 300
/** Of one selector, watched at once: a page may have any number of what fits. */
const mostOfOne = 100
/** Of a page made of very many parts so many are looked into. */
const mostRoots = 200

/**
 * Which of the selectors fitted something that came onto the screen, whenever it came into the page. Looks only
 * while one of them has not been seen yet.
 */
export function watchElements({ changed, after }: ElementsOptions) {
  const seen = new Set<string>()
  let wanted: readonly string[] = []
  let end: (() => void) | undefined

  const waiting = () => wanted.filter((selector) => !seen.has(selector))

  function begin(): void {
    end?.()
    end = undefined
    if (waiting().length === 0) return
    const screen = new IntersectionObserver(come)
    let soon: (() => void) | undefined
    const scan = () => {
      soon = undefined
      follow(waiting(), page, screen)
    }
    const page = new MutationObserver(() => {
      soon ??= after(settles, scan)
    })
    scan()
    end = () => {
      soon?.()
      screen.disconnect()
      page.disconnect()
    }
  }
  function come(entries: readonly IntersectionObserverEntry[]): void {
    const come = entries.flatMap(({ isIntersecting, target }) => (isIntersecting ? target : []))
    const found = waiting().filter((selector) => come.some((element) => fits(element, selector)))
    if (found.length === 0) return
    for (const selector of found) seen.add(selector)
    if (waiting().length === 0) end?.()
    changed()
  }
  return {
    seen,
    listen(selectors: readonly string[]): void {
      const same = selectors.length === wanted.length && selectors.every((one) => wanted.includes(one))
      wanted = selectors
      if (!same) begin()
    },
    anew(): void {
      seen.clear()
      begin()
    },
  }
}

/** Whatever fits now is watched, and what changes so that more may fit. */
function follow(selectors: readonly string[], page: MutationObserver, screen: IntersectionObserver): void {
  const changes = { childList: true, subtree: true, attributeFilter: attributesIn(selectors) }
  for (const root of roots()) {
    page.observe(root, changes)
    for (const selector of selectors) for (const one of firstOf(root, selector)) screen.observe(one)
  }
}

/** The page, and all in it that is open to be looked into; the chat itself is no part of it. */
function roots(): ParentNode[] {
  const found: ParentNode[] = [document]
  for (const root of found)
    for (const { shadowRoot } of root.querySelectorAll(':not(ahlan-chat)'))
      if (shadowRoot && found.length < mostRoots) found.push(shadowRoot)
  return found
}

const firstOf = (root: ParentNode, selector: string): Element[] =>
  [...root.querySelectorAll(selector)].slice(0, mostOfOne)

/** What may change of an element so that it begins to fit. */
function attributesIn(selectors: readonly string[]): string[] {
  const named = selectors.flatMap((one) => [...one.matchAll(/\[\s*([\w-]+)/g)].map(([, name = '']) => name))
  return [...new Set(['class', 'id', ...named])]
}
