import type { Conversation } from '../../shared/conversation/conversation.ts'
import type { OverdueCommand } from '../../shared/conversation/decide.ts'
import { breaksAt, type Due, duesOf, leftOf, riskOf, type TargetHouse } from '../../shared/dues.ts'
import type { ConversationId } from '../../shared/ids.ts'
import type { Result } from '../../shared/result.ts'
import type { Appended, ConversationHistory, Page } from '../history/history.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { Origin } from './audience.ts'
import type { Clock, Log } from './ports.ts'
import { type AtRisk, pageAtRisk, type RiskQuery } from './risk-order.ts'
import { eventLoopPace, type Pace, Slices } from './slices.ts'

interface Needs {
  workspace: Pick<Workspace, 'read' | 'onChange'>
  conversations: Pick<ConversationHistory, 'list'>
  /** Records that something is late, once, and tells everybody. */
  mark(id: ConversationId, command: OverdueCommand, origin: Origin): Promise<Result<Appended>>
  clock: Clock
  log: Log
  pace?: Pace
}

/** An open conversation, without what was said in it. */
interface Standing extends AtRisk {
  conversation: Omit<Conversation, 'lastMessage' | 'asked' | 'asks' | 'survey'>
  dues: Due[]
  /** When it will have to be told that something is late; null for nothing. */
  tellAt: number | null
}

const sooner = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.min(one, other)

/** What changes in a burst is looked at once. */
const settles = 200
const pageSize = 200
const toldAtOnce = 50
const retryAfter = 5_000
const lookAgain = 60_000

/**
 * Knows of every open conversation what is due when, from the record and the targets alone, and tells when the nearest
 * has passed: with one timer. Whether that was told is decided with the record, so that nothing is told twice.
 */
export class LateWatch {
  private standings: Map<ConversationId, Standing> | null = null
  private loading: Promise<Map<ConversationId, Standing>> | null = null
  private changed = new Map<ConversationId, Conversation>()
  private readonly erasedWhileLoading = new Set<ConversationId>()
  /** What of the settings decided when the standings were reckoned. */
  private reckonedBy = ''
  private reckoning: Promise<void> | null = null
  private state: 'new' | 'watching' | 'stopped' = 'new'
  private telling: Promise<void> | null = null
  private cancelLook: (() => void) | null = null
  private cancelTelling: () => void = () => undefined
  private stopListening: () => void = () => undefined

  constructor(private readonly needs: Needs) {}

  start(): void {
    this.state = 'watching'
    this.stopListening = this.needs.workspace.onChange(() => this.follow())
    this.follow()
    this.lookNow()
  }

  async stop(): Promise<void> {
    this.state = 'stopped'
    this.stopListening()
    this.cancelLook?.()
    this.cancelTelling()
    await Promise.all([this.telling, this.reckoning, this.loading?.catch(() => undefined)])
  }

  /** When what it has found so far is told. */
  async rest(): Promise<void> {
    while (this.loading || this.reckoning || this.telling)
      await Promise.all([this.loading, this.reckoning, this.telling])
  }

  /** On the way of every message: costs a look-up. */
  talked(conversation: Conversation): void {
    if (!this.standings && !this.loading) return
    this.changed.set(conversation.id, conversation)
    if (this.state === 'watching') this.lookSoon(settles)
  }

  erased(ids: readonly ConversationId[]): void {
    for (const id of ids) {
      this.changed.delete(id)
      this.standings?.delete(id)
      if (this.loading) this.erasedWhileLoading.add(id)
    }
  }

  async atRisk(query: RiskQuery): Promise<Page<ConversationId>> {
    const standings = this.standings ?? (await this.load())
    await this.reckoning
    this.takeChanged()
    return pageAtRisk(standings.values(), query)
  }

  /** Whoever has set no targets has asked to be told of nothing. */
  private isAimed(): boolean {
    return (this.needs.workspace.read().targets ?? []).length > 0
  }

  private loadSoon(): void {
    this.load().catch((error: unknown) => {
      this.needs.log.warn('late:unread', { error: String(error) })
      if (this.state === 'watching') this.needs.clock.after(retryAfter, () => this.follow())
    })
  }

  private load(): Promise<Map<ConversationId, Standing>> {
    this.loading ??= this.readAll().finally(() => {
      this.loading = null
    })
    return this.loading
  }

  private async readAll(): Promise<Map<ConversationId, Standing>> {
    const read = new Map<ConversationId, Standing>()
    const reckonedBy = whatDecides(this.needs.workspace.read())
    this.erasedWhileLoading.clear()
    let cursor: string | null = null
    do {
      const asked = { status: 'open', order: 'waiting', limit: pageSize } as const
      const page: Awaited<ReturnType<ConversationHistory['list']>> = await this.needs.conversations.list(
        cursor === null ? asked : { ...asked, cursor },
      )
      for (const { conversation } of page.items) read.set(conversation.id, this.reckon(conversation))
      cursor = page.nextCursor
    } while (cursor !== null && this.state !== 'stopped')
    for (const id of this.erasedWhileLoading) read.delete(id)
    this.standings = read
    this.reckonedBy = reckonedBy
    this.reckonSoon()
    await this.reckoning
    this.lookNow()
    return read
  }

