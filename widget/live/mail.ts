import type { ClientId, ConversationId } from '../../shared/ids.ts'
import { limits } from '../../shared/limits.ts'
import { failure } from '../../shared/result.ts'
import { toJson } from '../../shared/text/json.ts'
import type { PendingFile, TimelineEvent } from '../../shared/timeline.ts'
import type { Identity } from '../../shared/visitor.ts'
import { messagesPath } from '../../shared/wire.ts'
import type { Ask } from '../connection/link.ts'
import {
  createOutbox,
  type Letter,
  type LetterBox,
  type Outbox,
  type OutboxNews,
} from '../connection/outbox.ts'
import { after } from '../page/after.ts'
import type { Host } from '../page/host.ts'
import { letterBoxName } from '../page/keep.ts'
import { randomUuid } from '../page/random.ts'
import { mint } from '../page/settings.ts'
import { isSaid, type Place, timelineAt, unstarted } from '../state/state.ts'
import type { Store } from '../state/store.ts'
import { loadFiles } from '../ui/load-files.ts'
import { authOf } from './session.ts'

export interface Mail {
  write(text: string, place: Place, files?: readonly PendingFile[], about?: Identity): Promise<void>
  retry(clientId: ClientId): void
  discard(clientId: ClientId): void
  /** Sends what waits, now. */
  flush(): void
  /** The page may be gone in a moment: tells the server what waits, by a request that outlives the page. */
  leave(): void
  stop(): void
}

export interface MailOptions {
  host: Host
  store: Store
  ask: Ask
  openBox(name: string): Promise<LetterBox>
}

/** The visitor's own messages on their way out, and what the timelines show of it. */
export function createMail(options: MailOptions): Mail {
  const { host, store } = options
  const waiting = new Map<ClientId, Letter>()
  let last = 0
  let stopped = false
  let outbox: Promise<Outbox> | undefined
  const tell = (news: OutboxNews) => {
    const { letter } = news
    // Written by an earlier page perhaps, whose clock was ahead: what follows it is sent after it.
    last = Math.max(last, letter.writtenAt)
    if (news.name === 'queued' || news.name === 'requeued') waiting.set(letter.clientId, letter)
    else if (news.name !== 'sending') waiting.delete(letter.clientId)
    show(host, store, news)
  }
  /** Opened when there may be something in it, since even an empty box is storage on the device. */
  const open = (): Promise<Outbox> => {
    outbox ??= openOutbox(options, tell)
    return outbox
  }
  const use = (act: (opened: Outbox) => unknown): void => {
    open()
      .then((opened) => stopped || act(opened))
      .catch((error) => host.emit('error', error))
  }
  const write: Mail['write'] = async (text, place, files, about) => {
    last = Math.max(Date.now(), last + 1)
    const letter = letterOf(options, { text, place, files, about, writtenAt: last })
    if (letter.inviteId) store.apply({ type: 'answered' })
    waiting.set(letter.clientId, letter)
    const opened = await open()
    if (!stopped) await opened.post(letter)
  }
  if (host.memory.held) use((opened) => opened.resume())
  return {
    write,
    retry: (clientId) => use((opened) => opened.retry(clientId)),
    discard: (clientId) => use((opened) => opened.discard(clientId)),
    flush: () => outbox && use((opened) => opened.flush()),
    leave() {
      const letters = [...waiting.values()].filter(({ clientId }) => !isSaid(store.get(), clientId))
      entrust(host, letters)
    },
    stop() {
      stopped = true
      waiting.clear()
      outbox?.then((opened) => opened.stop())
    },
  }
}

function letterOf(
  { host, store }: MailOptions,
  { place, ...written }: { place: Place } & Pick<Letter, 'text' | 'files' | 'about' | 'writtenAt'>,
): Letter {
  const { invitation } = store.get()
  const { conversation } = timelineAt(store.get(), place)
  return {
    clientId: mint(randomUuid()),
    // A closed conversation may take no more; the server chooses then.
    conversationId: conversation?.status === 'open' ? conversation.id : null,
    shownIn: conversation?.id ?? null,
    ...written,
    inviteId: invitation?.inviteId,
    page: pageOf(host),
  }
}

/** The message in a letter. */
const messageOf = ({ clientId, conversationId, text, inviteId, about, page }: Letter) => ({
  ...{ clientId, conversationId, text, inviteId, about, page },
})

/** How much a browser sends for a page that is gone, in characters of at most three bytes. */
const entrusted = 20_000

/** With the same ids, so that whatever else sends them doubles nothing. The answer is nobody's any more. */
function entrust(host: Host, letters: Letter[]): void {
  // A file is too much for such a request, and what was written after it must not overtake it.
  const withFiles = letters.findIndex(({ files }) => files)
  if (withFiles >= 0) letters.splice(withFiles)
  if (!letters.length) return
  const messages = letters.slice(0, limits.messagesLeft).map(messageOf)
  const written = () => toJson({ ...authOf(host), messages })
  while (messages.length > 1 && written().length > entrusted) messages.pop()
  const body = written()
  fetch(`${host.base}${messagesPath}`, { method: 'POST', body, keepalive: true }).catch((error) =>
    host.emit('error', error),
  )
}

async function openOutbox({ host, store, ask, openBox }: MailOptions, tell: (news: OutboxNews) => void) {
  const name = letterBoxName(host)
  return createOutbox({
    box: await openBox(name),
    // Before the greeting is over the server knows nobody here; what is then refused would be for good.
    send: async (letter) =>
      store.get().connection === 'online'
        ? letter.files
          ? (await loadFiles())
              .parcelsOf(host)
              .deliver(letter, (files) => ask('message:send', { ...messageOf(letter), files }))
          : ask('message:send', messageOf(letter))
        : failure('unavailable', 'not connected'),
    alone: (run) => alone(name, run),
    tell,
    broken: (error) => host.emit('error', error),
    now: Date.now,
    random: Math.random,
    after,
  })
}

/** A page that is frozen, or waits for a dead connection, may hold the lock: nobody waits for it for long. */
const lockWithin = 3_000

async function alone(name: string, run: () => Promise<void>): Promise<void> {
  try {
    await navigator.locks.request(name, { signal: AbortSignal.timeout(lockWithin) }, run)
  } catch {
    await run()
  }
}

function pageOf(host: Host): Letter['page'] {
  const view = host.consent() === 'denied' ? null : host.view()
  return view ? { url: view.url, title: view.title } : undefined
}

function show(host: Host, store: Store, news: OutboxNews) {
  const { letter } = news
  const at = (event: TimelineEvent, place: ConversationId | null = letter.shownIn) =>
    store.apply({ type: 'timeline', place: place ?? unstarted, event })
  const { clientId, text, files, writtenAt } = letter
  switch (news.name) {
    case 'queued':
      return at({ type: 'queued', clientId, text, files, writtenAt })
    case 'sending':
      return at({ type: 'sending', clientId })
    case 'requeued':
      return at({ type: 'requeued', clientId })
    case 'failed':
      return at({ type: 'notSent', clientId, error: news.error })
    case 'removed':
      return at({ type: 'discarded', clientId })
    case 'sent': {
      const { conversation, entries } = news.sent
      store.apply({ type: 'changed', conversation, entries })
      at({ type: 'discarded', clientId })
      return host.emit('message:sent', { conversationId: conversation.id, text })
    }
  }
}
