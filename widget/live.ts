import { openLetterBox } from './connection/letter-box.ts'
import { announceChanges } from './live/announce.ts'
import type { Client } from './live/client.ts'
import { runCommand } from './live/commands.ts'
import { createMail } from './live/mail.ts'
import { watchPresence } from './live/presence.ts'
import { watchInvitations } from './live/proactive.ts'
import { conversationRequests, receiveAll } from './live/requests.ts'
import { openSession } from './live/session.ts'
import { rememberTalk, showUnread } from './live/unread.ts'
import { keepVisitor, takeView, watchSignOut, watchWaking } from './live/visitor.ts'
import type { Host } from './page/host.ts'
import { keep } from './page/keep.ts'
import { createStore } from './state/store.ts'
import { loadLanguage } from './ui/language.ts'

let client: Client | undefined

/** The socket and everything that lives beside it, made when first asked for. */
export function start(host: Host): Client {
  if (client && host.live === client) return client
  host.live = client = openClient(host)
  // It stood open on the page before: there again, but without taking the focus.
  if (host.memory.held?.open && host.device === 'desktop') open(host, 'restored')
  return client
}

/** Downloads the panel. */
export const prepare = () => import('./chat.tsx')

/** Shows the panel. Its visitor is remembered from now on. */
export async function open(host: Host, view: unknown): Promise<void> {
  keep(host)
  const live = start(host)
  const { mount } = await prepare()
  if (host.gone.aborted) return
  host.chat ??= mount(host, live)
  host.chat.open(view)
}

function openClient(host: Host): Client {
  const store = createStore()
  const language = () => loadLanguage(host.settings.locale)
  const link = openSession(host, store, () => mail.flush())
  const mail = createMail({ host, store, ask: link.ask, openBox: () => openLetterBox(host.settings.site) })
  const proactive = watchInvitations({ host, store, ask: link.ask, language })
  const undo = [
    store.subscribe((now, before) => {
      announceChanges(host, now, before)
      showUnread(host, now, language)
      rememberTalk(host, now)
      receiveAll(store, link.ask)
    }),
    watchPresence((state) => link.ask('presence:set', { state })),
    watchWaking(link, mail.flush),
    watchSignOut(host),
    proactive.stop,
    mail.stop,
    link.sleep,
  ]
  const client: Client = {
    store,
    language,
    ...mail,
    ...conversationRequests(store, link.ask),
    keep: () => keepVisitor(host, store, link),
    repaint: proactive.repaint,
    run: (command, values) => runCommand({ host, client, ask: link.ask }, command, values),
    takeView: () => takeView(host, store, link),
    refresh() {
      showUnread(host, store.get(), language)
      keepVisitor(host, store, link)
      proactive.repaint()
    },
    stop() {
      for (const one of undo) one()
    },
  }
  if (host.gone.aborted) client.stop()
  host.gone.addEventListener('abort', client.stop)
  return client
}
