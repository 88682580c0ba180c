import { createKeep } from '../../../agent-console/state/keep.ts'
import type { Keep, Vault } from '../../../agent-console/state/ports.ts'
import type { SignedInAgent } from '../../../shared/agent.ts'
import type { ConversationId, VisitId } from '../../../shared/ids.ts'
import { makeId } from '../../../shared/ids.ts'
import type { InboxRow } from '../../../shared/inbox.ts'
import type { AgentSnapshot } from '../../../shared/protocol.ts'
import { noReceipts } from '../../../shared/timeline.ts'
import type { LiveVisitor } from '../../../shared/visitor.ts'
import { agentId, type Story, sara, siteId, visitorId } from '../../shared/story.ts'

export const me: SignedInAgent = {
  id: agentId(sara),
  email: 'sara@shop.example',
  name: 'Sara',
  role: 'owner',
}

export const rowOf = (story: Story, more: Partial<InboxRow> = {}): InboxRow => ({
  conversation: story.conversation,
  visitorName: 'Mina',
  receipts: noReceipts,
  unread: 0,
  ...more,
})

export const visitId = (n: number): VisitId => makeId('t', 0, new Uint8Array(10).fill(n))
export const otherConversation = (n: number): ConversationId => makeId('c', 0, new Uint8Array(10).fill(n))

export const somebody = (n: number, more: Partial<LiveVisitor> = {}): LiveVisitor => ({
  visitId: visitId(n),
  siteId,
  visitorId,
  name: null,
  email: null,
  page: { url: 'https://shop.example/', title: 'Home', at: 1_000 },
  landing: { url: 'https://shop.example/', referrer: '' },
  pageViews: 1,
  startedAt: 1_000,
  activeAt: 1_000,
  state: 'active',
  locale: 'en',
  device: 'desktop',
  browser: 'Chrome 156',
  consent: 'essential',
  conversationId: null,
  ...more,
})

export const snapshotOf = (more: Partial<AgentSnapshot> = {}): AgentSnapshot => ({
  epoch: 'first',
  serverTime: 0,
  me,
  status: 'online',
  colleagues: [],
  sites: [],
  inbox: [],
  conversations: [],
  visitors: [],
  totals: { visitors: 0, open: 0, waiting: 0 },
  ...more,
})

/** A browser's storage that a test can look into, and forbid. */
export function memoryKeep(): Keep & { held: Map<string, string>; forbid(): void } {
  const held = new Map<string, string>()
  let forbidden = false
  const shelf = {
    get length() {
      return held.size
    },
    key: (i: number) => [...held.keys()][i] ?? null,
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (forbidden) throw new Error('QuotaExceededError')
      held.set(key, value)
    },
    removeItem: (key: string) => void held.delete(key),
  }
  return {
    ...createKeep(() => shelf),
    held,
    forbid: () => {
      forbidden = true
    },
  }
}

/** A vault that a test can look into, and whose writing it can hold up. */
export function memoryVault(held = new Map<string, string>()): Vault & {
  held: Map<string, string>
  slow(until: Promise<void>): void
} {
  let ready = Promise.resolve()
  return {
    held,
    slow: (until) => {
      ready = until
    },
    all: async (prefix) => [...held].filter(([key]) => key.startsWith(prefix)),
    has: async (key) => held.has(key),
    write: async (key, value) => {
      await ready
      if (value === null) held.delete(key)
      else held.set(key, value)
    },
  }
}
