import type { Conversation } from '../../shared/conversation/conversation.ts'
import { breaksAt, type Due, duesOf, riskOf, type TargetHouse } from '../../shared/dues.ts'
import type { ConversationId } from '../../shared/ids.ts'
import type { ConversationHistory } from '../history/history.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { Log } from './ports.ts'
import type { AtRisk } from './risk-order.ts'
import { eventLoopPace, type Pace, Slices } from './slices.ts'

interface Needs {
  workspace: Pick<Workspace, 'read'>
  conversations: Pick<ConversationHistory, 'list'>
  log: Log
  pace?: Pace | undefined
  /** They are right again after reading or reckoning took a while. */
  onReckoned(): void
  /** Whether nobody needs them any more. */
  isOver(): boolean
}

/** An open conversation, without what was said in it. */
export interface Standing extends AtRisk {
  conversation: Omit<Conversation, 'lastMessage' | 'asked' | 'asks' | 'survey'>
  dues: Due[]
  /** When it will have to be told that something is late; null for nothing. */
  tellAt: number | null
}

type All = Map<ConversationId, Standing>

const pageSize = 200

/**
 * What is due when in every open conversation, by the record and the settings of now. Read once, when somebody first
 * asks; then it follows the changes of both.
 */
export class Standings {
  private all: All | null = null
  private reading: Promise<All> | null = null
  private reckoning: Promise<void> | null = null
  /** What changes in a burst is looked at once. */
  private readonly changed = new Map<ConversationId, Conversation>()
  private readonly erasedWhileReading = new Set<ConversationId>()
  /** What of the settings decided when they were reckoned. */
  private reckonedBy = ''

  constructor(private readonly needs: Needs) {}

  get areRead(): boolean {
    return this.all !== null
  }

  get areReckoned(): boolean {
    return this.reckoning === null
  }

  read(): Promise<All> {
    this.reading ??= this.readAll().finally(() => {
      this.reading = null
    })
    return this.reading
  }

  /** As they are now, once what is under way is done. */
  async settled(): Promise<All> {
    const all = this.all ?? (await this.read())
    await this.reckoning
    this.takeChanged()
    return all
  }

  /** As far as they were read. */
  now(): ReadonlyMap<ConversationId, Standing> {
    this.takeChanged()
    return this.all ?? new Map()
  }

  /** On the way of every message: costs a look-up. False while nobody has asked for any of this. */
  changes(conversation: Conversation): boolean {
    if (!this.all && !this.reading) return false
    this.changed.set(conversation.id, conversation)
    return true
  }

  /** As the record has it, unless it went on meanwhile: what was closed or erased is known here no more. */
  marked(conversation: Conversation): void {
    const { id, seq } = conversation
    const known = this.changed.get(id) ?? this.all?.get(id)?.conversation
    if (known && known.seq < seq) this.changed.set(id, conversation)
  }

  erased(ids: readonly ConversationId[]): void {
    for (const id of ids) {
      this.changed.delete(id)
      this.all?.delete(id)
      if (this.reading) this.erasedWhileReading.add(id)
    }
  }

  /** Reckons anew where the settings decide otherwise now, as most changes of them do not. Answers whether it does. */
  follow(): boolean {
    if (this.reckoning || this.reckonedBy === whatDecides(this.needs.workspace.read())) return false
    this.reckoning = this.reckonAll()
      .catch((error: unknown) => {
        this.reckonedBy = ''
        this.needs.log.warn('late:unreckoned', { error: String(error) })
      })
      .then(() => {
        this.reckoning = null
        this.needs.onReckoned()
      })
    return true
  }

  /** When nothing is under way, whatever came of it. */
  async rest(): Promise<void> {
    await Promise.all([this.reckoning, this.reading?.catch(() => undefined)])
  }

  /** Null when nothing is under way. */
  underWay(): Promise<unknown> | null {
    return this.reading ?? this.reckoning
  }

  private async readAll(): Promise<All> {
    const read: All = new Map()
    const reckonedBy = whatDecides(this.needs.workspace.read())
    this.erasedWhileReading.clear()
    let cursor: string | null = null
    do {
      const asked = { status: 'open', order: 'waiting', limit: pageSize } as const
      const page: Awaited<ReturnType<ConversationHistory['list']>> = await this.needs.conversations.list(
        cursor === null ? asked : { ...asked, cursor },
      )
      for (const { conversation } of page.items) read.set(conversation.id, this.reckon(conversation))
      cursor = page.nextCursor
    } while (cursor !== null && !this.needs.isOver())
    for (const id of this.erasedWhileReading) read.delete(id)
    this.all = read
    this.reckonedBy = reckonedBy
    this.follow()
    await this.reckoning
    this.needs.onReckoned()
    return read
  }

  /** Again where the settings changed meanwhile. */
  private async reckonAll(): Promise<void> {
    const { workspace, pace = eventLoopPace } = this.needs
    const slices = new Slices(pace)
    for (;;) {
      const by = whatDecides(workspace.read())
      if (by === this.reckonedBy) return
      this.reckonedBy = by
      for (const [id, { conversation }] of this.all ?? []) {
        this.all?.set(id, this.reckon(conversation))
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

  private takeChanged(): void {
    const { all } = this
    if (!all) return
    for (const conversation of this.changed.values()) this.take(all, conversation)
    this.changed.clear()
  }

  private take(all: All, conversation: Conversation): void {
    const { id, seq, status } = conversation
    const held = all.get(id)
    if (held && held.conversation.seq >= seq) return
    if (status === 'closed') all.delete(id)
    else all.set(id, this.reckon(conversation))
  }
}

const sooner = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.min(one, other)

const whatDecides = ({ targets, teams, calendars, sites }: TargetHouse): string =>
  JSON.stringify([targets, teams, calendars, sites.map(({ id, calendar }) => [id, calendar])])

function withoutWords(
  conversation: Standing['conversation'] & Partial<Conversation>,
): Standing['conversation'] {
  const { lastMessage, asked, asks, survey, ...standing } = conversation
  return standing
}
