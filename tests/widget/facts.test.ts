import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { makeId } from '../../shared/ids.ts'
import type { PageCondition, PageRule } from '../../shared/triggers/page.ts'
import { Facts } from '../../widget/live/facts.ts'
import { watchUsage } from '../../widget/live/usage.ts'
import { openPage, type WidgetPage } from '../support/widget-page.ts'

let page: WidgetPage
let heard: string[]
let facts: Facts
let end: AbortController
const changed = vi.fn()
const host = { viewedAt: 0, memory: { held: null } }

beforeEach(() => {
  page = openPage()
  end = new AbortController()
  heard = []
  changed.mockClear()
  host.viewedAt = performance.now()
  for (const name of ['Element', 'MutationObserver']) vi.stubGlobal(name, Reflect.get(page.window, name))
  vi.stubGlobal('IntersectionObserver', Screen)
  for (const name of ['scrollY', 'innerHeight']) vi.stubGlobal(name, 0)
  Screen.open.clear()
  const after = (ms: number, run: () => void) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  }
  facts = new Facts({ host, somebodyCanAnswer: () => true, changed, after })
  listening(window, 'window')
  listening(document.documentElement, 'document')
})
afterEach(() => {
  facts.stop()
  end.abort()
  page.close()
})

/** The part of a page that stands on the screen, moved by hand. */
class Screen {
  static open = new Set<Screen>()
  readonly #watched = new Set<Element>()
  constructor(readonly come: (entries: object[]) => void) {
    Screen.open.add(this)
  }
  observe(element: Element): void {
    this.#watched.add(element)
  }
  disconnect(): void {
    Screen.open.delete(this)
  }
  static comes(target: Element): void {
    for (const screen of Screen.open)
      if (screen.#watched.has(target)) screen.come([{ isIntersecting: true, target }])
  }
}

/** Notes what is listened to, and no longer once that ends. */
function listening(target: EventTarget, where: string): void {
  const add = target.addEventListener.bind(target)
  const noted = (type: string, run: never, options?: AddEventListenerOptions) => {
    heard.push(`${where} ${type}`)
    options?.signal?.addEventListener('abort', () => heard.splice(heard.indexOf(`${where} ${type}`), 1))
    add(type, run, options)
  }
  target.addEventListener = noted as never
  if (where === 'window') vi.stubGlobal('addEventListener', noted)
}

const asking = (...when: PageCondition[]): PageRule[] => [
  { id: makeId('r', 1, new Uint8Array(10)), priority: 0, when },
]
const put = (markup: { className: string }): HTMLElement => {
  const element = Object.assign(document.createElement('button'), markup)
  document.body.append(element)
  return element
}

describe('what a page sees for its rules', () => {
  it('T30 is listened for only while a rule asks for it', () => {
    facts.use(watchUsage(end.signal))
    heard = []
    facts.listen(asking({ kind: 'secondsOnPage', atLeast: 3 }, { kind: 'widgetOpened' }))
    expect(heard).toEqual([])
    expect(Screen.open.size).toBe(0)
    facts.listen(asking({ kind: 'exitIntent' }, { kind: 'click', selector: 'a' }))
    expect(heard).toEqual(['document pointerleave', 'document pointerenter', 'window click'])
    facts.listen(asking({ kind: 'elementSeen', selector: 'a' }))
    expect(heard).toEqual([])
    expect(Screen.open.size).toBe(1)
    facts.stop()
    expect(Screen.open.size).toBe(0)
  })

  it('T30 clicks, also on what lies within, until the next view', () => {
    const usage = watchUsage(end.signal)
    facts.use(usage)
    facts.listen(asking({ kind: 'click', selector: '.size' }, { kind: 'click', selector: '.other' }))
    const button = put({ className: 'size' })
    const within = button.appendChild(document.createElement('span'))
    within.click()
    expect([...(facts.now().click ?? [])]).toEqual(['.size'])
    usage.anew()
    expect(facts.now().click?.size).toBe(0)
  })

  it('T30 a selector that nobody understands fits nothing, is said once, and disables no other', () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue()
    const rules = () =>
      asking({ kind: 'click', selector: 'a[[' }, { kind: 'elementSeen', selector: '!' }, size)
    const size = { kind: 'click', selector: '.size' } as const
    facts.listen(rules())
    facts.listen(rules())
    put({ className: 'size' }).click()
    expect([...(facts.now().click ?? [])]).toEqual(['.size'])
    expect(warn.mock.calls.map(([text]) => text)).toEqual([
      'Ahlan: a rule asks for a[[, which is no selector',
      'Ahlan: a rule asks for !, which is no selector',
    ])
    warn.mockRestore()
  })

  it('T30 what comes onto the screen, whenever it came into the page; then it looks no longer', async () => {
    facts.listen(asking({ kind: 'elementSeen', selector: '.sale' }))
    const late = put({ className: 'sale' })
    await page.tick(1_000)
    Screen.comes(late)
    expect([...(facts.now().elementSeen ?? [])]).toEqual(['.sale'])
    expect(Screen.open.size).toBe(0)
  })

  it('H30 what a page keeps within its own parts counts as well, as far as they are open', async () => {
    const parts = [put({ className: '' }), put({ className: '' }).appendChild(document.createElement('div'))]
    const [open, closed] = (['open', 'closed'] as const).map((mode, n) => parts[n]?.attachShadow({ mode }))
    const deep = open?.appendChild(document.createElement('div')).attachShadow({ mode: 'open' })
    facts.listen(asking({ kind: 'elementSeen', selector: '.sale' }, { kind: 'click', selector: '.size' }))
    await page.tick(1_000)
    const within = (root: ShadowRoot | undefined, className: string) =>
      Object.assign(root?.appendChild(document.createElement('p')) ?? {}, { className })
    const [hidden, late] = [within(closed, 'sale'), within(deep, 'sale')]
    await page.tick(1_000)
    if (hidden instanceof Element) Screen.comes(hidden)
    expect(facts.now().elementSeen?.size).toBe(0)
    if (late instanceof Element) Screen.comes(late)
    expect([...(facts.now().elementSeen ?? [])]).toEqual(['.sale'])
    const size = within(deep, 'size')
    if (size instanceof Element)
      size.dispatchEvent(new window.Event('click', { bubbles: true, composed: true }))
    expect([...(facts.now().click ?? [])]).toEqual(['.size'])
  })

  it('T30 that the mouse leaves by the top, not at once, nor a finger, until it comes back', async () => {
    facts.listen(asking({ kind: 'exitIntent' }))
    const goes = (type: string, more: object = {}) => {
      const event = Object.assign(new window.Event(type), { pointerType: 'mouse', clientY: -1, ...more })
      document.documentElement.dispatchEvent(event)
      return facts.now().exitIntent
    }
    expect(goes('pointerleave')).toBe(false)
    await page.tick(5_000)
    expect(goes('pointerleave', { pointerType: 'touch' })).toBe(false)
    expect(goes('pointerleave', { clientY: 300 })).toBe(false)
    expect(goes('pointerleave')).toBe(true)
    expect(changed).toHaveBeenCalledTimes(1)
    expect(goes('pointerenter')).toBe(false)
  })
})
