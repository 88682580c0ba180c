import { onTestFinished } from 'vitest'
import { createApi } from '../../../agent-console/connection/api.ts'
import { createLink, type Link } from '../../../agent-console/connection/link.ts'
import { filters, rowsOf } from '../../../agent-console/inbox/order.ts'
import { DeskControl } from '../../../agent-console/state/desk.ts'
import type { Desk } from '../../../agent-console/state/desk-state.ts'
import type { Clock } from '../../../agent-console/state/ports.ts'
import type { SignedInAgent } from '../../../shared/agent.ts'
import type { ConversationId } from '../../../shared/ids.ts'
import type { Client } from '../../support/client.ts'
import { aClientId } from '../../support/random.ts'
import { memoryKeep } from './desk.ts'

export interface OpenConsole {
  desk: DeskControl
  link: Link
  keep: ReturnType<typeof memoryKeep>
  state(): Desk
  /** Resolves when the desk's state fits, which is looked at with each change. */
  until(fits: (desk: Desk) => boolean): Promise<void>
}

interface ConsoleOptions {
  /** Origin it talks to: the server's, or that of a network in between. */
  url: string
  client: Client
  keep?: ReturnType<typeof memoryKeep>
}

/** The console without its screens: its own state, outbox and connection, on a real network. */
export async function openConsole({
  url,
  client,
  keep = memoryKeep(),
}: ConsoleOptions): Promise<OpenConsole> {
  const headers = { cookie: client.cookie, origin: url }
  const link = createLink({ address: url, restFirst: 50, headers })
  const api = createApi(`${url}/api/v1`, (path, init) => fetch(path, { ...init, headers }))
  const chance = { clientId: aClientId, share: () => Math.random() }
  const desk = new DeskControl({ me: await whoIs(client), link, api, clock, keep, chance })
  onTestFinished(() => desk.leave())
  const state = () => desk.state.get()
  const until = (fits: (desk: Desk) => boolean) =>
    new Promise<void>((resolve) => {
      const stop = desk.state.subscribe(() => look())
      const look = () => {
        if (!fits(state())) return
        stop()
        resolve()
      }
      look()
    })
  await until(({ ready, connection }) => ready && connection.name === 'live')
  return { desk, link, keep, state, until }
}

async function whoIs(client: Client): Promise<SignedInAgent> {
  const { json } = await client.get('/api/v1/session')
  return Object(json).agent
}

/** All that an agent sees: the lists in their order, the people, the counts, and the open conversation. */
export function shownBy(desk: Desk, open: ConversationId) {
  const timeline = desk.timelines.get(open)
  return {
    lists: filters.map((filter) => rowsOf(desk.inbox, filter, desk.me.id)),
    people: [...desk.roster.values()].sort((a, b) => (a.visitId < b.visitId ? -1 : 1)),
    colleagues: desk.colleagues,
    totals: desk.totals,
    open: timeline && { ...timeline, entries: timeline.entries.slice(-50) },
  }
}

const clock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}
