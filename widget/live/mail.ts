import type { ClientId, ConversationId } from '../../shared/ids.ts'
import { failure } from '../../shared/result.ts'
import type { TimelineEvent } from '../../shared/timeline.ts'
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
import { randomUuid } from '../page/random.ts'
import { mint } from '../page/settings.ts'
import { type Place, timelineAt, unstarted } from '../state/state.ts'
import type { Store } from '../state/store.ts'

export interface Mail {
  write(text: string, place: Place): Promise<void>
  retry(clientId: ClientId): void
  discard(clientId: ClientId): void
  /** Sends what waits, now. */
  flush(): void
  stop(): void
}

export interface MailOptions {
  host: Host
  store: Store
  ask: Ask
  /** Called when there may be something in it, since even an empty one is storage on the device. */
  openBox(): Promise<LetterBox>
}

/** The visitor's own messages on their way out, and what the timelines show of it. */
export function createMail({ host, store, ask, openBox }: MailOptions): Mail {
  let last = 0
  let outbox: Promise<Outbox> | undefined
  const open = (): Promise<Outbox> => {
    outbox ??= openBox().then((box) => outboxOver(box, { host, store, ask }))
    return outbox
  }

  async function write(text: string, place: Place): Promise<void> {
    const { invitation } = store.get()
    const { conversation } = timelineAt(store.get(), place)
    last = Math.max(Date.now(), last + 1)
    const letter: Letter = {
      clientId: mint(randomUuid()),
      // A closed conversation may take no more; the server chooses then.
      conversationId: conversation?.status === 'open' ? conversation.id : null,
      shownIn: conversation?.id ?? null,
      text,
      writtenAt: last,
      inviteId: invitation?.inviteId,
      page: pageOf(host),
    }
    if (invitation) store.apply({ type: 'answered' })
    await (await open()).post(letter)
  }
  const use = (act: (opened: Outbox) => unknown): void => {
    open()
      .then(act)
      .catch((error) => host.emit('error', error))
  }
  if (host.memory.held) use((opened) => opened.resume())
  return {
    write,
    retry: (clientId) => use((opened) => opened.retry(clientId)),
    discard: (clientId) => use((opened) => opened.discard(clientId)),
    flush: () => outbox && use((opened) => opened.flush()),
    stop: () => outbox && use((opened) => opened.stop()),
  }
}

const outboxOver = (box: LetterBox, { host, store, ask }: Omit<MailOptions, 'openBox'>): Outbox =>
  createOutbox({
    box,
    // Before the greeting is over the server knows nobody here; what is then refused would be for good.
    send: async ({ clientId, conversationId, text, inviteId, page }) =>
      store.get().connection === 'online'
        ? ask('message:send', { clientId, conversationId, text, inviteId, page })
        : failure('unavailable', 'not connected'),
    tell: (news) => tell(host, store, news),
    broken: (error) => host.emit('error', error),
    now: Date.now,
    random: Math.random,
    after,
  })

function pageOf(host: Host): Letter['page'] {
  const view = host.consent() === 'denied' ? null : host.view()
  return view ? { url: view.url, title: view.title } : undefined
}

function tell(host: Host, store: Store, news: OutboxNews) {
  const { letter } = news
  const at = (event: TimelineEvent, place: ConversationId | null = letter.shownIn) =>
    store.apply({ type: 'timeline', place: place ?? unstarted, event })
  const { clientId, text, writtenAt } = letter
  switch (news.name) {
    case 'queued':
      return at({ type: 'queued', clientId, text, writtenAt })
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
