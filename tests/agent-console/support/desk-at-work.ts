import type { Query } from '../../../agent-console/connection/api.ts'
import { DeskControl } from '../../../agent-console/state/desk.ts'
import type { AgentSnapshot } from '../../../shared/protocol.ts'
import { success } from '../../../shared/result.ts'
import { noReceipts } from '../../../shared/timeline.ts'
import { clientId, conversationId, type Story } from '../../shared/story.ts'
import { handClock } from '../../support/clock.ts'
import { me, memoryKeep, memoryVault, rowOf, snapshotOf } from './desk.ts'
import { fakeLink, settle } from './fake-link.ts'

interface Belongings {
  keep?: ReturnType<typeof memoryKeep>
  vault?: ReturnType<typeof memoryVault>
  /** What the REST interface answers, by cursor. */
  pages?: Record<string, object>
}

/** A desk whose server a test plays by hand. */
export function openDesk({ keep = memoryKeep(), vault = memoryVault(), pages = {} }: Belongings = {}) {
  const link = fakeLink()
  const clock = handClock()
  const asked: Query[] = []
  const get = async (_: string, query: Query = {}) => {
    asked.push(query)
    return success(pages[String(query.cursor)] as never)
  }
  const api = { address: () => '', get, send: async () => success(undefined as never) }
  let written = 100
  const chance = { clientId: () => clientId(++written), share: () => 0.5 }
  const desk = new DeskControl({ me, link, api, clock, keep, vault, chance })
  const greet = async (more: Partial<AgentSnapshot> = {}) => {
    link.tell({ name: 'up' })
    await link.waiting('hello')[0]?.answer({ ok: true, ...snapshotOf(more) })
  }
  /** Opens the conversation of this story on the screen, as it is so far. */
  const show = async (story: Story) => {
    const unwatch = desk.watch(conversationId)
    const { conversation, entries } = story
    const whole = { ok: true, mode: 'whole', conversation, entries: [...entries], receipts: noReceipts }
    await link.waiting('conversation:watch')[0]?.answer({ ...whole, row: rowOf(story) })
    return unwatch
  }
  /** Writes a reply, and lets it get to the disk. */
  const reply = async (text: string) => {
    desk.reply(conversationId, text, false)
    await settle()
  }
  return { link, clock, keep, vault, desk, greet, show, reply, asked }
}
