import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApi, type List } from '../../../agent-console/connection/api.ts'
import type { SignedInAgent } from '../../../shared/agent.ts'
import type { Conversation } from '../../../shared/conversation/conversation.ts'
import type { Entry } from '../../../shared/conversation/entry.ts'
import type { ConversationId } from '../../../shared/ids.ts'
import type { Result } from '../../../shared/result.ts'
import { type Client, clientOf, signIn } from '../../support/client.ts'
import { type FaultProxy, openFaultProxy } from '../../support/fault-proxy.ts'
import { type HouseProcess, startHouse } from '../../support/house-process.ts'
import { AgentDevice, type AgentTab } from './agent-device.ts'
import { Ledger, type Stored, type Verdict } from './ledger.ts'
import { until } from './until.ts'
import { lendWebSocket, VisitorDevice, type VisitorTab } from './visitor-device.ts'

export const owner = { email: 'sara@example.com', password: 'correct horse battery' }

export interface TownOptions {
  /** Left out: the embedded store. */
  databaseUrl?: string
  env?: Record<string, string>
}

/**
 * The built server as a process, people in front of it with the widget's and the console's own code, and
 * between each of them and the server a network that can fail.
 */
export class FaultTown {
  readonly ledger = new Ledger()
  readonly visitors: VisitorTab[] = []
  readonly agents: AgentTab[] = []
  /** What the servers complained of, those that were killed included. */
  readonly complaints: string[] = []
  kills = 0
  #house: HouseProcess | null = null
  #death: Promise<number | string> = Promise.resolve(0)
  #cookie = ''
  #lacking: string[] = []
  readonly #nets: FaultProxy[] = []

  private constructor(
    readonly dataDir: string,
    readonly options: TownOptions,
  ) {}

  static async open(options: TownOptions = {}): Promise<FaultTown> {
    lendWebSocket()
    const town = new FaultTown(await mkdtemp(join(tmpdir(), 'ahlan-faults-')), options)
    await town.start()
    town.#cookie = (await signIn(town.house.url, owner)).cookie
    return town
  }

