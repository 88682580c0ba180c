import { Window } from 'happy-dom'
import { vi } from 'vitest'

/** What the page has told a server, oldest first. */
export interface Told {
  url: string
  body: Record<string, unknown> | null
}

export interface WidgetPage {
  window: Window
  told: Told[]
  /** Runs what waits for an idle slot, and everything that follows from it. */
  settle(): Promise<void>
  tick(ms: number): Promise<void>
  close(): void
}

export const siteAnswer = {
  site: {
    key: 'demo',
    name: 'Shop',
    accent: '#0f766e',
    onAccent: '#ffffff',
    side: 'end',
    greeting: 'Hello',
    replyTime: 'Soon',
    online: false,
  },
  live: false,
  openChat: 'باز کردن گفتگو',
}

/** Names a page's globals that the loader reads. */
const lent = [
  'window',
  'document',
  'location',
  'history',
  'navigator',
  'localStorage',
  'addEventListener',
  'removeEventListener',
  'CustomEvent',
  'HTMLScriptElement',
  'CSSStyleSheet',
  'dispatchEvent',
  'requestAnimationFrame',
] as const

/** A customer's page in happy-dom, on a clock moved by hand, with a server that only listens. */
export function openPage({
  url = 'https://shop.example/',
  signals = {},
}: {
  url?: string
  signals?: object
} = {}): WidgetPage {
  const window = new Window({ url })
  const told: Told[] = []
  vi.useFakeTimers()
  for (const name of lent) vi.stubGlobal(name, name === 'window' ? window : bound(window, name))
  for (const [name, value] of Object.entries(signals))
    Object.defineProperty(window.navigator, name, { value, configurable: true })
  vi.stubGlobal('DOOR', 'door.js')
  vi.stubGlobal('fetch', async (address: string, init?: { body?: string }) => {
    told.push({ url: address, body: init?.body ? JSON.parse(init.body) : null })
    return { json: async () => (/fault/.test(address) ? { error: { code: 'not_found' } } : siteAnswer) }
  })
  Object.defineProperty(window.navigator, 'sendBeacon', {
    configurable: true,
    value: (address: string, body: string) => told.push({ url: address, body: JSON.parse(body) }) > 0,
  })
  const tick = async (ms: number) => {
    await vi.advanceTimersByTimeAsync(ms)
  }
  return {
    window,
    told,
    tick,
    settle: () => tick(500),
    close() {
      vi.useRealTimers()
      vi.unstubAllGlobals()
      window.happyDOM.abort()
    },
  }
}

function bound(window: Window, name: string): unknown {
  const value = Reflect.get(window, name)
  return typeof value === 'function' && /^[a-z]/.test(name) ? value.bind(window) : value
}