  private follow(): void {
    if (this.state !== 'watching') return
    if (this.standings) this.reckonSoon()
    else if (this.isAimed()) this.loadSoon()
  }

  /** Most changes of settings decide nothing here. */
  private reckonSoon(): void {
    if (this.reckoning || this.reckonedBy === whatDecides(this.needs.workspace.read())) return
    this.cancelTelling()
    this.reckoning = this.reckonAll()
      .catch((error: unknown) => {
        this.reckonedBy = ''
        this.needs.log.warn('late:unreckoned', { error: String(error) })
      })
      .then(() => {
        this.reckoning = null
        this.lookNow()
      })
  }

  /** Again where the settings changed meanwhile. */
  private async reckonAll(): Promise<void> {
    const { workspace, pace = eventLoopPace } = this.needs
    const slices = new Slices(pace)
    for (;;) {
      const by = whatDecides(workspace.read())
      if (by === this.reckonedBy) return
      this.reckonedBy = by
      for (const [id, { conversation }] of this.standings ?? []) {
        this.standings?.set(id, this.reckon(conversation))
        const breath = slices.breath()
        if (breath) await breath
      }
    }
  }

  private reckon(conversation: Standing['conversation']): Standing {
    const dues = duesOf(this.needs.workspace.read(), conversation)
    const untold = dues.filter(({ aim, since }) => conversation.overdue?.[aim] !== since).map(breaksAt)
    return {
      conversation: withoutWords(conversation),
      dues,
      risk: riskOf(conversation, dues),
      tellAt: untold.reduce(sooner, null),
    }
  }

  private lookSoon(ms: number): void {
    this.cancelLook ??= this.needs.clock.after(ms, () => this.lookNow())
  }

  private lookNow(): void {
    this.cancelLook?.()
    this.cancelLook = null
    this.takeChanged()
    this.tellAtNearest()
  }

  private takeChanged(): void {
    const { standings } = this
    if (!standings) return
    for (const conversation of this.changed.values()) this.take(standings, conversation)
    this.changed.clear()
  }

  private take(standings: Map<ConversationId, Standing>, conversation: Conversation): void {
    const { id, seq, status } = conversation
    const held = standings.get(id)
    if (held && held.conversation.seq >= seq) return
    if (status === 'closed') standings.delete(id)
    else standings.set(id, this.reckon(conversation))
  }

  private tellAtNearest(after = 0): void {
    this.cancelTelling()
    if (this.state !== 'watching' || this.telling || this.reckoning || !this.isAimed()) return
    let nearest = Number.POSITIVE_INFINITY
    for (const { tellAt } of this.standings?.values() ?? [])
      if (tellAt !== null && tellAt < nearest) nearest = tellAt
    if (nearest === Number.POSITIVE_INFINITY) return
    // While a machine sleeps its timers stand still, and its clock may be put right.
    const wait = Math.max(after, nearest - this.needs.clock.now())
    const isFar = wait > lookAgain
    this.cancelTelling = this.needs.clock.after(isFar ? lookAgain : wait, () =>
      isFar ? this.lookNow() : this.tell(),
    )
  }

  private tell(): void {
    this.takeChanged()
    this.telling = this.tellAll()
      .then(
        () => settles,
        (error: unknown) => {
          this.needs.log.warn('late:untold', { error: String(error) })
          return retryAfter
        },
      )
      .then((wait) => {
        this.telling = null
        this.takeChanged()
        this.tellAtNearest(wait)
      })
  }

  private async tellAll(): Promise<void> {
    const now = this.needs.clock.now()
    const late = [...(this.standings ?? [])].filter(([, { tellAt }]) => tellAt !== null && tellAt <= now)
    for (let i = 0; i < late.length && this.state === 'watching'; i += toldAtOnce)
      await Promise.all(late.slice(i, i + toldAtOnce).map(([id, standing]) => this.tellOne(id, standing)))
  }

  private async tellOne(id: ConversationId, { conversation, dues }: Standing): Promise<void> {
    const now = this.needs.clock.now()
    for (const due of dues) {
      const { aim, since, dueAt } = due
      if (dueAt === null || leftOf(due, now) >= 0 || conversation.overdue?.[aim] === since) continue
      const outcome = await this.needs.mark(id, { type: 'overdue', aim, since, dueAt }, {})
      if (outcome.ok) this.marked(outcome.value.conversation)
      else if (outcome.error.code === 'not_found') this.standings?.delete(id)
      else throw new Error(outcome.error.message)
    }
  }

  /** As the record has it, unless it went on meanwhile: what was closed or erased is known here no more. */
  private marked(conversation: Conversation): void {
    const { id, seq } = conversation
    const known = this.changed.get(id) ?? this.standings?.get(id)?.conversation
    if (known && known.seq < seq) this.changed.set(id, conversation)
  }
}

const whatDecides = ({ targets, teams, calendars, sites }: TargetHouse): string =>
  JSON.stringify([targets, teams, calendars, sites.map(({ id, calendar }) => [id, calendar])])

function withoutWords(
  conversation: Standing['conversation'] & Partial<Conversation>,
): Standing['conversation'] {
  const { lastMessage, asked, asks, survey, ...standing } = conversation
  return standing
}
