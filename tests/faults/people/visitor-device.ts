import { WebSocket } from 'ws'
import type { ClientId } from '../../../shared/ids.ts'
import type { Timeline } from '../../../shared/timeline.ts'
import type { Link } from '../../../widget/connection/link.ts'
import type { Letter, LetterBox } from '../../../widget/connection/outbox.ts'
import { createMail, type Mail } from '../../../widget/live/mail.ts'
import { createReceipts } from '../../../widget/live/requests.ts'
import { openSession } from '../../../widget/live/session.ts'
import type { Host } from '../../../widget/page/host.ts'
import type { Memory } from '../../../widget/page/memory.ts'
import { mint } from '../../../widget/page/settings.ts'
import { currentPlace } from '../../../widget/state/state.ts'
import { createStore, type Store } from '../../../widget/state/store.ts'
import type { FaultProxy } from '../../support/fault-proxy.ts'
import { aPage, aToken } from '../../support/random.ts'
import type { Ledger, View } from './ledger.ts'

/**
 * Gives this process the one thing of a browser that the widget's connection needs. `from` says where each comes
 * from; a server that trusts its proxies believes it.
 */
export function lendWebSocket(from?: () => string): void {
  const Browsing = class extends WebSocket {
    constructor(address: string) {
      const headers = from ? { 'x-forwarded-for': from() } : {}
      super(address, { origin: new URL(address).origin.replace(/^ws/, 'http'), headers })
      // A browser tells of it by `close` alone.
      this.on('error', () => undefined)
    }
  }
  Reflect.set(globalThis, 'WebSocket', Browsing)
}

/** A visitor's browser: what it stores outlives its tabs. */
export class VisitorDevice {
  readonly memory: Memory = { held: { token: aToken() } }
  readonly letters = new Map<ClientId, Letter>()
  readonly openTabs = new Set<VisitorTab>()
  #tabs = 0

  constructor(
    readonly visitor: string,
    readonly ledger: Ledger,
  ) {}

  openTab(net: FaultProxy): VisitorTab {
    return new VisitorTab(this, net, `${this.visitor}.${++this.#tabs}`)
  }

  /** Signs out, in all tabs at once: what `signOut` does, and the news of it in the other tabs. */
  wipe(): void {
    this.memory.held = null
    this.letters.clear()
    for (const tab of [...this.openTabs]) tab.close()
  }

  /** As a database does it: copies, and never at once. */
  readonly box: LetterBox = {
    all: async () => {
      await turn()
      return [...this.letters.values()].map((one) => structuredClone(one)).sort(byAge)
    },
    put: async (letter) => {
      await turn()
      this.letters.set(letter.clientId, structuredClone(letter))
    },
    remove: async (clientId) => {
      await turn()
      this.letters.delete(clientId)
    },
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
const byAge = (one: Letter, other: Letter): number => one.writtenAt - other.writtenAt

/** A page with the chat: the widget's own state, outbox and connection, without its screen. */
export class VisitorTab implements View {
  readonly store: Store = createStore()
  readonly errors: unknown[] = []
  readonly #link: Link
  readonly #mail: Mail
  #written = 0
  #open = true

  constructor(
    readonly device: VisitorDevice,
    readonly net: FaultProxy,
    readonly who: string,
  ) {
    const { store } = this
    const host: Host = {
      ...hostAt(net.url, device.memory, (error) => this.errors.push(error)),
      run: async (command) => {
        if (command === 'shutdown') device.wipe()
      },
    }
    device.openTabs.add(this)
    this.#link = openSession(host, store, () => this.#mail.flush())
    this.#mail = createMail({ host, store, ask: this.#link.ask, openBox: async () => device.box })
    const receipts = createReceipts(store, this.#link.ask)
    store.subscribe(() => {
      if (!this.#open) return
      device.ledger.look(this)
      receipts.receiveAll()
    })
  }

  get visitor(): string {
    return this.device.visitor
  }
  timelines(): Iterable<Timeline> {
    return this.store.get().timelines.values()
  }

  /** Resolves when it is safe on the device. Answers its text. */
  async write(text = `${this.who}:${++this.#written}`): Promise<string> {
    this.device.ledger.wrote(text, { author: this.who, visitor: this.visitor, note: false })
    await this.#mail.write(text, currentPlace(this.store.get()))
    return text
  }

  /** What this tab shows as written and not confirmed. */
  pending(): string[] {
    return [...this.timelines()].flatMap((one) => one.pending.map(({ text }) => text))
  }

  /** Everything it shows as part of a conversation. */
  texts(): string[] {
    return [...this.timelines()].flatMap(({ entries }) =>
      entries.flatMap((entry) => (entry.kind === 'message' ? [entry.text] : [])),
    )
  }

  /** What it shows as sent, of what this visitor wrote. */
  own(): string[] {
    return this.texts().filter((text) => text.startsWith(`${this.visitor}.`))
  }

  /** In touch, nothing waiting, nothing missing that it knows of. */
  isAtRest(): boolean {
    const { connection } = this.store.get()
    const gap = [...this.timelines()].some((one) => one.gap)
    return connection === 'online' && this.device.letters.size === 0 && !this.pending().length && !gap
  }

  /** How things are here, in words. */
  standing(): string {
    const { connection, refused } = this.store.get()
    const pending = [...this.timelines()].flatMap((one) =>
      one.pending.map(({ text, state }) => [text, state]),
    )
    const held = this.device.letters.size
    return `${connection} ${refused ?? ''} ${JSON.stringify(pending)}, ${held} on disk, ${this.errors.join()}`
  }

  /** The device is back on the network, or looked at again. */
  wake(): void {
    if (!this.#open) return
    this.#link.wake()
    this.#mail.flush()
  }

  flush(): void {
    this.#mail.flush()
  }

  retry(clientId: ClientId): void {
    this.#mail.retry(clientId)
  }

  /** Closed, left, reloaded or killed: nothing of it acts any more; what was stored stays. */
  close(): void {
    this.#open = false
    this.device.openTabs.delete(this)
    this.#mail.stop()
    this.#link.sleep()
  }
}

/** The page as the widget's loader hands it on, of which only address and memory matter here. */
export const hostAt = (base: string, memory: Memory, failed: (error: unknown) => void): Host => ({
  ...{ base, page: aPage(), memory, device: 'desktop', state: 'open', unread: 0 },
  settings: { site: mint('demo'), locale: 'en' },
  ...{ online: true, visitorId: null, gone: new AbortController().signal },
  consent: () => 'essential',
  view: () => ({ url: `${base}/demo/`, title: 'Shop', referrer: '' }),
  emit: (event, detail) => void (event === 'error' && failed(detail)),
  run: async () => undefined,
  report: async () => undefined,
  load: (get) => get(),
  ...{ visit: nothing, draw: nothing, destroy: nothing, root: nothing as never },
})

const nothing = (): void => undefined