  get house(): HouseProcess {
    if (!this.#house) throw new Error('There is no server.')
    return this.#house
  }

  /** With what `more` sets in its environment, this once. */
  async start(more: Record<string, string> = {}): Promise<void> {
    const { databaseUrl = '', env } = this.options
    const house = await startHouse({
      command: 'breakable',
      dataDir: this.dataDir,
      env: {
        ...{ AHLAN_OWNER_EMAIL: owner.email, AHLAN_OWNER_PASSWORD: owner.password },
        ...{ DATABASE_URL: databaseUrl, ...env, ...more },
      },
    })
    this.#house = house
    this.#death = house.ended.then((how) => this.#bury(house, how))
    for (const net of this.#nets) net.lead(house.url)
  }

  get isUp(): boolean {
    return this.#house !== null
  }

  /** As `kill -9`; resolves when it is gone. */
  async kill(): Promise<void> {
    this.#house?.kill('SIGKILL')
    await this.died()
  }

  /** Resolves when the server is gone, however that came, with its exit code or signal. */
  died(): Promise<number | string> {
    return this.#death
  }

  #bury(house: HouseProcess, how: number | string): number | string {
    this.#house = null
    if (how === 'SIGKILL') this.kills++
    for (const net of this.#nets) net.lead(null)
    this.#note(house)
    return how
  }

  /** Asks it to stop, as a supervisor does. Answers its exit code or signal. */
  terminate(): Promise<number | string> {
    this.house.tell('SIGTERM')
    return this.died()
  }

  /** It dies by itself at that point, such as at the third time it has committed: `commit:after@3`. */
  crashAt(crash: string): Promise<void> {
    return this.house.instruct({ crashAt: crash })
  }

  visitor(name: string): VisitorDevice {
    return new VisitorDevice(name, this.ledger)
  }

  async visitorTab(device: VisitorDevice): Promise<VisitorTab> {
    const tab = device.openTab(await this.openNet())
    this.visitors.push(tab)
    return tab
  }

  /** Somebody who answers: the owner, or a colleague made for it. */
  async agent(name?: string): Promise<AgentDevice> {
    const cookie = name ? await this.#hire(name) : this.#cookie
    const answer = await clientOf(this.house.url, cookie).get('/api/v1/session')
    const { agent: me }: { agent: SignedInAgent } = JSON.parse(answer.text)
    return new AgentDevice({ me, cookie, ledger: this.ledger })
  }

  async agentTab(device: AgentDevice): Promise<AgentTab> {
    const tab = device.openTab(await this.openNet())
    this.agents.push(tab)
    await until(() => tab.state.connection.name === 'live', { otherwise: () => `${tab.who} is not in` })
    return tab
  }

  /** Closes a tab as its person or a crash does; it is looked at no more. */
  leave(tab: VisitorTab | AgentTab): void {
    tab.close()
    for (const tabs of [this.visitors, this.agents] as (VisitorTab | AgentTab)[][])
      if (tabs.includes(tab)) tabs.splice(tabs.indexOf(tab), 1)
  }

  /** How many messages their own authors have seen confirmed. */
  confirmed(): number {
    return this.visitors.reduce((sum, tab) => sum + tab.own().length, 0)
  }

  /** The owner's requests, past every proxy. */
  client(): Client {
    return clientOf(this.house.url, this.#cookie)
  }

  wakeAll(): void {
    for (const tab of [...this.visitors, ...this.agents]) tab.wake()
  }

  healAll(): void {
    for (const net of this.#nets) net.heal()
  }

  /** Heals every network and wakes whoever is out of touch, until nobody waits for anything. */
  async settle(within = 60_000): Promise<void> {
    this.healAll()
    await this.wakeUntil(() => this.isAtRest(), within)
  }

  /** As people do who look at their screens again and again. */
  async wakeUntil(holds: () => boolean | Promise<boolean>, within = 60_000): Promise<void> {
    let next = 0
    const look = async () => {
      if (await holds()) return true
      if (performance.now() < next) return false
      next = performance.now() + 100
      for (const tab of this.visitors) if (tab.store.get().connection !== 'online') tab.wake()
      for (const tab of this.agents) if (tab.state.connection.name !== 'live') tab.wake()
      for (const tab of this.visitors) tab.flush()
      return false
    }
    await until(look, { within, otherwise: () => this.#whoWaits() })
  }

  /** Everything has arrived everywhere, by the store's own numbers. */
  async isAtRest(): Promise<boolean> {
    if (![...this.visitors, ...this.agents].every((tab) => tab.isAtRest())) return false
    for (const tab of this.agents) tab.watchAll()
    const seqs = new Map((await this.rows()).map(({ id, seq }) => [id, seq]))
    this.#lacking = [
      ...this.agents.flatMap((tab) => [...seqs].flatMap(([id, seq]) => lackOf(tab, id, seq))),
      ...this.visitors.flatMap((tab) =>
        [...tab.timelines()].flatMap(({ conversation }) =>
          conversation ? lackOf(tab, conversation.id, seqs.get(conversation.id) ?? 0) : [],
        ),
      ),
    ]
    return this.#lacking.length === 0
  }

  async rows(): Promise<Conversation[]> {
    const api = this.#api()
    const rows: Conversation[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Result<List<Conversation>> = await api.get('/conversations', {
        ...(cursor ? { cursor } : {}),
        ...{ order: 'recent', limit: 200 },
      })
      if (!page.ok) throw new Error(`The store does not answer: ${page.error.message}`)
      rows.push(...page.value.items)
      cursor = page.value.nextCursor
    }
    return rows
  }

  async stored(): Promise<Stored[]> {
    const rows = await this.rows()
    return Promise.all(
      rows.map(async (conversation) => ({ conversation, entries: await this.#entries(conversation) })),
    )
  }

  /** All messages of the store. */
  async texts(): Promise<string[]> {
    const stored = await this.stored()
    return stored.flatMap(({ entries }) =>
      entries.flatMap((entry) => (entry.kind === 'message' ? [entry.text] : [])),
    )
  }

  /** After everything has settled: what went wrong. */
  async judge(): Promise<Verdict> {
    return this.ledger.judge(await this.stored(), [...this.visitors, ...this.agents])
  }

  async close(): Promise<void> {
    for (const tab of [...this.visitors, ...this.agents]) tab.close()
    const house = this.#house
    const kills = this.kills
    await house?.close()
    await this.#death
    this.kills = kills
    await Promise.all(this.#nets.map((net) => net.close()))
    await rm(this.dataDir, { recursive: true, force: true })
  }

  /** Errors are complaints; that a store or a peer was gone for a while is what we are here for. */
  #note(house: HouseProcess): void {
    const lines = house.log().split('\n')
    this.complaints.push(...lines.filter((line) => line.includes('"level":"error"')))
  }

  /** A network to the server, for somebody of the test's own. */
  async openNet(): Promise<FaultProxy> {
    const net = await openFaultProxy(this.#house?.url ?? null)
    this.#nets.push(net)
    return net
  }

  async #hire(name: string): Promise<string> {
    const credentials = { email: `${name}@example.com`, password: owner.password }
    const made = await this.client().send('POST', '/api/v1/agents', { ...credentials, name, role: 'agent' })
    if (made.status !== 201) throw new Error(`Nobody was hired: ${made.text}`)
    return (await signIn(this.house.url, credentials)).cookie
  }

  #api() {
    const headers = { cookie: this.#cookie, origin: this.house.url }
    return createApi(`${this.house.url}/api/v1`, (path, init) => fetch(path, { ...init, headers }))
  }

  async #entries({ id }: Conversation): Promise<Entry[]> {
    const api = this.#api()
    const entries: Entry[] = []
    for (;;) {
      const after = entries.length
      const page = await api.get<List<Entry>>(`/conversations/${id}/entries`, { after })
      if (!page.ok) throw new Error(`The store does not answer: ${page.error.message}`)
      entries.push(...page.value.items)
      if (page.value.nextCursor === null) return entries
    }
  }

  #whoWaits(): string {
    const waiting = [...this.visitors, ...this.agents].filter((tab) => !tab.isAtRest())
    const lines = waiting.map((tab) => `${tab.who}: ${tab.standing()}, ${tab.net.lines.length} connections`)
    return lines.length ? `not at rest:\n${lines.join('\n')}` : this.#lacking.join('\n')
  }
}

/** What a tab does not hold of a conversation that has got as far as `seq`. */
function lackOf(tab: VisitorTab | AgentTab, id: ConversationId, seq: number): string[] {
  const held = [...tab.timelines()].find(({ conversation }) => conversation?.id === id)
  const { seq: reached = 0 } = held?.conversation ?? {}
  return reached >= seq ? [] : [`${tab.who} holds ${reached} of ${seq} entries of ${id}`]
}
