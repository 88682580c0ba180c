import type { Conversation } from '../../shared/conversation/conversation.ts'
import type { OverdueCommand } from '../../shared/conversation/decide.ts'
import { breaksAt, type Due, duesOf, leftOf, type Risk, riskOf, soonestRisk } from '../../shared/dues.ts'
import type { AgentId, ConversationId, SiteId, VisitorId } from '../../shared/ids.ts'
import { day } from '../../shared/limits.ts'
import type { Result } from '../../shared/result.ts'
import type { Appended, ConversationHistory, Page } from '../history/history.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { Origin } from './audience.ts'
import type { Clock, Log } from './ports.ts'

export interface RiskQuery {
  siteId?: SiteId
  assigneeId?: AgentId | null
  visitorId?: VisitorId
  tag?: string
  /** Of the page before. */
  cursor?: string
  limit: number
}

interface Needs {
  workspace: Pick<Workspace, 'read' | 'onChange'>
  conversations: Pick<ConversationHistory, 'list'>
  /** Records that something is late, once, and tells everybody. */
  mark(id: ConversationId, command: OverdueCommand, origin: Origin): Promise<Result<Appended>>
  clock: Clock
  log: Log
}

/** An open conversation, without what was said in it. */
interface Standing {
  conversation: Omit<Conversation, 'lastMessage' | 'asked' | 'asks' | 'survey'>
  dues: Due[]
  risk: Risk
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

/**
 * Knows of every open conversation what is due when, from the record and the targets alone, and tells when the nearest
 * has passed: with one timer. Whether that was told is decided with the record, so that nothing is told twice.
 */
export class LateWatch {
  private standings: Map<ConversationId, Standing> | null = null
  private loading: Promise<Map<ConversationId, Standing>> | null = null
  private changed = new Map<ConversationId, Conversation>()
  private state: 'new' | 'watching' | 'stopped' = 'new'
  private telling: Promise<void> | null = null
  private cancelLook: (() => void) | null = null
  private cancelTelling: () => void = () => undefined
  private stopListening: () => void = () => undefined

  constructor(private readonly needs: Needs) {}

  start(): void {
    this.state = 'watching'
    this.stopListening = this.needs.workspace.onChange(() => this.reckonAll())
    this.reckonAll()
  }

  async stop(): Promise<void> {
    this.state = 'stopped'
    this.stopListening()
    this.cancelLook?.()
    this.cancelTelling()
    await Promise.all([this.telling, this.loading?.catch(() => undefined)])
  }

  /** When what it has found so far is told. */
  async rest(): Promise<void> {
    while (this.loading || this.telling) await Promise.all([this.loading, this.telling])
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
    }
  }

  async atRisk(query: RiskQuery): Promise<Page<ConversationId>> {
    const standings = this.standings ?? (await this.load())
    this.takeChanged()
    const after = query.cursor === undefined ? null : riskIn(query.cursor)
    if (query.cursor !== undefined && !after) return { items: [], nextCursor: null }
    const found = [...standings.values()]
      .filter(
        ({ conversation, risk }) => fits(conversation, query) && (!after || soonestRisk(after, risk) < 0),
      )
      .sort((a, b) => soonestRisk(a.risk, b.risk))
    const shown = found.slice(0, query.limit)
    const last = shown.at(-1)
    const nextCursor = last && found.length > shown.length ? cursorOf(last.risk) : null
    return { items: shown.map(({ conversation }) => conversation.id), nextCursor }
  }

  /** Whoever has set no targets has asked to be told of nothing. */
  private isAimed(): boolean {
    return (this.needs.workspace.read().targets ?? []).length > 0
  }

  private loadSoon(): void {
    this.load().catch((error: unknown) => {
      this.needs.log.warn('late:unread', { error: String(error) })
      if (this.state === 'watching') this.needs.clock.after(retryAfter, () => this.reckonAll())
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
    let cursor: string | null = null
    do {
      const asked = { status: 'open', order: 'waiting', limit: pageSize } as const
      const page: Awaited<ReturnType<ConversationHistory['list']>> = await this.needs.conversations.list(
        cursor === null ? asked : { ...asked, cursor },
      )
      for (const { conversation } of page.items) read.set(conversation.id, this.reckon(conversation))
      cursor = page.nextCursor
    } while (cursor !== null && this.state !== 'stopped')
    this.standings = read
    this.lookNow()
    return read
  }

  private reckonAll(): void {
    if (this.state !== 'watching') return
    if (!this.standings) {
      if (this.isAimed()) this.loadSoon()
      return
    }
    for (const [id, { conversation }] of this.standings) this.standings.set(id, this.reckon(conversation))
    this.lookNow()
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
    if (this.state !== 'watching' || this.telling || !this.isAimed()) return
    let nearest = Number.POSITIVE_INFINITY
    for (const { tellAt } of this.standings?.values() ?? [])
      if (tellAt !== null && tellAt < nearest) nearest = tellAt
    if (nearest === Number.POSITIVE_INFINITY) return
    // No timer lasts for longer than some weeks.
    const wait = Math.min(day, Math.max(after, nearest - this.needs.clock.now()))
    this.cancelTelling = this.needs.clock.after(wait, () => this.tell())
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
      // As the record has it, also where that was ahead of what was known here.
      if (outcome.ok) this.changed.set(id, outcome.value.conversation)
      else if (outcome.error.code === 'not_found') this.standings?.delete(id)
      else throw new Error(outcome.error.message)
    }
  }
}

function withoutWords(
  conversation: Standing['conversation'] & Partial<Conversation>,
): Standing['conversation'] {
  const { lastMessage, asked, asks, survey, ...standing } = conversation
  return standing
}

const fits = (
  one: Standing['conversation'],
  { siteId, assigneeId, visitorId, tag }: Omit<RiskQuery, 'limit'>,
): boolean =>
  (siteId === undefined || one.siteId === siteId) &&
  (assigneeId === undefined || one.assigneeId === assigneeId) &&
  (visitorId === undefined || one.visitorId === visitorId) &&
  (tag === undefined || (one.tags?.includes(tag) ?? false))

const cursorOf = ({ dueAt, waitingSince, id }: Risk): string => `${dueAt ?? ''}.${waitingSince ?? ''}.${id}`

/** Null for what is no cursor of ours. */
function riskIn(cursor: string): Risk | null {
  const [, dueAt = '', waitingSince = '', id] = /^(\d*)\.(\d*)\.(\w+)$/.exec(cursor) ?? []
  return id === undefined ? null : { dueAt: timeIn(dueAt), waitingSince: timeIn(waitingSince), id }
}

const timeIn = (text: string): number | null => (text === '' ? null : Number(text))
