import type { Conversation } from '../../shared/conversation/conversation.ts'
import type { OverdueCommand } from '../../shared/conversation/decide.ts'
import { leftOf } from '../../shared/dues.ts'
import type { ConversationId } from '../../shared/ids.ts'
import type { Result } from '../../shared/result.ts'
import type { Appended, ConversationHistory, Page } from '../history/history.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { Origin } from './audience.ts'
import type { Clock, Log } from './ports.ts'
import { pageAtRisk, type RiskQuery } from './risk-order.ts'
import type { Pace } from './slices.ts'
import { type Standing, Standings } from './standings.ts'

interface Needs {
  workspace: Pick<Workspace, 'read' | 'onChange'>
  conversations: Pick<ConversationHistory, 'list'>
  /** Records that something is late, once, and tells everybody. */
  mark(id: ConversationId, command: OverdueCommand, origin: Origin): Promise<Result<Appended>>
  clock: Clock
  log: Log
  pace?: Pace
}

/** What changes in a burst is looked at once. */
const settles = 200
const toldAtOnce = 50
const retryAfter = 5_000
const lookAgain = 60_000

/**
 * Tells when the nearest of what is due has passed: with one timer. Whether that was told is decided with the record, so
 * that nothing is told twice.
 */
export class LateWatch {
  private readonly standings: Standings
  private state: 'new' | 'watching' | 'stopped' = 'new'
  private telling: Promise<void> | null = null
  private cancelLook: (() => void) | null = null
  private cancelTelling: () => void = () => undefined
  private stopListening: () => void = () => undefined

  constructor(private readonly needs: Needs) {
    const onReckoned = () => this.lookNow()
    this.standings = new Standings({ ...needs, onReckoned, isOver: () => this.state === 'stopped' })
  }

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
    await Promise.all([this.telling, this.standings.rest()])
  }

  /** When what it has found so far is told. */
  async rest(): Promise<void> {
    for (let busy = this.underWay(); busy; busy = this.underWay()) await busy
  }

  /** On the way of every message. */
  talked(conversation: Conversation): void {
    if (this.standings.changes(conversation) && this.state === 'watching') this.lookSoon(settles)
  }

  erased(ids: readonly ConversationId[]): void {
    this.standings.erased(ids)
  }

  async atRisk(query: RiskQuery): Promise<Page<ConversationId>> {
    return pageAtRisk((await this.standings.settled()).values(), query)
  }

  private underWay(): Promise<unknown> | null {
    return this.standings.underWay() ?? this.telling
  }

  /** Whoever has set no targets has asked to be told of nothing. */
  private isAimed(): boolean {
    return (this.needs.workspace.read().targets ?? []).length > 0
  }

  private follow(): void {
    if (this.state !== 'watching') return
    if (!this.standings.areRead) {
      if (this.isAimed()) this.read()
    } else if (this.standings.follow()) this.cancelTelling()
  }

  private read(): void {
    this.standings.read().catch((error: unknown) => {
      this.needs.log.warn('late:unread', { error: String(error) })
      if (this.state === 'watching') this.needs.clock.after(retryAfter, () => this.follow())
    })
  }

  private lookSoon(ms: number): void {
    this.cancelLook ??= this.needs.clock.after(ms, () => this.lookNow())
  }

  private lookNow(): void {
    this.cancelLook?.()
    this.cancelLook = null
    this.tellAtNearest()
  }

  private tellAtNearest(after = 0): void {
    this.cancelTelling()
    const nearest = this.nearest()
    if (this.state !== 'watching' || this.telling || !this.standings.areReckoned || !this.isAimed()) return
    if (nearest === Number.POSITIVE_INFINITY) return
    // While a machine sleeps its timers stand still, and its clock may be put right.
    const wait = Math.max(after, nearest - this.needs.clock.now())
    const isFar = wait > lookAgain
    this.cancelTelling = this.needs.clock.after(isFar ? lookAgain : wait, () =>
      isFar ? this.lookNow() : this.tell(),
    )
  }

  private nearest(): number {
    let nearest = Number.POSITIVE_INFINITY
    for (const { tellAt } of this.standings.now().values())
      if (tellAt !== null && tellAt < nearest) nearest = tellAt
    return nearest
  }

  private tell(): void {
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
        this.tellAtNearest(wait)
      })
  }

  private async tellAll(): Promise<void> {
    const now = this.needs.clock.now()
    const late = [...this.standings.now()].filter(([, { tellAt }]) => tellAt !== null && tellAt <= now)
    for (let i = 0; i < late.length && this.state === 'watching'; i += toldAtOnce)
      await Promise.all(late.slice(i, i + toldAtOnce).map(([id, standing]) => this.tellOne(id, standing)))
  }

  private async tellOne(id: ConversationId, { conversation, dues }: Standing): Promise<void> {
    const now = this.needs.clock.now()
    for (const due of dues) {
      const { aim, since, dueAt } = due
      if (dueAt === null || leftOf(due, now) >= 0 || conversation.overdue?.[aim] === since) continue
      const outcome = await this.needs.mark(id, { type: 'overdue', aim, since, dueAt }, {})
      if (outcome.ok) this.standings.marked(outcome.value.conversation)
      else if (outcome.error.code === 'not_found') this.standings.erased([id])
      else throw new Error(outcome.error.message)
    }
  }
}
