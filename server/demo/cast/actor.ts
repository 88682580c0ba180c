import { randomBytes, randomUUID } from 'node:crypto'
import * as v from 'valibot'
import { ClientId, type ConversationId, PageId, SiteKey, VisitorToken } from '../../../shared/ids.ts'
import type { EntriesAdded, Sent, VisitorAuth } from '../../../shared/protocol.ts'
import type { Ack } from '../../../shared/result.ts'
import type { Clock } from '../../domain/ports.ts'
import { type Door, openVisitorSocket, type VisitorSocket } from '../connection/visitor-socket.ts'
import type { Chance } from '../seeding/chance.ts'
import type { Part } from './part.ts'

export interface Stage {
  clock: Clock
  chance: Chance
  door: Door
  /** A visit that failed is over; the reason is for the log. */
  onFault(fault: unknown): void
}

const second = 1_000
const minute = 60 * second

/** Plays one visitor from arrival to departure, by page views and a socket as the widget makes them. */
export async function play(part: Part, stage: Stage): Promise<void> {
  const { door } = stage
  const auth = introduce(part)
  const [landing, ...trail] = part.trail
  await reportView(door, auth, landing)
  const socket = await openVisitorSocket(door, auth, landing)
  const visit = new Visit(part, stage, socket)
  try {
    for (const view of trail) if (await visit.dwell()) await socket.ask('page:view', view)
    if (part.lines.length > 0) await visit.talk()
    await visit.dwell()
    if (visit.here) await socket.ask('page:leave', {})
  } finally {
    socket.close()
  }
}

/** With a token of their own, since all of them come from one address. */
const introduce = ({ locale, device }: Part): VisitorAuth => ({
  site: v.parse(SiteKey, 'demo'),
  page: v.parse(PageId, randomBytes(16).toString('base64url')),
  token: v.parse(VisitorToken, randomBytes(32).toString('base64url')),
  consent: 'essential',
  ...{ locale, device },
})

async function reportView({ server, origin, userAgent }: Door, auth: VisitorAuth, view: Part['trail'][0]) {
  const answer = await fetch(`${server}/v1/page-views`, {
    method: 'POST',
    headers: { origin, 'user-agent': userAgent, 'content-type': 'text/plain' },
    body: JSON.stringify({ ...auth, view }),
  })
  if (!answer.ok) throw new Error(`A page view was answered ${answer.status}: ${await answer.text()}`)
}

class Visit {
  here = true
  #answered: () => void = () => undefined

  constructor(
    private readonly part: Part,
    private readonly stage: Stage,
    private readonly socket: VisitorSocket,
  ) {
    socket.onGone(() => {
      this.here = false
      this.#answered()
    })
    socket.onEntries((added) => this.#listen(added))
  }

  /** Looks at the page for a while; false when the connection went meanwhile. */
  async dwell(): Promise<boolean> {
    await this.#pause(this.stage.chance.between(12, 45) * second)
    return this.here
  }

  /** Says the lines one by one, each after an answer; patience has an end. */
  async talk(): Promise<void> {
    const { name, lines } = this.part
    if (name) await this.socket.ask('visitor:identify', { name })
    let conversationId: ConversationId | null = null
    for (const text of lines) {
      await this.#pause(this.stage.chance.between(6, 20) * second)
      if (!this.here) return
      const answer = this.#nextAnswer()
      const clientId = v.parse(ClientId, randomUUID())
      const sent: Ack<Sent> = await this.socket.ask('message:send', { clientId, conversationId, text })
      if (!sent.ok) return
      conversationId = sent.conversation.id
      await Promise.race([answer, this.#pause(6 * minute)])
    }
    if (this.here && conversationId) await this.socket.ask('conversation:end', { conversationId })
  }

  #nextAnswer(): Promise<void> {
    return new Promise((resolve) => {
      this.#answered = resolve
    })
  }

  #listen({ conversationId, entries }: EntriesAdded): void {
    const last = entries.at(-1)
    if (!last) return
    const seen = { conversationId, delivered: last.seq, seen: last.seq }
    this.socket.ask('receipt:send', seen).catch(this.stage.onFault)
    if (entries.some((entry) => entry.kind === 'message' && entry.author.kind === 'agent')) this.#answered()
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.stage.clock.after(ms, resolve)
    })
  }
}
