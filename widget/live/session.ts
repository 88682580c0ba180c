import type { ConversationId } from '../../shared/ids.ts'
import { times } from '../../shared/limits.ts'
import { nearestLocale } from '../../shared/locale.ts'
import type { TypingChanged, VisitorAuth } from '../../shared/protocol.ts'
import { isRetryable } from '../../shared/result.ts'
import type { Timeline, TimelineEvent } from '../../shared/timeline.ts'
import { protocolVersion, type RefusalReason } from '../../shared/wire.ts'
import { type Announcement, type Ask, type Link, openLink } from '../connection/link.ts'
import { after } from '../page/after.ts'
import type { Host } from '../page/host.ts'
import { keep } from '../page/keep.ts'
import { type Connection, held } from '../state/state.ts'
import type { Store } from '../state/store.ts'
import { keepVisitor } from './visitor.ts'

/** Keeps `store` true to the server: hello at each connect, announcements between, gaps filled. */
export function openSession(host: Host, store: Store, ready: () => void): Link {
  let shown: string | undefined
  const connection = teller(store)
  const link = openLink({
    base: host.base,
    auth() {
      shown = host.memory.held?.token
      return authOf(host)
    },
    connected: greet,
    pollUntil: () => host.memory.held?.pollUntil ?? 0,
    polls(pollUntil) {
      host.memory.pollUntil = pollUntil
      if (host.memory.held) keep(host, { pollUntil })
    },
    disconnected: () => connection('offline'),
    refused(refused) {
      // It says so as it goes, and will be back.
      if (refused !== 'stopping') connection('refused', refused)
      // Asked to be forgotten: nothing of them stays on the device, nor waits to be sent.
      if (refused === 'erased') host.run('shutdown')
    },
    announced(announcement) {
      announced(store, announcement)
      if (announcement[0] === 'typing:changed') lapse(announcement[1])
    },
  })

  /** Once a connection, and whenever the page may have missed something. */
  async function greet(): Promise<void> {
    const view = host.consent() === 'denied' ? null : host.view()
    const resume = held(store.get())
    const said = await link.ask('hello', { protocolVersion, resume, ...(view ? { view } : {}) })
    if (!said.ok) return void after(times.retryFirst * 5, () => link.connected() && greet())
    store.apply({ type: 'snapshot', snapshot: said.value })
    connection('online')
    // The chat was opened while the socket was being greeted.
    if (host.memory.held?.token !== shown) await keepVisitor(host, store, link)
    ready()
  }

  const fillGaps = gapFiller(store, link.ask)
  const lapse = lapsingTyping(store)
  store.subscribe((now) => {
    if ([...now.timelines.values()].some((timeline) => timeline.gap)) fillGaps()
  })
  return link
}

/** How the connection is, as of now. */
function teller(store: Store) {
  const tell = (connection: Connection, refused?: RefusalReason) =>
    store.apply({ type: 'connection', connection, at: Date.now(), ...(refused ? { refused } : {}) })
  tell('connecting')
  return tell
}

export const authOf = (host: Host): VisitorAuth => ({
  site: host.settings.site,
  page: host.page,
  consent: host.consent(),
  locale: nearestLocale(host.settings.locale),

  ...(host.memory.held ? { token: host.memory.held.token } : {}),
})

function announced(store: Store, [name, payload]: Announcement) {
  switch (name) {
    case 'conversation:started':
      return store.apply({ type: 'conversations', conversations: [payload] })
    case 'entries:added':
      return at(store, payload.conversationId, { type: 'entries', entries: payload.entries })
    case 'receipts:changed':
      return at(store, payload.conversationId, { type: 'receipts', receipts: payload.receipts })
    case 'typing:changed':
      return store.apply({ type: 'typing', change: payload })
    case 'site:changed':
      return store.apply({ type: 'site', site: payload.site, rules: payload.rules })
    case 'invite:offered':
      return store.apply({ type: 'invitation', invitation: payload })
    case 'invite:withdrawn':
      if (store.get().invitation?.inviteId === payload.inviteId)
        store.apply({ type: 'invitation', invitation: null })
      return
    case 'refused':
      return
  }
}

const at = (store: Store, place: ConversationId, event: TimelineEvent): void =>
  store.apply({ type: 'timeline', place, event })

/** A notice that is not renewed has lost its sender. */
function lapsingTyping(store: Store) {
  const timers = new Map<string, ReturnType<typeof setTimeout>>()
  return (change: TypingChanged) => {
    const who = change.who.side === 'agents' ? change.who.agentId : ''
    clearTimeout(timers.get(who))
    if (!change.typing) return
    const over = () => store.apply({ type: 'typing', change: { ...change, typing: false } })
    timers.set(who, setTimeout(over, times.typingExpires))
  }
}

/** Fetches what lies between the entries held and those announced, one conversation after another. */
function gapFiller(store: Store, ask: Ask) {
  let filling = false
  const gaps = () => [...store.get().timelines.values()].filter(({ gap }) => gap)
  /** True when something came; what was announced while it was on its way came too early, and is missing now. */
  async function fill({ conversation }: Timeline): Promise<boolean> {
    if (!conversation) return false
    const { id, seq } = conversation
    const said = await ask('entries:since', { conversationId: id, after: seq })
    if (!said.ok) {
      if (isRetryable(said.error.code)) after(said.error.retryAfterMs ?? times.retryFirst, fillGaps)
      return false
    }
    at(store, id, { type: 'entries', entries: said.value.entries })
    at(store, id, { type: 'receipts', receipts: said.value.receipts })
    return said.value.entries.length > 0
  }
  async function fillGaps(): Promise<void> {
    if (filling) return
    filling = true
    for (let came = true; came; ) {
      came = false
      for (const timeline of gaps()) came = (await fill(timeline)) || came
    }
    filling = false
  }
  return fillGaps
}
