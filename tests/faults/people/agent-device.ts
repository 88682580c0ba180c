import { createApi } from '../../../agent-console/connection/api.ts'
import { createLink } from '../../../agent-console/connection/link.ts'
import { DeskControl } from '../../../agent-console/state/desk.ts'
import type { Desk } from '../../../agent-console/state/desk-state.ts'
import { createKeep, type Shelf } from '../../../agent-console/state/keep.ts'
import type { Clock } from '../../../agent-console/state/ports.ts'
import type { SignedInAgent } from '../../../shared/agent.ts'
import type { ConversationId } from '../../../shared/ids.ts'
import type { Timeline } from '../../../shared/timeline.ts'
import type { FaultProxy } from '../../support/fault-proxy.ts'
import { aClientId } from '../../support/random.ts'
import type { Ledger, View } from './ledger.ts'
import type { VisitorTab } from './visitor-device.ts'

export interface AgentDeviceParts {
  me: SignedInAgent
  cookie: string
  ledger: Ledger
}

/** An agent's browser, signed in: what it stores outlives its tabs. */
export class AgentDevice {
  readonly disk = new Map<string, string>()
  readonly tabs = new Set<AgentTab>()
  #opened = 0

  constructor(readonly parts: AgentDeviceParts) {}

  openTab(net: FaultProxy): AgentTab {
    const tab = new AgentTab(this, net, `${this.parts.me.name}.${++this.#opened}`)
    this.tabs.add(tab)
    return tab
  }

  /** The storage of one tab; the others are told what it writes, a little later. */
  shelfOf(own: () => AgentTab): Shelf {
    const { disk } = this
    const tell = () =>
      setImmediate(() => {
        for (const tab of this.tabs) if (tab !== own()) tab.desk.heedOtherTabs()
      })
    return {
      get length() {
        return disk.size
      },
      key: (i) => [...disk.keys()][i] ?? null,
      getItem: (key) => disk.get(key) ?? null,
      setItem: (key, value) => {
        disk.set(key, value)
        tell()
      },
      removeItem: (key) => {
        disk.delete(key)
        tell()
      },
    }
  }
}

/** The console in a tab: its own state, outbox and connection, without its screens. */
export class AgentTab implements View {
  readonly desk: DeskControl
  readonly visitor = null
  readonly #watched = new Set<ConversationId>()
  #written = 0

  constructor(
    readonly device: AgentDevice,
    readonly net: FaultProxy,
    readonly who: string,
  ) {
    const { me, cookie, ledger } = device.parts
    const headers = { cookie, origin: net.url }
    this.desk = new DeskControl({
      me,
      link: createLink({ address: net.url, restFirst: 50, headers }),
      api: createApi(`${net.url}/api/v1`, (path, init) => fetch(path, { ...init, headers })),
      clock,
      keep: createKeep(() => device.shelfOf(() => this)),
      chance: { clientId: aClientId, share: () => Math.random() },
    })
    this.desk.state.subscribe(() => {
      if (device.tabs.has(this)) ledger.look(this)
    })
  }

  get state(): Desk {
    return this.desk.state.get()
  }
  timelines(): Iterable<Timeline> {
    return this.state.timelines.values()
  }

  /** Opens each conversation of the inbox, as the screen does that shows it. */
  watchAll(): void {
    for (const id of this.state.inbox.keys()) this.#watch(id)
  }

  #watch(id: ConversationId): void {
    if (this.#watched.has(id)) return
    this.#watched.add(id)
    this.desk.watch(id)
  }

  /** Answers in a conversation of this visitor; it is on disk when this returns. Answers its text. */
  reply(conversationId: ConversationId, visitor: string, note = false): string {
    const text = `${this.who}:${++this.#written}`
    const author = `${this.who} to ${visitor}`
    this.device.parts.ledger.wrote(text, { author, visitor, note })
    this.#watch(conversationId)
    this.desk.reply(conversationId, text, note)
    return text
  }

  /** The same in the conversation that a visitor's tab shows, if it has begun. */
  replyTo(tab: VisitorTab | undefined, note = false): string | null {
    const id = [...(tab?.timelines() ?? [])].flatMap(({ conversation }) => conversation?.id ?? []).at(-1)
    return id && tab ? this.reply(id, tab.visitor, note) : null
  }

  pending(): string[] {
    return [...this.timelines()].flatMap((one) => one.pending.map(({ text }) => text))
  }

  texts(): string[] {
    return [...this.timelines()].flatMap(({ entries }) =>
      entries.flatMap((entry) => (entry.kind === 'message' ? [entry.text] : [])),
    )
  }

  isAtRest(): boolean {
    const waits = [...this.device.disk.keys()].some((key) => key.startsWith('ahlan.outbox.'))
    const gap = [...this.timelines()].some((one) => one.gap)
    return this.state.connection.name === 'live' && !waits && !this.pending().length && !gap
  }

  /** How things are here, in words. */
  standing(): string {
    const pending = [...this.timelines()].flatMap((one) =>
      one.pending.map(({ text, state }) => [text, state]),
    )
    const gaps = [...this.timelines()]
      .filter((one) => one.gap)
      .map(({ conversation, announced }) => `${conversation?.seq} of ${announced} announced`)
    const held = [...this.device.disk.values()].join()
    return `${JSON.stringify(this.state.connection)} ${JSON.stringify(pending)}, gaps: ${gaps.join()}, on disk: ${held}`
  }

  /** The browser is back on the network, or looked at again. */
  wake(): void {
    if (this.device.tabs.has(this)) this.desk.resync()
  }

  close(): void {
    this.device.tabs.delete(this)
    this.desk.leave()
  }
}

const clock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}
